package org.chanterelle.evaluate.synthetic;

import java.util.SplittableRandom;

/**
 * The vibrating vocal folds: the derivative of the flow through them, pulse by pulse (KLGLOTT88, Klatt and Klatt 1990), its highs taken
 * off at low effort, with the breath noise that the open folds let through. Pulses differ a little in length and strength.
 */
final class GlottalSource {
    private static final double JITTER = 0.002;
    private static final double SHIMMER = 0.015;
    private static final double BREATHINESS = 0.04;
    private static final double SOFT_CUT_HZ = 900;
    private static final double CUT_OCTAVES_PER_DB = 0.12;

    private final double rateHz;
    private final SplittableRandom random;
    private double phase = 1;
    private double jitter = 1;
    private double strength = 1;
    private double tilted;

    GlottalSource(double rateHz, SplittableRandom random) {
        this.rateHz = rateHz;
        this.random = random;
    }

    /** The next sample at this pitch and effort (dB; 0 is a full voice). */
    double next(double f0Hz, double effortDb) {
        if (phase >= 1) {
            phase -= 1;
            jitter = 1 + JITTER * random.nextGaussian();
            strength = 1 + SHIMMER * random.nextGaussian();
        }
        double openQuotient = Math.clamp(0.55 - 0.012 * effortDb, 0.5, 0.85);
        double t = phase / openQuotient;
        boolean open = t < 1;
        double pulse = open ? strength * t * (2 - 3 * t) : 0;
        double noise = BREATHINESS * random.nextGaussian() * (open ? 1 : 0.3);
        phase += f0Hz * jitter / rateHz;
        double cutHz = Math.min(0.4 * rateHz, SOFT_CUT_HZ * Math.pow(2, CUT_OCTAVES_PER_DB * (effortDb + 30)));
        tilted += (1 - Math.exp(-2 * Math.PI * cutHz / rateHz)) * (pulse - tilted);
        return Math.pow(10, effortDb / 20) * (tilted + noise);
    }
}
