package org.chanterelle.evaluate;

import org.chanterelle.analysis.spectrum.Stft;
import org.chanterelle.analysis.spectrum.StftConfig;
import org.chanterelle.analysis.spectrum.StftConfig.Padding;
import org.chanterelle.analysis.spectrum.StftConfig.Window;

/** Long-term spectra in third-octave bands (IEC 61260, base ten): the envelope that tells one timbre from another. */
public final class ThirdOctaves {
    private static final int FFT_SIZE = 4096;
    private static final int LOWEST_BAND = 22;
    private static final double SILENCE = 1e-20;
    private static final StftConfig CONFIG = new StftConfig(
            FFT_SIZE, FFT_SIZE, FFT_SIZE / 4, Window.HANN_PERIODIC, Padding.NONE);

    private ThirdOctaves() {}

    /** Centre frequencies in Hz of the bands that lie wholly below {@code maxHz}, from 158 Hz up. */
    public static double[] centresHz(double maxHz) {
        int count = 0;
        while (upperEdgeHz(count) <= maxHz) {
            count++;
        }
        double[] centres = new double[count];
        for (int i = 0; i < count; i++) {
            centres[i] = Math.pow(10, (LOWEST_BAND + i) / 10.0);
        }
        return centres;
    }

    /** Mean level in dBFS of each band of {@link #centresHz} (half the sample rate); at least 4,096 frames. */
    public static double[] levelsDb(float[] audio, double sampleRateHz) {
        Stft stft = new Stft(CONFIG);
        double[] power = meanPower(stft, audio);
        double[] levels = new double[centresHz(sampleRateHz / 2).length];
        for (int i = 0; i < levels.length; i++) {
            levels[i] = levelDb(stft, power, upperEdgeHz(i - 1) / sampleRateHz, upperEdgeHz(i) / sampleRateHz);
        }
        return levels;
    }

    /** Mean level in dBFS of one band, {@code highHz} at most half the sample rate; at least 4,096 frames. */
    public static double levelDb(float[] audio, double sampleRateHz, double lowHz, double highHz) {
        Stft stft = new Stft(CONFIG);
        return levelDb(stft, meanPower(stft, audio), lowHz / sampleRateHz, highHz / sampleRateHz);
    }

    private static double levelDb(Stft stft, double[] power, double low, double high) {
        double sum = 0;
        for (int k = (int) Math.ceil(low * FFT_SIZE); k < high * FFT_SIZE; k++) {
            sum += 2 * power[k];
        }
        return 10 * Math.log10(Math.max(SILENCE, sum / (FFT_SIZE * stft.windowEnergy())));
    }

    private static double upperEdgeHz(int band) {
        return Math.pow(10, (LOWEST_BAND + band + 0.5) / 10.0);
    }

    private static double[] meanPower(Stft stft, float[] audio) {
        double[] mean = new double[stft.config().bins()];
        int windows = stft.config().windows(audio.length);
        if (windows == 0) {
            throw new IllegalArgumentException(
                    "a third-octave spectrum of " + audio.length + " frames; expected at least " + FFT_SIZE);
        }
        stft.forEachWindow(audio, (i, re, im) -> {
            for (int k = 0; k < mean.length; k++) {
                mean[k] += ((double) re[k] * re[k] + (double) im[k] * im[k]) / windows;
            }
        });
        return mean;
    }
}
