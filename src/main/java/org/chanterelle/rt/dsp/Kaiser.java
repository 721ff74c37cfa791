package org.chanterelle.rt.dsp;

/** The parts of a windowed sinc. */
final class Kaiser {
    private Kaiser() {}

    /** sin(pi x) / (pi x). */
    static double sinc(double x) {
        return Math.abs(x) < 1e-12 ? 1.0 : Math.sin(Math.PI * x) / (Math.PI * x);
    }

    /** Kaiser's window: 1 at 0, its least at -1 and 1, 0 beyond. */
    static double window(double x, double beta) {
        return Math.abs(x) >= 1 ? 0.0 : besselI0(beta * Math.sqrt(1 - x * x)) / besselI0(beta);
    }

    private static double besselI0(double x) {
        double term = 1;
        double sum = 1;
        for (int k = 1; term > sum * 1e-17; k++) {
            term *= x * x / (4.0 * k * k);
            sum += term;
        }
        return sum;
    }
}
