package org.chanterelle.driver.file;

import java.util.ArrayList;
import java.util.List;
import org.chanterelle.signal.TimedMidi;

/**
 * Keeps all that a {@link FileDriver} makes, in memory: 8 bytes a frame, in pieces, since one array that grew would need as much again.
 * Read it when the driver has ended.
 */
public final class CollectedSound implements BlockSink {
    private static final int PIECE_FRAMES = 1 << 18;
    private static final int CHANNELS = 2;

    /** Each of shape (2, {@link #PIECE_FRAMES}). */
    private final List<float[][]> pieces = new ArrayList<>();
    private final List<TimedMidi> midi = new ArrayList<>();
    private int frames;

    @Override
    public void accept(float[] left, float[] right, int count) {
        int end = Math.addExact(frames, count);
        for (int done = 0; frames < end;) {
            int place = frames % PIECE_FRAMES;
            if (place == 0) {
                pieces.add(new float[CHANNELS][PIECE_FRAMES]);
            }
            int part = Math.min(end - frames, PIECE_FRAMES - place);
            System.arraycopy(left, done, pieces.getLast()[0], place, part);
            System.arraycopy(right, done, pieces.getLast()[1], place, part);
            frames += part;
            done += part;
        }
    }

    @Override
    public void midi(TimedMidi message) {
        midi.add(message);
    }

    /** Frames so far. */
    public int frames() {
        return frames;
    }

    /** Frames up to the last that is as loud as {@code floor}, linear, on either side; 0 for none. */
    public int soundingFrames(double floor) {
        int end = frames;
        while (end > 0 && Math.abs(at(0, end - 1)) < floor && Math.abs(at(1, end - 1)) < floor) {
            end--;
        }
        return end;
    }

    private float at(int channel, int frame) {
        return pieces.get(frame / PIECE_FRAMES)[channel][frame % PIECE_FRAMES];
    }

    /** Left and right, shape (2, frames); a copy. */
    public float[][] channels() {
        return channels(0, frames);
    }

    /** Left and right from one frame up to another, shape (2, end - from); a copy. */
    public float[][] channels(int from, int end) {
        float[][] channels = new float[CHANNELS][end - from];
        for (int done = from; done < end;) {
            int place = done % PIECE_FRAMES;
            int part = Math.min(end - done, PIECE_FRAMES - place);
            for (int channel = 0; channel < CHANNELS; channel++) {
                System.arraycopy(pieces.get(done / PIECE_FRAMES)[channel], place, channels[channel], done - from, part);
            }
            done += part;
        }
        return channels;
    }

    /** The messages that were sent, in order of time. */
    public List<TimedMidi> midi() {
        return List.copyOf(midi);
    }
}
