package org.chanterelle.rt.dsp;

/** Blackman-windowed sinc for measurements: 75 dB down and more from 750 Hz below its corner on. */
final class SteepHighPass {
    private static final double HALF_TRANSITION_HZ = 375;

    private final double[] taps;

    SteepHighPass(int rateHz, double cornerHz) {
        taps = new double[(int) (4.7 * rateHz / HALF_TRANSITION_HZ / 2) * 2 + 1];
        int middle = taps.length / 2;
        double cycles = (cornerHz - HALF_TRANSITION_HZ) / rateHz;
        for (int t = 0; t < taps.length; t++) {
            double x = t - middle;
            double window = 0.42 + 0.5 * Math.cos(Math.PI * x / middle) + 0.08 * Math.cos(2 * Math.PI * x / middle);
            double low = x == 0 ? 2 * cycles : Math.sin(2 * Math.PI * cycles * x) / (Math.PI * x);
            taps[t] = (x == 0 ? 1 : 0) - low * window;
        }
    }

    /** What passes; shorter by the filter's length. */
    double[] apply(float[] audio) {
        double[] out = new double[audio.length - taps.length];
        for (int t = 0; t < taps.length; t++) {
            double tap = taps[t];
            for (int n = 0; n < out.length; n++) {
                out[n] += tap * audio[n + t];
            }
        }
        return out;
    }
}
