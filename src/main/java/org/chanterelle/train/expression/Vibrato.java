package org.chanterelle.train.expression;

import java.util.Arrays;

/**
 * A vibrato in a curve of pitch.
 *
 * @param delaySeconds from the beginning of the curve until it begins to grow
 * @param rateHz cycles a second
 * @param depthCents amplitude once grown
 */
record Vibrato(double delaySeconds, double rateHz, double depthCents) {
    /** Time over which it grows from nothing. */
    static final double GROWTH_SECONDS = 0.15;

    private static final double MIN_RATE_HZ = 4.0;
    private static final double MAX_RATE_HZ = 8.5;
    private static final double RATE_STEP_HZ = 0.1;
    private static final double DELAY_STEP_SECONDS = 0.02;
    private static final double MIN_CYCLES = 1.6;
    private static final double MIN_DEPTH_CENTS = 5;
    private static final double MAX_DEPTH_CENTS = 80;

    /** Share of what moves about the trend that the vibrato must explain; straight notes with tracker noise stay below. */
    private static final double MIN_EXPLAINED = 0.6;

    /** Curves longer than this bend away from one rate. */
    private static final double LONGEST_SECONDS = 1.2;

    private static final double LONG_SECONDS = 0.6;

    /** A candidate and what it leaves unexplained. */
    private record Fit(double delay, double rate, double depth, double left) {}

    /**
     * Looks for a vibrato of 4 to 8.5 Hz that grows after a delay, beside a trend.
     *
     * @param cents pitch
     * @param frameHz values a second
     * @return null for a straight note
     */
    static Vibrato find(float[] cents, double frameHz) {
        int length = (int) Math.min(cents.length, LONGEST_SECONDS * frameHz);
        double seconds = length / frameHz;
        int trend = seconds > LONG_SECONDS ? 3 : 2;
        Fit best = null;
        double latest = Math.max(0, seconds - MIN_CYCLES / MAX_RATE_HZ);
        for (double delay = -GROWTH_SECONDS; delay <= latest; delay += DELAY_STEP_SECONDS) {
            for (double rate = MIN_RATE_HZ; rate <= MAX_RATE_HZ + 1e-9; rate += RATE_STEP_HZ) {
                if ((seconds - Math.max(0, delay)) * rate >= MIN_CYCLES) {
                    Fit fit = leastSquares(cents, length, frameHz, trend, delay, rate);
                    best = best == null || fit.left < best.left ? fit : best;
                }
            }
        }
        return best == null || !isClear(best, cents, length, frameHz, trend)
                ? null
                : new Vibrato(Math.max(0, best.delay), best.rate, best.depth);
    }

    private static boolean isClear(Fit fit, float[] cents, int length, double frameHz, int trend) {
        int from = (int) Math.max(0, fit.delay * frameHz);
        float[] active = Arrays.copyOfRange(cents, from, length);
        double alone = leastSquares(active, active.length, frameHz, trend, Double.NaN, 0).left;
        double with = leastSquares(active, active.length, frameHz, trend, fit.delay - from / frameHz, fit.rate).left;
        boolean inside = fit.rate > MIN_RATE_HZ + RATE_STEP_HZ / 2 && fit.rate < MAX_RATE_HZ - RATE_STEP_HZ / 2;
        return inside && fit.depth >= MIN_DEPTH_CENTS && fit.depth <= MAX_DEPTH_CENTS && with <= (1 - MIN_EXPLAINED) * alone;
    }

    /** A polynomial of {@code trend} terms, and with a delay that is a number the vibrato too. */
    private static Fit leastSquares(float[] cents, int length, double frameHz, int trend, double delay, double rate) {
        int terms = Double.isNaN(delay) ? trend : trend + 2;
        double[][] system = new double[terms][terms + 1];
        double[] basis = new double[terms];
        double power = 0;
        for (int i = 0; i < length; i++) {
            double t = i / frameHz;
            fill(basis, trend, t, 2 * t * frameHz / length - 1, delay, rate);
            for (int r = 0; r < terms; r++) {
                for (int c = r; c < terms; c++) {
                    system[r][c] += basis[r] * basis[c];
                }
                system[r][terms] += basis[r] * cents[i];
            }
            power += cents[i] * cents[i];
        }
        double[] right = new double[terms];
        for (int r = 0; r < terms; r++) {
            right[r] = system[r][terms];
            for (int c = 0; c < r; c++) {
                system[r][c] = system[c][r];
            }
        }
        double[] solution = solve(system);
        double left = power;
        for (int r = 0; r < terms; r++) {
            left -= solution[r] * right[r];
        }
        double depth = terms > trend ? Math.hypot(solution[trend], solution[trend + 1]) : 0;
        return new Fit(delay, rate, depth, left);
    }

    private static void fill(double[] basis, int trend, double t, double place, double delay, double rate) {
        basis[0] = 1;
        for (int k = 1; k < trend; k++) {
            basis[k] = basis[k - 1] * place;
        }
        if (basis.length > trend) {
            double grown = Math.clamp((t - delay) / GROWTH_SECONDS, 0, 1);
            double size = 0.5 - 0.5 * Math.cos(Math.PI * grown);
            basis[trend] = size * Math.cos(2 * Math.PI * rate * t);
            basis[trend + 1] = size * Math.sin(2 * Math.PI * rate * t);
        }
    }

    /** Gauss's elimination of a symmetric positive system; a direction that the curve does not know gets 0. */
    private static double[] solve(double[][] a) {
        int n = a.length;
        for (int p = 0; p < n; p++) {
            for (int r = p + 1; r < n; r++) {
                double factor = Math.abs(a[p][p]) < 1e-9 ? 0 : a[r][p] / a[p][p];
                for (int c = p; c <= n; c++) {
                    a[r][c] -= factor * a[p][c];
                }
            }
        }
        double[] x = new double[n];
        for (int r = n - 1; r >= 0; r--) {
            double sum = a[r][n];
            for (int c = r + 1; c < n; c++) {
                sum -= a[r][c] * x[c];
            }
            x[r] = Math.abs(a[r][r]) < 1e-9 ? 0 : sum / a[r][r];
        }
        return x;
    }
}
