package org.chanterelle.train;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import org.chanterelle.analysis.spectrum.ThirdOctaves;
import org.chanterelle.model.Tensor;
import org.chanterelle.model.timbre.TimbreConfig;
import org.chanterelle.signal.Levels;

/**
 * The level of the noise above 8 kHz, brought to the training recordings' once a network is trained: the spectral loss favours the
 * median of a fluctuating level, counts a room's faint treble like its bass, and leaves that octave some decibels off.
 */
final class HighNoise {
    private static final double LOW_HZ = 8_000;
    private static final double HIGH_HZ = 16_000;
    private static final double SECONDS_A_ROOM = 20;
    private static final int LEAST_FRAMES = 8_192;
    private static final int ROUNDS = 4;
    private static final double CLOSE_DB = 0.3;
    private static final double MOST_DB = 9;
    private static final String BIAS = "head_noise.bias";

    /** A magnitude's activation is 2 sigmoid(x)^ln 10: 20 dB for each 1 where x is far below 0, as noise is. */
    private static final double DB_PER_BIAS = 20;

    private HighNoise() {}

    /** The weights with another bias of the bands above 8 kHz; the same weights for a model or recordings without that octave. */
    static Parameters levelled(TimbreStep step, Parameters weights, TimbreDataset data, TimbreConfig config) {
        Parameters levelled = weights;
        double raisedDb = 0;
        for (int round = 0; round < ROUNDS; round++) {
            OptionalDouble lackDb = lackDb(step, levelled, data, config);
            if (lackDb.isEmpty() || Math.abs(lackDb.getAsDouble()) < CLOSE_DB) {
                break;
            }
            raisedDb = Math.clamp(raisedDb + lackDb.getAsDouble(), -MOST_DB, MOST_DB);
            levelled = raised(weights, raisedDb, config);
        }
        return levelled;
    }

    /** Mean over the rooms of what the octave lacks, rendering and recording at one level; nothing where there is no such octave. */
    static OptionalDouble lackDb(TimbreStep step, Parameters weights, TimbreDataset data, TimbreConfig config) {
        if (config.sampleRateHz() < 2 * HIGH_HZ) {
            return OptionalDouble.empty();
        }
        int hop = (int) Math.round(config.sampleRateHz() / config.controlRateHz());
        Map<Integer, double[]> sums = new HashMap<>();
        for (TimbreClip clip : data.train()) {
            double[] sum = sums.computeIfAbsent(clip.room(), room -> new double[2]);
            int frames = (int) Math.min(clip.features().length(), (SECONDS_A_ROOM - sum[1]) * config.controlRateHz());
            if (clip.bandwidth() == 1 && frames * hop >= LEAST_FRAMES) {
                TimbreClip part = clip.crop(0, frames, hop, clip.features().loudnessDb()[0]);
                double seconds = frames / config.controlRateHz();
                double lack = octaveDb(part.audio(), config.sampleRateHz())
                        - octaveDb(step.render(weights, part, 1), config.sampleRateHz());
                sum[0] += seconds * lack;
                sum[1] += seconds;
            }
        }
        return sums.values().stream().filter(sum -> sum[1] > 0).mapToDouble(sum -> sum[0] / sum[1]).average();
    }

    private static double octaveDb(float[] audio, int rateHz) {
        return ThirdOctaves.levelDb(audio, rateHz, LOW_HZ, HIGH_HZ) - Levels.rmsDbfs(audio);
    }

    /** The bands' centres are spread evenly from 0 to half the sample rate. */
    private static Parameters raised(Parameters weights, double db, TimbreConfig config) {
        Map<String, Tensor> tensors = new LinkedHashMap<>(weights.tensors());
        Tensor bias = tensors.get(BIAS);
        float[] values = Arrays.copyOf(bias.values(), bias.values().length);
        for (int band = 0; band < values.length; band++) {
            if (band * config.sampleRateHz() / 2.0 / (values.length - 1) >= LOW_HZ) {
                values[band] += (float) (db / DB_PER_BIAS);
            }
        }
        tensors.put(BIAS, new Tensor(bias.shape(), values));
        return Parameters.of(tensors);
    }
}
