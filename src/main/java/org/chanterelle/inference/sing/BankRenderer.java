package org.chanterelle.inference.sing;

import java.util.Arrays;
import org.chanterelle.rt.LoopedNote;

/** Renders notes ahead, as {@link SingPlayer} would make them while they sound: the same samples. One thread. */
public final class BankRenderer {
    private static final int CHUNK_FRAMES = 16;

    private final SingWeights weights;
    private final SingSound sound;
    private final float morph;
    private final NoteLoop loop;
    private final SingBatch batch;

    /**
     * @param morph value of the morph parameter
     * @param notes most notes at once
     */
    public BankRenderer(SingWeights weights, SingSound sound, float morph, int notes) {
        this.weights = weights;
        this.sound = sound;
        this.morph = morph;
        loop = new NoteLoop(weights.config);
        batch = new SingBatch(weights, notes, CHUNK_FRAMES);
    }

    /** Audio frames that every note of a model has. */
    public static int samples(SingWeights weights) {
        return new NoteLoop(weights.config).length();
    }

    /** Notes of one pitch at some velocities. */
    public LoopedNote[] render(int pitch, float[] velocities) {
        int[] slots = new int[velocities.length];
        int[] frames = new int[velocities.length];
        Arrays.fill(frames, CHUNK_FRAMES);
        float[][] audio = new float[velocities.length][loop.length()];
        for (int slot = 0; slot < slots.length; slot++) {
            slots[slot] = slot;
            batch.begin(slot, sound.instrument(), pitch, velocities[slot], audio[slot]);
            batch.setInstrument(slot, sound.instrument(), sound.morphTo(), morph);
        }
        int needed = weights.framesFor(loop.length());
        for (int done = 0; done < needed; done += CHUNK_FRAMES) {
            batch.run(slots.length, slots, frames);
        }
        return Arrays.stream(audio).map(loop::close).toArray(LoopedNote[]::new);
    }
}
