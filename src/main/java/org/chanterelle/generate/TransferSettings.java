package org.chanterelle.generate;

import java.nio.file.Path;
import org.chanterelle.inference.VoiceSettings;

/**
 * How a recording is played.
 *
 * @param octave whole octaves up (negative: down)
 * @param semitones further transposition, fractions allowed
 * @param loudnessDb plays harder (positive) or softer, in dB: timbre and level both follow
 * @param dynamics how much of the recording's loudness changes to play, about its mean: 1 all. Vowels of equal effort differ by
 *     some 5 dB in loudness, which no violinist means; only with {@code matchLevel}
 * @param reverb the room
 * @param rateHz sample rate of the output; 0 for that of the recording
 * @param matchLevel whether the recording's mean loudness is moved to the training set's on the way into the network, and back
 *     behind it; off for resynthesis of the instrument itself
 * @param gate whether unvoiced sound becomes silence; off for resynthesis, which keeps bow noise and tails
 * @param seed of the noise
 */
public record TransferSettings(
        int octave,
        double semitones,
        double loudnessDb,
        double dynamics,
        Reverb reverb,
        int rateHz,
        boolean matchLevel,
        boolean gate,
        long seed) {

    /** A voice at its own pitch in the model's best room, at the recording's rate. */
    public static final TransferSettings DEFAULT = new TransferSettings(0, 0, 0, 0.75, new Reverb.Own(Reverb.Own.BEST), 0, true,
            true,
            1);

    /** Which room it sounds in. */
    public sealed interface Reverb {
        /** One that the model learned, by its index, or {@link #BEST}; none where the model has none. */
        record Own(int room) implements Reverb {
            /** The one in which a melody keeps its dynamics best. */
            public static final int BEST = -1;
        }

        /** No room. */
        record None() implements Reverb {}

        /** An impulse response from a file, direct sound included and largest. */
        record Impulse(Path file) implements Reverb {}
    }

    /** The same at another output rate. */
    public TransferSettings withRateHz(int hz) {
        return new TransferSettings(octave, semitones, loudnessDb, dynamics, reverb, hz, matchLevel, gate, seed);
    }

    /** The same so many octaves higher. */
    public TransferSettings withOctave(int octaves) {
        return new TransferSettings(octaves, semitones, loudnessDb, dynamics, reverb, rateHz, matchLevel, gate, seed);
    }

    /** The same in another room. */
    public TransferSettings withReverb(Reverb room) {
        return new TransferSettings(octave, semitones, loudnessDb, dynamics, room, rateHz, matchLevel, gate, seed);
    }

    /** The instrument played back as it is: neither gate nor level matching. */
    public TransferSettings asResynthesis() {
        return new TransferSettings(octave, semitones, loudnessDb, dynamics, reverb, rateHz, false, false, seed);
    }

    /** What of it a performer reads. */
    void copyTo(VoiceSettings voice) {
        voice.semitones = 12 * octave + semitones;
        voice.loudnessDb = loudnessDb;
        voice.dynamics = dynamics;
        voice.gated = gate;
    }
}
