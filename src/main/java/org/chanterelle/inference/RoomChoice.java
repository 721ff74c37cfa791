package org.chanterelle.inference;

import org.chanterelle.analysis.FeatureExtractor;
import org.chanterelle.analysis.LoudnessMeter;
import org.chanterelle.model.ModelFolder;
import org.chanterelle.model.timbre.TimbreConfig;
import org.chanterelle.signal.Units;

/**
 * Which of a model's learned rooms serves best: the one in which a melody keeps its dynamics. Judged by ear-like loudness of a short
 * melody of sawtooth notes, because neither length nor energy of a response tells: a dry one that rings at some pitches is the worst.
 */
public final class RoomChoice {
    private static final double[] SEMITONES = {0, 4, 7, 2, -5, 9, -2, 5, 12, 1};
    private static final double[] LEVELS_DB = {0, -6, -14, -3, -9, 0, -12, -4, -8, -2};
    private static final double NOTE_SECONDS = 0.3;
    private static final double REST_SECONDS = 0.15;
    private static final double EDGE_SECONDS = 0.01;
    private static final double VIBRATO_HZ = 5.5;
    private static final double VIBRATO_SEMITONES = 0.3;
    private static final double FRAMES_PER_SECOND = 100;
    private static final int WINDOW = 512;
    private static final double RANGE_DB = 60;

    private RoomChoice() {}

    /** Index of the best room. */
    public static int best(ModelFolder model) {
        TimbreConfig config = model.card().config();
        if (config.rooms() == 1) {
            return 0;
        }
        float[] dry = melody(model.card().pitchRange().medianHz(), config.sampleRateHz());
        double[] asked = loudness(dry, config.sampleRateHz());
        int best = 0;
        double bestCorrelation = Double.NEGATIVE_INFINITY;
        for (int room = 0; room < config.rooms(); room++) {
            float[] wet = new float[dry.length];
            RoomResponse.learned(config, model.weights().get("reverb"), room).reverb().process(dry, 0, wet, 0, dry.length);
            double correlation = correlation(asked, loudness(wet, config.sampleRateHz()));
            if (correlation > bestCorrelation) {
                best = room;
                bestCorrelation = correlation;
            }
        }
        return best;
    }

    private static float[] melody(double centreHz, int rateHz) {
        int step = (int) ((NOTE_SECONDS + REST_SECONDS) * rateHz);
        float[] audio = new float[SEMITONES.length * step];
        for (int note = 0; note < SEMITONES.length; note++) {
            double gain = Units.dbToGain(LEVELS_DB[note]);
            double phase = 0;
            for (int i = 0; i < NOTE_SECONDS * rateHz; i++) {
                double t = (double) i / rateHz;
                double semitones = SEMITONES[note] + VIBRATO_SEMITONES * Math.sin(2 * Math.PI * VIBRATO_HZ * t);
                double f0Hz = centreHz * Math.pow(2, semitones / 12);
                phase += 2 * Math.PI * f0Hz / rateHz;
                double edge = Math.min(1, Math.min(t, NOTE_SECONDS - t) / EDGE_SECONDS);
                for (int k = 1; k * f0Hz < rateHz / 2.0; k++) {
                    audio[note * step + i] += (float) (gain * edge * Math.sin(k * phase) / k);
                }
            }
        }
        return audio;
    }

    private static double[] loudness(float[] audio, int rateHz) {
        LoudnessMeter meter = LoudnessMeter.rateIndependent(rateHz, WINDOW, FeatureExtractor.LOUDNESS_MAX_HZ);
        double[] loudness = new double[(int) ((audio.length - WINDOW) * FRAMES_PER_SECOND / rateHz)];
        double loudest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < loudness.length; i++) {
            loudness[i] = meter.loudness(audio, (int) (i * rateHz / FRAMES_PER_SECOND));
            loudest = Math.max(loudest, loudness[i]);
        }
        for (int i = 0; i < loudness.length; i++) {
            loudness[i] = Math.max(loudness[i], loudest - RANGE_DB);
        }
        return loudness;
    }

    private static double correlation(double[] a, double[] b) {
        double meanA = java.util.Arrays.stream(a).average().orElse(0);
        double meanB = java.util.Arrays.stream(b).average().orElse(0);
        double ab = 0;
        double aa = 0;
        double bb = 0;
        for (int i = 0; i < a.length; i++) {
            ab += (a[i] - meanA) * (b[i] - meanB);
            aa += (a[i] - meanA) * (a[i] - meanA);
            bb += (b[i] - meanB) * (b[i] - meanB);
        }
        return ab / Math.sqrt(aa * bb);
    }
}
