package org.chanterelle.inference;

import org.chanterelle.analysis.LoudnessMeter;
import org.chanterelle.signal.AudioFeatures;
import org.chanterelle.signal.SynthControls;

/**
 * Stands between a voice and a timbre model's network, which has learned that a bow stroke ends when the loudness falls fast: after such
 * a fall, within a phrase, it is silent for a quarter of a second. So it is told of a fall slowly, the rest is plain gain; and where its
 * controls are softer than they usually are for what it was asked, they are raised.
 *
 * <p>For each control frame {@link #ask}, the network's step, {@link #keep}. Allocates nothing once constructed. One voice, one thread.
 */
public final class LoudnessKeeper {
    private static final double FALL_DB_PER_SECOND = 40;
    private static final double MOST_LIFT_DB = 18;

    /** A player's own: this much softer than usual is left as it is. */
    private static final double FREE_DB = 4;

    /** A voice that has fallen so much faster than a phrase does is ending, and its echo from a loudspeaker has to end too. */
    private static final double ENDING_DB = 10;

    private static final double PHRASE_DB_PER_SECOND = 15;

    /** More than this away from the usual is an exception that says nothing about the rule. */
    private static final double RULE_DB = 6;

    private static final double RULE_SECONDS = 1.5;
    private static final double LOUDER_RULE_SECONDS = 0.05;

    /** Of a beginning, which belongs to the network. */
    private static final double ATTACK_SECONDS = 0.1;

    private static final double LIFT_DB_PER_SECOND = 600;
    private static final double WEIGHT_STEP_HZ = 10;
    private static final double MAX_HZ = 8000;
    private static final float SILENT_POWER = 1e-12f;

    private final double controlRateHz;
    private final double modelNyquistHz;
    private final float[] powerWeights;
    private final AudioFeatures asked = new AudioFeatures();
    private double toldDb;
    private double askedDb;
    private double phraseDb;
    private double usualDb = Double.NaN;
    private double liftDb;
    private long soundingFrames;

    /**
     * @param controlRateHz control frames a second
     * @param modelRateHz sample rate of the model: its noise bands end at half of it
     */
    public LoudnessKeeper(double controlRateHz, double modelRateHz) {
        this.controlRateHz = controlRateHz;
        modelNyquistHz = modelRateHz / 2;
        int steps = (int) (MAX_HZ / WEIGHT_STEP_HZ);
        double[] weights = LoudnessMeter.aWeightingDb(2 * MAX_HZ, 2 * steps);
        powerWeights = new float[steps + 1];
        for (int i = 0; i <= steps; i++) {
            powerWeights[i] = (float) Math.pow(10, weights[i] / 10);
        }
    }

    /** What the network is to be told for a control frame; valid until the next call. */
    public AudioFeatures ask(VoiceFrame frame) {
        asked.set(frame.features);
        askedDb = frame.features.loudnessDb;
        if (frame.sounding) {
            toldDb = soundingFrames == 0 ? askedDb : Math.max(askedDb, toldDb - FALL_DB_PER_SECOND / controlRateHz);
            phraseDb = soundingFrames == 0 ? askedDb : Math.max(askedDb, phraseDb - PHRASE_DB_PER_SECOND / controlRateHz);
            soundingFrames++;
            asked.loudnessDb = (float) toldDb;
        } else {
            soundingFrames = 0;
            liftDb = 0;
        }
        return asked;
    }

    /** Brings what the network made of the last {@link #ask} to the loudness that the voice has. */
    public void keep(SynthControls controls) {
        if (soundingFrames == 0) {
            return;
        }
        double missingDb = toldDb - 10 * Math.log10(power(controls) + SILENT_POWER);
        // Controls that are no numbers are the engine's to refuse; here they would stay.
        if (soundingFrames > ATTACK_SECONDS * controlRateHz && Double.isFinite(missingDb)) {
            learn(missingDb);
            double mostDb = ending() ? liftDb - LIFT_DB_PER_SECOND / controlRateHz : MOST_LIFT_DB;
            double needDb = Math.clamp(missingDb - usualDb - FREE_DB, 0, Math.max(0, mostDb));
            liftDb = Math.min(needDb, liftDb + LIFT_DB_PER_SECOND / controlRateHz);
        }
        PlayedNote.scale(controls, askedDb - toldDb + liftDb);
    }

    private boolean ending() {
        return phraseDb - askedDb > ENDING_DB;
    }

    /** The usual is what it is at its loudest; it hardly depends on pitch or level. */
    private void learn(double missingDb) {
        double beyondDb = missingDb - usualDb;
        if (Double.isNaN(usualDb)) {
            usualDb = missingDb;
        } else if (beyondDb < 0) {
            usualDb += beyondDb / (LOUDER_RULE_SECONDS * controlRateHz);
        } else if (beyondDb < RULE_DB) {
            usualDb += beyondDb / (RULE_SECONDS * controlRateHz);
        }
    }

    /** A-weighted, of harmonics and noise below 8 kHz. */
    private float power(SynthControls controls) {
        float sum = 0;
        float[] shares = controls.harmonicDistribution;
        float step = (float) (controls.f0Hz / WEIGHT_STEP_HZ);
        for (int k = 0; k < shares.length && (k + 1) * step < powerWeights.length; k++) {
            float amplitude = controls.amplitude * shares[k];
            sum += 0.5f * amplitude * amplitude * powerWeights[(int) ((k + 1) * step)];
        }
        float[] bands = controls.noiseMagnitudes;
        float bandStep = (float) (modelNyquistHz / (bands.length - 1) / WEIGHT_STEP_HZ);
        for (int band = 0; band < bands.length && band * bandStep < powerWeights.length; band++) {
            // Noise uniform in -1 to 1 has a power of a third.
            sum += bands[band] * bands[band] / (3f * bands.length) * powerWeights[(int) (band * bandStep)];
        }
        return sum;
    }
}
