package org.chanterelle.analysis;

/**
 * The latest frames of a stream, contiguous in memory, addressed by their absolute number since the start. What lies before the
 * start is silence.
 */
final class SampleHistory {
    private final int depth;
    private final float[] data;
    private long first;
    private int held;

    /** @param depth how many past frames stay readable */
    SampleHistory(int depth) {
        this.depth = depth;
        data = new float[2 * depth];
        reset();
    }

    void reset() {
        java.util.Arrays.fill(data, 0f);
        first = -depth;
        held = depth;
    }

    /** Number of frames appended since the start. */
    long end() {
        return first + held;
    }

    /** Appends at most {@code depth} frames. */
    void append(float[] in, int offset, int frames) {
        if (held + frames > data.length) {
            int drop = held - depth;
            System.arraycopy(data, drop, data, 0, depth);
            first += drop;
            held = depth;
        }
        System.arraycopy(in, offset, data, held, frames);
        held += frames;
    }

    /** The memory that {@link #indexOf} points into, until the next {@link #append}. */
    float[] data() {
        return data;
    }

    /** Where the absolute frame {@code position} lies in {@link #data}. */
    int indexOf(long position) {
        return (int) (position - first);
    }
}
