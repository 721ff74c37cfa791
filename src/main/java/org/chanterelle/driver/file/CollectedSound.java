package org.chanterelle.driver.file;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.chanterelle.signal.TimedMidi;

/** Keeps all that a {@link FileDriver} makes, in memory: 8 bytes a frame. Read it when the driver has ended. */
public final class CollectedSound implements BlockSink {
    private static final int FIRST_FRAMES = 1 << 16;

    private final float[][] channels = new float[2][FIRST_FRAMES];
    private final List<TimedMidi> midi = new ArrayList<>();
    private int frames;

    @Override
    public void accept(float[] left, float[] right, int count) {
        int needed = Math.addExact(frames, count);
        if (needed > channels[0].length) {
            int capacity = (int) Math.min(Integer.MAX_VALUE - 8, Math.max(needed, channels[0].length * 3L / 2));
            channels[0] = Arrays.copyOf(channels[0], capacity);
            channels[1] = Arrays.copyOf(channels[1], capacity);
        }
        System.arraycopy(left, 0, channels[0], frames, count);
        System.arraycopy(right, 0, channels[1], frames, count);
        frames = needed;
    }

    @Override
    public void midi(TimedMidi message) {
        midi.add(message);
    }

    /** Frames so far. */
    public int frames() {
        return frames;
    }

    /** Left and right, shape (2, frames); a copy. */
    public float[][] channels() {
        return new float[][] {Arrays.copyOf(channels[0], frames), Arrays.copyOf(channels[1], frames)};
    }

    /** The messages that were sent, in order of time. */
    public List<TimedMidi> midi() {
        return List.copyOf(midi);
    }
}
