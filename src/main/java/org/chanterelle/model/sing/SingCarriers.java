package org.chanterelle.model.sing;

/**
 * For each band of the representation what the encoder of a lapped transform hears of a sinusoid at the note's nearest harmonic. The
 * generator then tells for each band what is in phase with its carrier, what is a quarter ahead and what is neither, all of which change
 * slowly, and need not learn to oscillate at every pitch. A control frame's carriers depend on nothing but its number. Immutable.
 */
public final class SingCarriers {
    /** Outputs of the generator for each band: by the cosine, by the sine, and what is added. */
    public static final int PARTS = 3;

    /** Brings representations of notes near 1. */
    public static final double ANALYSIS = 1.0 / 64;

    private static final double A4_HZ = 440;
    private static final int A4 = 69;
    private static final int SEMITONES = 12;

    private final int bands;
    private final int[] harmonics;
    private final float[] real;
    private final float[] imaginary;
    private final double[] cycles;

    /** Takes about 0.1 s. */
    public SingCarriers(SingConfig config) {
        bands = config.representation();
        harmonics = new int[config.pitches() * bands];
        real = new float[harmonics.length];
        imaginary = new float[harmonics.length];
        cycles = new double[config.pitches()];
        float[] window = SingWindow.values(config.kernel());
        for (int row = 0; row < config.pitches(); row++) {
            double f0Hz = A4_HZ * Math.pow(2, (double) (config.lowestPitch() + row - A4) / SEMITONES);
            cycles[row] = f0Hz * config.stride() / config.sampleRateHz();
            for (int band = 0; band < bands; band++) {
                int harmonic = (int) Math.max(1, Math.round((band + 0.5) / 2 / cycles[row]));
                harmonics[row * bands + band] = harmonic;
                hear(row * bands + band, band, 2 * Math.PI * harmonic * cycles[row] / config.stride(), window, config.stride());
            }
        }
    }

    /** A band's cosine in the lapped transform, without window. */
    public static double wave(int band, int sample, int stride) {
        return Math.cos((sample + (stride + 1) / 2.0) * (band + 0.5) * Math.PI / stride);
    }

    /** The windowed wave's spectrum at one frequency, by two rotating phasors. */
    private void hear(int at, int band, double omega, float[] window, int stride) {
        double step = (band + 0.5) * Math.PI / stride;
        double phase = (stride + 1) / 2.0 * step;
        double sumRe = 0;
        double sumIm = 0;
        for (int sign = -1; sign <= 1; sign += 2) {
            double turnRe = Math.cos(omega + sign * step);
            double turnIm = Math.sin(omega + sign * step);
            double re = Math.cos(sign * phase) / 2;
            double im = Math.sin(sign * phase) / 2;
            for (float weight : window) {
                sumRe += weight * re;
                sumIm += weight * im;
                double next = re * turnRe - im * turnIm;
                im = re * turnIm + im * turnRe;
                re = next;
            }
        }
        real[at] = (float) (ANALYSIS * sumRe);
        imaginary[at] = (float) (ANALYSIS * sumIm);
    }

    /**
     * Carriers of one control frame.
     *
     * @param row of the pitch table
     * @param frame counted from the note's beginning
     * @param cosines receives a value a band, from {@code at} on; so does {@code sines}
     */
    public void fill(int row, int frame, float[] cosines, float[] sines, int at) {
        double turn = cycles[row] * frame;
        int known = 0;
        float cosine = 0;
        float sine = 0;
        for (int band = 0; band < bands; band++) {
            int i = row * bands + band;
            if (harmonics[i] != known) {
                known = harmonics[i];
                double turns = known * turn;
                double phase = 2 * Math.PI * (turns - Math.floor(turns));
                cosine = (float) Math.cos(phase);
                sine = (float) Math.sin(phase);
            }
            cosines[at + band] = real[i] * cosine - imaginary[i] * sine;
            sines[at + band] = real[i] * sine + imaginary[i] * cosine;
        }
    }
}
