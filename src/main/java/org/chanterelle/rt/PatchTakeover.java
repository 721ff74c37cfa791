package org.chanterelle.rt;

import org.chanterelle.signal.RealTime;

/** The patch that plays and the change to another, by a cross-fade: the newcomer sounds at once, the old one falls silent. */
final class PatchTakeover {
    private volatile Patch next;
    private Patch present;
    private Patch leaving;
    private float[] mono = new float[0];

    /** The device changes: a patch that was to come is forgotten, one that is offered from now on comes after {@link #begin}. */
    void forget() {
        next = null;
    }

    /** Begins with this patch. Called where it may allocate. */
    void begin(Patch patch, int maxFrames) {
        mono = new float[maxFrames];
        leaving = null;
        present = patch;
    }

    /** Lets another patch take over with the next block. From any thread. */
    void offer(Patch patch) {
        next = patch;
    }

    /** The patch that plays; null before the first {@link #begin}. */
    Patch present() {
        return present;
    }

    /** Once a block. One that is still leaving is waited for. */
    @RealTime
    void advance() {
        if (leaving != null && leaving.isGone()) {
            leaving = null;
        }
        Patch newcomer = next;
        if (newcomer != null && leaving == null) {
            next = null;
            leaving = present;
            leaving.leave();
            present = newcomer;
        }
    }

    /** Writes the next frames of what plays and of what leaves. */
    @RealTime
    void render(float[] out, int offset, int frames, long frameTime) {
        present.render(out, offset, frames, frameTime);
        if (leaving != null) {
            leaving.receive();
            leaving.render(mono, offset, frames, frameTime);
            for (int i = offset; i < offset + frames; i++) {
                out[i] += mono[i];
            }
        }
    }
}
