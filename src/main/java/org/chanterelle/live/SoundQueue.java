package org.chanterelle.live;

import org.chanterelle.signal.RealTime;

/** Stereo sound from the audio thread to one other thread. Neither waits. */
final class SoundQueue {
    private final float[] left;
    private final float[] right;
    private final int mask;

    /** Frames ever put in; only the audio thread writes it. */
    private volatile long written;

    /** Frames ever taken out; only the other thread writes it. */
    private volatile long read;

    /** Takes the frames of a stretch without a gap. */
    interface Reader<E extends Exception> {
        void read(float[] left, float[] right, int offset, int frames) throws E;
    }

    /** @param capacityFrames a power of two */
    SoundQueue(int capacityFrames) {
        left = new float[capacityFrames];
        right = new float[capacityFrames];
        mask = capacityFrames - 1;
    }

    /** Puts all frames in, or, when there is no room, none. */
    @RealTime
    boolean offer(float[] fromLeft, float[] fromRight, int frames) {
        long at = written;
        if (frames > left.length - (at - read)) {
            return false;
        }
        int place = (int) at & mask;
        int first = Math.min(frames, left.length - place);
        System.arraycopy(fromLeft, 0, left, place, first);
        System.arraycopy(fromRight, 0, right, place, first);
        System.arraycopy(fromLeft, first, left, 0, frames - first);
        System.arraycopy(fromRight, first, right, 0, frames - first);
        written = at + frames;
        return true;
    }

    /** Hands over at most so many frames; returns how many. What the reader refuses with an exception stays. */
    <E extends Exception> int take(int maxFrames, Reader<E> reader) throws E {
        long at = read;
        int place = (int) at & mask;
        int frames = (int) Math.min(Math.min(written - at, left.length - place), maxFrames);
        if (frames > 0) {
            reader.read(left, right, place, frames);
            read = at + frames;
        }
        return frames;
    }
}
