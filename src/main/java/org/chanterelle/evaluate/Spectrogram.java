package org.chanterelle.evaluate;

import java.awt.image.BufferedImage;
import org.chanterelle.analysis.spectrum.Stft;
import org.chanterelle.analysis.spectrum.StftConfig;
import org.chanterelle.analysis.spectrum.StftConfig.Padding;
import org.chanterelle.analysis.spectrum.StftConfig.Window;

/** The spectrogram of a sound as levels of sinusoids in dBFS, and as an image on a logarithmic frequency axis. */
public final class Spectrogram {
    /** Range of levels that the colours span. */
    public static final double RANGE_DB = 80;

    private static final double WINDOW_S = 0.046;
    private static final int HOPS_PER_WINDOW = 8;
    private static final double SILENCE = 1e-10;

    private final double sampleRateHz;
    private final StftConfig config;
    private final float[][] levelsDb;

    /** Analyses a sound, one channel, full scale -1 to 1. */
    public Spectrogram(float[] audio, double sampleRateHz) {
        this.sampleRateHz = sampleRateHz;
        int size = Integer.highestOneBit((int) (2 * WINDOW_S * sampleRateHz));
        config = new StftConfig(size, size, size / HOPS_PER_WINDOW, Window.HANN_PERIODIC, Padding.CENTRED_ZERO);
        levelsDb = new Stft(config).magnitudes(audio);
        double scale = 4.0 / size;
        for (float[] row : levelsDb) {
            for (int k = 0; k < row.length; k++) {
                row[k] = (float) (20 * Math.log10(Math.max(SILENCE, scale * row[k])));
            }
        }
    }

    /** Level of the loudest sinusoid. */
    public double loudestDb() {
        double loudest = Double.NEGATIVE_INFINITY;
        for (float[] row : levelsDb) {
            for (float level : row) {
                loudest = Math.max(loudest, level);
            }
        }
        return loudest;
    }

    /** Left edge at 0 s, right at {@code seconds}; bottom at {@code lowHz}, top at {@code highHz}; the brightest colour at {@code topDb}. */
    public BufferedImage image(int width, int height, double seconds, double lowHz, double highHz, double topDb) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            double low = lowHz * Math.pow(highHz / lowHz, (height - 1.0 - y) / height);
            double high = lowHz * Math.pow(highHz / lowHz, (height - (double) y) / height);
            for (int x = 0; x < width; x++) {
                double at = (x + 0.5) / width * seconds * sampleRateHz / config.hopFrames();
                double level = level((int) Math.round(at), low, high);
                image.setRGB(x, y, ColourMap.rgb((level - topDb) / RANGE_DB + 1));
            }
        }
        return image;
    }

    /** The strongest bin of a pixel that spans several, or the interpolated level of one that lies between two. */
    private double level(int window, double lowHz, double highHz) {
        if (window >= levelsDb.length) {
            return Double.NEGATIVE_INFINITY;
        }
        float[] row = levelsDb[window];
        double low = lowHz * config.fftSize() / sampleRateHz;
        double high = highHz * config.fftSize() / sampleRateHz;
        int bin = (int) low;
        if (bin + 1 >= row.length) {
            return Double.NEGATIVE_INFINITY;
        }
        double level = row[bin] + (low - bin) * (row[bin + 1] - row[bin]);
        for (int k = bin + 1; k < high && k < row.length; k++) {
            level = Math.max(level, row[k]);
        }
        return level;
    }
}
