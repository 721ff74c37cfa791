package org.chanterelle.evaluate.synthetic;

/** One formant: a two-pole resonance with unit gain at 0 Hz, tunable while it sounds. Klatt 1980, eq. 2. */
final class Resonator {
    private final double rateHz;
    private double a = 1;
    private double b;
    private double c;
    private double last;
    private double beforeLast;

    Resonator(double rateHz) {
        this.rateHz = rateHz;
    }

    void tune(double hz, double bandwidthHz) {
        c = -Math.exp(-2 * Math.PI * bandwidthHz / rateHz);
        b = 2 * Math.exp(-Math.PI * bandwidthHz / rateHz) * Math.cos(2 * Math.PI * hz / rateHz);
        a = 1 - b - c;
    }

    double process(double in) {
        double out = a * in + b * last + c * beforeLast;
        beforeLast = last;
        last = out;
        return out;
    }
}
