package org.chanterelle.train.jukebox;

import java.util.Arrays;
import java.util.List;
import org.chanterelle.ddsp.SpectralDistance;

/**
 * What decoded crops are compared by, with its gradient, on plain arrays: mean square, mean of the greatest squares, and spectrograms at
 * three resolutions, each relative to what the recordings have of it. Not for several threads.
 */
final class VqVaeLoss {
    /** Shorter crops have no spectrogram. */
    static final int MIN_FRAMES = 1025;

    /** -60 dB: below it, a share of the level says nothing. */
    private static final double SILENT_RMS = 1e-3;

    private final VqVaeTrainingConfig config;
    private final Scale scale;
    private final List<SpectralDistance> resolutions = List.of(
            new SpectralDistance(2048, 240, 1200), new SpectralDistance(1024, 120, 600), new SpectralDistance(512, 50, 240));
    private final SpectralDistance measure = SpectralDistance.jukebox();

    /**
     * What losses are divided by.
     *
     * @param variance of the recordings
     * @param spectralNorm mean norm of a crop's magnitudes
     */
    record Scale(double variance, double spectralNorm) {
        /** Of crops of {@code length} audio frames each, one after another. */
        static Scale of(float[] crops, int length) {
            SpectralDistance measure = SpectralDistance.jukebox();
            double squares = 0;
            double sum = 0;
            for (float sample : crops) {
                squares += (double) sample * sample;
                sum += sample;
            }
            double norms = 0;
            int count = crops.length / length;
            for (int crop = 0; crop < count; crop++) {
                norms += measure.norm(crops, crop * length, length);
            }
            double mean = sum / crops.length;
            return new Scale(Math.max(1e-9, squares / crops.length - mean * mean), Math.max(1e-6, norms / count));
        }
    }

    VqVaeLoss(VqVaeTrainingConfig config, Scale scale) {
        this.config = config;
        this.scale = scale;
    }

    /**
     * Loss of a batch, mean over the crops.
     *
     * @param gradient receives that by {@code sound}; null where it is not wanted
     */
    double apply(float[] sound, float[] wanted, int crops, float[] gradient) {
        if (gradient != null) {
            Arrays.fill(gradient, 0f);
        }
        int length = sound.length / crops;
        double sum = 0;
        for (int crop = 0; crop < crops; crop++) {
            int offset = crop * length;
            sum += squares(sound, wanted, offset, length, crops, gradient);
            double weight = config.spectral() / (resolutions.size() * scale.spectralNorm());
            for (SpectralDistance resolution : config.spectral() > 0 ? resolutions : List.<SpectralDistance>of()) {
                sum += weight * resolution.apply(sound, wanted, offset, length, weight / crops, gradient);
            }
        }
        return sum / crops;
    }

    private double squares(float[] sound, float[] wanted, int offset, int length, int crops, float[] gradient) {
        float[] squares = new float[length];
        double sum = 0;
        for (int i = 0; i < length; i++) {
            float difference = sound[offset + i] - wanted[offset + i];
            squares[i] = difference * difference;
            sum += squares[i];
        }
        int count = Math.min(config.peakFrames(), length);
        float[] sorted = squares.clone();
        Arrays.sort(sorted);
        float least = sorted[length - count];
        double peaks = 0;
        for (int i = length - count; i < length; i++) {
            peaks += sorted[i];
        }
        double all = config.squares() / (scale.variance() * length);
        double greatest = config.peaks() / (scale.variance() * count);
        if (gradient != null) {
            for (int i = 0; i < length; i++) {
                double weight = all + (squares[i] >= least ? greatest : 0);
                gradient[offset + i] += (float) (2 * weight / crops * (sound[offset + i] - wanted[offset + i]));
            }
        }
        return all * sum + greatest * peaks;
    }

    /** Distance of the magnitudes relative to those wanted, 1 for silence; not a number where next to nothing is wanted. */
    double convergence(float[] sound, float[] wanted, int offset, int length) {
        double squares = 0;
        for (int i = offset; i < offset + length; i++) {
            squares += (double) wanted[i] * wanted[i];
        }
        return Math.sqrt(squares / length) < SILENT_RMS
                ? Double.NaN
                : measure.apply(sound, wanted, offset, length, 0, null) / measure.norm(wanted, offset, length);
    }
}
