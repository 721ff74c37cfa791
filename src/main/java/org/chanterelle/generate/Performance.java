package org.chanterelle.generate;

import org.chanterelle.model.timbre.Normalisation;
import org.chanterelle.signal.FeatureTrack;
import org.chanterelle.signal.Units;

/**
 * What the network is asked to play, one value a control frame, and how loud each frame sounds.
 *
 * @param features network inputs: f0 transposed, loudness on the training set's scale
 * @param soundingHz f0 for the synthesiser: as {@code features}, but in silence already that of the note to come
 * @param gain linear, for amplitude and noise: gate and way back to the recording's level
 * @param shiftDb by how much the recording's loudness was moved to the training set's scale
 */
record Performance(FeatureTrack features, float[] soundingHz, float[] gain, double shiftDb) {
    /** Time in which a gated sound comes and goes. */
    private static final double FADE_SECONDS = 0.012;

    /**
     * Prepares a recording.
     *
     * @param scaled features of the recording after {@code scaleDb} of gain
     */
    static Performance of(FeatureTrack scaled, double scaleDb, Normalisation normalisation, TransferSettings settings) {
        double matchDb = settings.matchLevel() ? matchDb(scaled, normalisation) : 0;
        double meanDb = normalisation.loudnessMeanDb();
        double ratio = Math.pow(2, settings.octave() + settings.semitones() / 12);
        float[] f0Hz = new float[scaled.length()];
        float[] loudnessDb = new float[scaled.length()];
        for (int i = 0; i < f0Hz.length; i++) {
            f0Hz[i] = (float) (scaled.f0Hz()[i] * ratio);
            double matched = scaled.loudnessDb()[i] + matchDb;
            double played = settings.matchLevel() ? meanDb + settings.dynamics() * (matched - meanDb) : matched;
            loudnessDb[i] = (float) (played + settings.loudnessDb());
            if (settings.gate() && !scaled.voiced()[i]) {
                // To the network a consonant is a rest: as loud as one, it would leave a shout in the recurrent state.
                loudnessDb[i] = Math.min(loudnessDb[i], normalisation.loudnessLowDb());
            }
        }
        FeatureTrack features = new FeatureTrack(scaled.controlRateHz(), f0Hz, loudnessDb, scaled.confidence(), scaled.voiced());
        float[] gate = settings.gate() ? gate(scaled.voiced(), scaled.controlRateHz()) : open(f0Hz.length);
        float[] soundingHz = f0Hz.clone();
        float back = (float) Units.dbToGain(-(scaleDb + matchDb));
        for (int i = f0Hz.length - 1; i >= 0; i--) {
            if (gate[i] == 0f && i + 1 < f0Hz.length) {
                soundingHz[i] = soundingHz[i + 1];
            }
            gate[i] *= back;
        }
        return new Performance(features, soundingHz, gate, scaleDb + matchDb);
    }

    /** From the recording's mean voiced loudness to the training set's mean; 0 when nothing is voiced. */
    private static double matchDb(FeatureTrack track, Normalisation normalisation) {
        double sum = 0;
        int count = 0;
        for (int i = 0; i < track.length(); i++) {
            if (track.voiced()[i]) {
                sum += track.loudnessDb()[i];
                count++;
            }
        }
        return count == 0 ? 0 : normalisation.loudnessMeanDb() - sum / count;
    }

    /** 1 in voiced frames, 0 elsewhere, with fades inside the voiced stretch: what lies outside is never heard. */
    private static float[] gate(boolean[] voiced, double controlRateHz) {
        float step = (float) (1.0 / Math.max(1.0, FADE_SECONDS * controlRateHz));
        float[] gate = new float[voiced.length];
        float level = 0;
        for (int i = 0; i < voiced.length; i++) {
            level = voiced[i] ? Math.min(1f, level + step) : 0f;
            gate[i] = level;
        }
        level = 0;
        for (int i = voiced.length - 1; i >= 0; i--) {
            level = voiced[i] ? Math.min(1f, level + step) : 0f;
            gate[i] = Math.min(gate[i], level);
        }
        return gate;
    }

    private static float[] open(int length) {
        float[] gate = new float[length];
        java.util.Arrays.fill(gate, 1f);
        return gate;
    }
}
