package org.chanterelle.evaluate.sing;

import org.chanterelle.analysis.spectrum.Stft;
import org.chanterelle.analysis.spectrum.StftConfig;
import org.chanterelle.analysis.spectrum.StftConfig.Padding;
import org.chanterelle.analysis.spectrum.StftConfig.Window;

/** The paper's view of a sound, {@code ln(1 + |STFT|^2)}, periodic Hann windows of 1,024 audio frames every 256, none beyond the ends. Not for several threads. */
final class LogSpectrum {
    private final Stft stft = new Stft(new StftConfig(1024, 1024, 256, Window.HANN_PERIODIC, Padding.NONE));

    /** Shape (windows, 513). */
    float[][] of(float[] audio) {
        float[][] spectrum = stft.powers(audio);
        for (float[] row : spectrum) {
            for (int k = 0; k < row.length; k++) {
                row[k] = (float) Math.log1p(row[k]);
            }
        }
        return spectrum;
    }

    /** The paper's loss: the mean absolute difference. */
    static double distance(float[][] a, float[][] b) {
        double sum = 0;
        long count = 0;
        for (int i = 0; i < a.length; i++) {
            for (int k = 0; k < a[i].length; k++) {
                sum += Math.abs(a[i][k] - b[i][k]);
            }
            count += a[i].length;
        }
        return sum / count;
    }
}
