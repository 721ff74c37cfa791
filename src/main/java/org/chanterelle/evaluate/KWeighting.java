package org.chanterelle.evaluate;

/**
 * The K-weighting of ITU-R BS.1770: a shelf for the head, then a high-pass. The standard's coefficients, which hold at 48 kHz, are
 * carried to other rates by the bilinear transform, exact at each filter's own frequency.
 */
final class KWeighting {
    private static final double STANDARD_HZ = 48_000;

    /** Table 1: b0, b1, b2, a1, a2. */
    private static final double[] SHELF = {
            1.53512485958697, -2.69169618940638, 1.19839281085285, -1.69065929318241, 0.73248077421585};

    /** Table 2. */
    private static final double[] HIGH_PASS = {1, -2, 1, -1.99004745483398, 0.99007225036621};

    private final double[][] stages;

    KWeighting(double sampleRateHz) {
        stages = new double[][] {atRate(SHELF, sampleRateHz), atRate(HIGH_PASS, sampleRateHz)};
    }

    /** The weighted sound, from silence. */
    double[] apply(float[] audio) {
        double[] out = new double[audio.length];
        for (int n = 0; n < out.length; n++) {
            out[n] = audio[n];
        }
        for (double[] stage : stages) {
            filter(stage, out);
        }
        return out;
    }

    private static void filter(double[] c, double[] audio) {
        double first = 0;
        double second = 0;
        for (int n = 0; n < audio.length; n++) {
            double in = audio[n];
            double out = c[0] * in + first;
            first = c[1] * in - c[3] * out + second;
            second = c[2] * in - c[4] * out;
            audio[n] = out;
        }
    }

    private static double[] atRate(double[] c, double rateHz) {
        double[] above = toAnalogue(c[0], c[1], c[2]);
        double[] below = toAnalogue(1, c[3], c[4]);
        double standard = Math.sqrt(below[0] / below[2]);
        double own = Math.tan(Math.atan(standard) * STANDARD_HZ / rateHz);
        double[] b = toDigital(above, standard / own);
        double[] a = toDigital(below, standard / own);
        return new double[] {b[0] / a[0], b[1] / a[0], b[2] / a[0], a[1] / a[0], a[2] / a[0]};
    }

    /** Powers of s of a polynomial in 1/z = (1 - s) / (1 + s). */
    private static double[] toAnalogue(double c0, double c1, double c2) {
        return new double[] {c0 + c1 + c2, 2 * (c0 - c2), c0 - c1 + c2};
    }

    /** The way back, with s stretched. */
    private static double[] toDigital(double[] p, double stretch) {
        double linear = p[1] * stretch;
        double square = p[2] * stretch * stretch;
        return new double[] {p[0] + linear + square, 2 * (p[0] - square), p[0] - linear + square};
    }
}
