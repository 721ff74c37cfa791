package org.chanterelle.live;

import java.util.List;
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
                : new NoteBank(sound.lowPitch(), sound.highPitch() - sound.lowPitch() + 1, layers(card.config().velocities()),
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

    private static float[] layers(List<Integer> velocities) {
        float[] layers = new float[(velocities.size() - 1) * LAYERS_BETWEEN + 1];
        for (int i = 0; i < layers.length; i++) {
            int below = Math.min(i / LAYERS_BETWEEN, Math.max(0, velocities.size() - 2));
            int above = Math.min(below + 1, velocities.size() - 1);
            float share = (float) (i - below * LAYERS_BETWEEN) / LAYERS_BETWEEN;
            layers[i] = Math.round(velocities.get(below) + share * (velocities.get(above) - velocities.get(below)));
        }
        return layers;
    }
}
