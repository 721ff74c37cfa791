package org.chanterelle.live;

import java.util.List;
import org.chanterelle.inference.sing.BankRenderer;
import org.chanterelle.inference.sing.SingSound;
import org.chanterelle.inference.sing.SingWeights;
import org.chanterelle.model.sing.SingCard;
import org.chanterelle.preset.Preset;
import org.chanterelle.rt.NoteBank;
import org.chanterelle.rt.WavePatch;
import org.chanterelle.signal.UserError;

/**
 * An instrument of a SING model, under a keyboard.
 *
 * @param weights of the model
 * @param sound which of its instruments
 * @param bank notes rendered ahead, filled while others play; null when all are made as they sound
 */
public record WaveSound(SingWeights weights, SingSound sound, NoteBank bank) implements LiveSound {
    /** Velocities of a bank from one that the model was trained with to the next: some two dB apart. */
    private static final int LAYERS_BETWEEN = 4;

    private static final long MAX_BANK_BYTES = 192L << 20;

    /**
     * The instrument that a preset names.
     *
     * @param morph value of the morph parameter under which a bank's notes are made
     * @throws UserError when the model does not have it
     */
    static WaveSound of(Preset preset, SingCard card, SingWeights weights, float morph) {
        Preset.SingChoice choice = preset.sing();
        int instrument = row(preset, card, choice.instrument());
        int morphTo = choice.morphTo() == null ? instrument : row(preset, card, choice.morphTo());
        SingCard.Instrument own = card.instruments().get(instrument);
        SingSound sound = new SingSound(instrument, morphTo, own.lowestPitch(), own.highestPitch());
        NoteBank bank = choice.notes() == Preset.Notes.STREAMING
                ? null
                : new NoteBank(sound.lowPitch(), sound.highPitch() - sound.lowPitch() + 1, layers(weights, sound),
                        morph);
        return new WaveSound(weights, sound, bank);
    }

    /** What its keys are to ask for. */
    WavePatch.Range range() {
        List<Integer> velocities = weights.config().velocities();
        return new WavePatch.Range(sound.lowPitch(), sound.highPitch(), velocities.getFirst(), velocities.getLast());
    }

    private static int row(Preset preset, SingCard card, String name) {
        int row = card.config().instruments().indexOf(name);
        if (row < 0) {
            throw new UserError("preset " + preset.name() + ": model " + card.name() + " has no instrument " + name
                    + "; expected one of " + String.join(", ", card.config().instruments()) + ". Correct the preset");
        }
        return row;
    }

    /** As many velocities as memory allows. */
    private static float[] layers(SingWeights weights, SingSound sound) {
        long noteBytes = (long) Float.BYTES * BankRenderer.samples(weights) * (sound.highPitch() - sound.lowPitch() + 1);
        List<Integer> velocities = weights.config().velocities();
        int between = LAYERS_BETWEEN;
        while (between > 1 && noteBytes * ((velocities.size() - 1L) * between + 1) > MAX_BANK_BYTES) {
            between--;
        }
        float[] layers = new float[(velocities.size() - 1) * between + 1];
        for (int i = 0; i < layers.length; i++) {
            int below = Math.min(i / between, Math.max(0, velocities.size() - 2));
            int above = Math.min(below + 1, velocities.size() - 1);
            float share = (float) (i - below * between) / between;
            layers[i] = Math.round(velocities.get(below) + share * (velocities.get(above) - velocities.get(below)));
        }
        return layers;
    }
}
