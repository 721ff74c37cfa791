package org.chanterelle.evaluate;

import java.util.SplittableRandom;
import org.chanterelle.analysis.spectrum.Stft;
import org.chanterelle.analysis.spectrum.StftConfig;

/** A baseline: a sound's own spectrogram with its phases thrown away. Right timbre at every instant, nothing else. */
public final class RandomPhases {
    private static final StftConfig STFT = StftConfig.centred(1024, 256);

    private RandomPhases() {}

    /** A sound with the STFT magnitudes of {@code audio} (before overlap) and random phases; the same length. */
    public static float[] of(float[] audio, long seed) {
        Stft stft = new Stft(STFT);
        SplittableRandom random = new SplittableRandom(seed);
        float[][] magnitudes = stft.magnitudes(audio);
        float[][] re = new float[magnitudes.length][STFT.bins()];
        float[][] im = new float[magnitudes.length][STFT.bins()];
        for (int i = 0; i < magnitudes.length; i++) {
            for (int k = 0; k < STFT.bins(); k++) {
                double phase = random.nextDouble() * 2 * Math.PI;
                re[i][k] = (float) (magnitudes[i][k] * Math.cos(phase));
                im[i][k] = (float) (magnitudes[i][k] * Math.sin(phase));
            }
        }
        return stft.inverse(re, im, audio.length);
    }
}
