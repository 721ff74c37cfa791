package org.chanterelle.inference.sing;

import java.util.Arrays;
import org.chanterelle.inference.Linear;
import org.chanterelle.model.sing.SingConfig;

/**
 * SING for notes that come and go: those that are due take their next control frames together, so that the weights are read once for
 * all. What a note sounds like does not depend on how it is cut into runs, nor on the notes beside it, to the last bit. The live twin of
 * {@code model.sing.SingGenerator} and {@code SingDecoder}. Nothing is allocated after the constructor. One thread.
 */
public final class SingBatch {
    private final SingConfig config;
    private final SingWeights weights;
    private final int maxFrames;
    private final GeneratorBatch generator;
    private final DecoderBatch decoder;
    private final int[] slots;
    private final int[] frames;
    private final int[] starts;

    /**
     * @param slots notes that may sound at once
     * @param maxFrames most control frames of each in a run
     */
    public SingBatch(SingWeights weights, int slots, int maxFrames) {
        this.weights = weights;
        this.config = weights.config;
        this.maxFrames = maxFrames;
        float[] scratch = Linear.newScratch();
        generator = new GeneratorBatch(weights, slots, maxFrames, scratch);
        decoder = new DecoderBatch(weights, slots, maxFrames, scratch);
        this.slots = new int[slots];
        frames = new int[slots];
        starts = new int[maxFrames + 1];
    }

    /**
     * Begins a note.
     *
     * @param pitch MIDI note number; the nearest that the model knows is taken
     * @param velocity MIDI velocity; between two that the model knows their embeddings are interpolated, beyond them the last holds
     * @param audio what its samples are written to, from the start; what does not fit is dropped
     */
    public void begin(int slot, int instrument, int pitch, double velocity, float[] audio) {
        generator.begin(slot, pitch, velocity);
        decoder.begin(slot, audio);
        setInstrument(slot, instrument, instrument, 0f);
    }

    /** From the next run on a note is played by an instrument, or one on the straight line between two. */
    public void setInstrument(int slot, int instrument, int other, float share) {
        generator.setInstrument(slot, instrument, other, share);
        decoder.setGain(slot, weights.levels.gain(instrument, other, share, generator.pitchOf(slot)));
    }

    /** Control frames of a slot's note so far. */
    public int framesOf(int slot) {
        return generator.framesOf(slot);
    }

    /** Audio frames of a slot's note so far. */
    public int samplesOf(int slot) {
        return decoder.samplesOf(slot);
    }

    /**
     * Takes the next control frames of some notes.
     *
     * @param count how many notes
     * @param which their slots, each once
     * @param howMany control frames of each, at most the constructor's; what lies beyond the model's last is not taken
     */
    public void run(int count, int[] which, int[] howMany) {
        order(count, which, howMany);
        int rows = 0;
        int longest = count == 0 ? 0 : frames[0];
        int sounding = count;
        for (int frame = 0; frame < longest; frame++) {
            starts[frame] = rows;
            while (frames[sounding - 1] <= frame) {
                sounding--;
            }
            rows += sounding;
        }
        starts[longest] = rows;
        if (rows > 0) {
            generator.run(slots, starts, longest);
            decoder.run(slots, starts, longest, generator.output(), generator.outputStride());
        }
    }

    /** Longest first, so that the notes that take a control frame are always the first ones. */
    private void order(int count, int[] which, int[] howMany) {
        for (int i = 0; i < count; i++) {
            int length = Math.min(Math.min(howMany[i], maxFrames), config.frames() - generator.framesOf(which[i]));
            int place = i;
            while (place > 0 && frames[place - 1] < length) {
                frames[place] = frames[place - 1];
                slots[place] = slots[place - 1];
                place--;
            }
            frames[place] = length;
            slots[place] = which[i];
        }
    }

    /**
     * Whole notes, release and all, as the model has learnt them.
     *
     * @return for each note {@link SingConfig#noteSamples} audio frames at the model's rate
     */
    public static float[][] notes(SingWeights weights, int[] instruments, int[] pitches, double[] velocities) {
        int count = instruments.length;
        int chunk = Math.max(1, Math.min(weights.config.frames(), 512 / Math.max(1, count)));
        SingBatch batch = new SingBatch(weights, count, chunk);
        float[][] audio = new float[count][weights.config.noteSamples()];
        int[] slots = new int[count];
        int[] frames = new int[count];
        Arrays.fill(frames, chunk);
        for (int i = 0; i < count; i++) {
            slots[i] = i;
            batch.begin(i, instruments[i], pitches[i], velocities[i], audio[i]);
        }
        for (int done = 0; done < weights.config.frames(); done += chunk) {
            batch.run(count, slots, frames);
        }
        return audio;
    }
}
