package org.chanterelle.analysis.spectrum;

/**
 * The log-mel spectrogram between a score model and a vocoder: what Mel2Mel predicts and what a vocoder makes sound.
 *
 * <p>Row {@code i} is centred on frame {@code i * HOP_FRAMES}; beyond the ends the sound is mirrored. A row holds the natural logarithm
 * of Slaney's mel bands (even in mel, 0 to 8,000 Hz, area 1 each) of the magnitudes of a periodic Hann window, never below
 * {@link #FLOOR}. A sine of amplitude 1 gives at most about ln 10, less in wider bands. Not thread-safe.
 */
public final class MelSpectrum {
    /** Rate of the sound. */
    public static final int SAMPLE_RATE_HZ = 16_000;

    /** Distance of rows: 8 ms. */
    public static final int HOP_FRAMES = 128;

    /** Values in a row. */
    public static final int BANDS = 80;

    /** Window and transform length. */
    public static final int WINDOW_FRAMES = 1024;

    /** Upper end of the highest band. */
    public static final double MAX_HZ = 8000;

    /** Lowest magnitude that counts: -100 dB. */
    public static final double FLOOR_MAGNITUDE = 1e-5;

    /** What a row of silence holds. */
    public static final float FLOOR = (float) Math.log(FLOOR_MAGNITUDE);

    private final LogMel logMel = new LogMel(stft(), bands(), LogMel.Quantity.MAGNITUDE, FLOOR_MAGNITUDE);

    /** The transform below the mel bands. */
    public static StftConfig stft() {
        return StftConfig.centred(WINDOW_FRAMES, HOP_FRAMES);
    }

    /** The mel bands. */
    public static MelConfig bands() {
        return MelConfig.slaney(BANDS, SAMPLE_RATE_HZ, WINDOW_FRAMES, 0, MAX_HZ);
    }

    /** Rows of a sound of {@code length} frames. */
    public static int rows(int length) {
        return stft().windows(length);
    }

    /** Log-mel spectrogram of a sound at 16 kHz, full scale 1; shape (rows, 80). */
    public float[][] of(float[] audio) {
        double[][] exact = logMel.of(audio);
        float[][] out = new float[exact.length][BANDS];
        for (int i = 0; i < out.length; i++) {
            for (int band = 0; band < BANDS; band++) {
                out[i][band] = (float) exact[i][band];
            }
        }
        return out;
    }
}
