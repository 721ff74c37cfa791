package org.chanterelle.train.vocoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.chanterelle.analysis.spectrum.MelFilterbank;
import org.chanterelle.analysis.spectrum.MelInverse;
import org.chanterelle.analysis.spectrum.MelSpectrum;
import org.chanterelle.analysis.spectrum.Stft;
import org.chanterelle.analysis.spectrum.StftConfig;
import org.chanterelle.model.vocoder.ParallelConfig;

/**
 * What the parallel network sees of some crops and what it should say, row after row.
 *
 * @param crops how many
 * @param rows of each
 * @param logMel (crops, rows, 80)
 * @param inverted logarithms of the inverted mel bands (crops, rows, 513)
 * @param magnitudes of the true spectra, the same shape
 * @param offsets of the phases' advances from those of the bins' middles, radians, the same shape
 */
record SpectrumBatch(int crops, int rows, float[] logMel, float[] inverted, float[] magnitudes, float[] offsets) {
    private static final int BINS = ParallelConfig.BINS;

    /** Audio frames of a crop of so many rows: one more row in front, for the phases to advance from. */
    static int length(int rows) {
        return rows * MelSpectrum.HOP_FRAMES + MelSpectrum.WINDOW_FRAMES;
    }

    /** Makes batches; reuses its buffers. */
    static final class Maker {
        private final Stft stft = new Stft(new StftConfig(MelSpectrum.WINDOW_FRAMES, MelSpectrum.WINDOW_FRAMES,
                MelSpectrum.HOP_FRAMES, StftConfig.Window.HANN_PERIODIC, StftConfig.Padding.NONE));
        private final MelFilterbank bank = new MelFilterbank(MelSpectrum.bands());
        private final MelInverse inverse = new MelInverse(MelSpectrum.bands(), MelInverse.DEFAULT_ITERATIONS);
        private final double[] mel = new double[MelSpectrum.BANDS];
        private final float[] row = new float[MelSpectrum.BANDS];
        private final float[] bins = new float[BINS];
        private final float[] phases = new float[BINS];

        /** Of crops of {@link #length} audio frames. */
        SpectrumBatch make(List<float[]> crops, int rows) {
            int count = crops.size() * rows;
            SpectrumBatch batch = new SpectrumBatch(crops.size(), rows, new float[count * MelSpectrum.BANDS],
                    new float[count * BINS], new float[count * BINS], new float[count * BINS]);
            for (int c = 0; c < crops.size(); c++) {
                int first = c * rows;
                stft.forEachWindow(crops.get(c), (i, re, im) -> fill(batch, first, i - 1, re, im));
            }
            return batch;
        }

        private void fill(SpectrumBatch batch, int first, int index, float[] re, float[] im) {
            int at = (first + index) * BINS;
            double perBin = 2 * Math.PI * MelSpectrum.HOP_FRAMES / MelSpectrum.WINDOW_FRAMES;
            for (int k = 0; k < BINS; k++) {
                float phase = (float) Math.atan2(im[k], re[k]);
                if (index >= 0) {
                    batch.magnitudes[at + k] = bins[k] = (float) Math.sqrt(re[k] * re[k] + im[k] * im[k]);
                    batch.offsets[at + k] = (float) Math.IEEEremainder(phase - phases[k] - perBin * k, 2 * Math.PI);
                }
                phases[k] = phase;
            }
            if (index < 0) {
                return;
            }
            bank.apply(bins, mel);
            for (int band = 0; band < row.length; band++) {
                row[band] = (float) Math.log(Math.max(mel[band], MelSpectrum.FLOOR_MAGNITUDE));
            }
            System.arraycopy(row, 0, batch.logMel, (first + index) * row.length, row.length);
            inverse.apply(row, bins);
            for (int k = 0; k < BINS; k++) {
                batch.inverted[at + k] = (float) Math.log(bins[k] + MelSpectrum.FLOOR_MAGNITUDE);
            }
        }
    }

    NDArray mel(NDManager manager) {
        return manager.create(logMel, new Shape(crops, rows, MelSpectrum.BANDS));
    }

    /** One of the arrays over the bins. */
    NDArray bins(NDManager manager, float[] values) {
        return manager.create(values, new Shape(crops, rows, BINS));
    }
}
