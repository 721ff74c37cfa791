package org.chanterelle.analysis;

/** Second-order Butterworth high-pass: takes rumble and offset from the pitch path, in place. */
final class HighPass {
    private final double b0;
    private final double a1;
    private final double a2;
    private double state1;
    private double state2;

    HighPass(double cutoffHz, double sampleRateHz) {
        double k = Math.tan(Math.PI * cutoffHz / sampleRateHz);
        double norm = 1 / (1 + Math.sqrt(2) * k + k * k);
        b0 = norm;
        a1 = 2 * (k * k - 1) * norm;
        a2 = (1 - Math.sqrt(2) * k + k * k) * norm;
    }

    void reset() {
        state1 = 0;
        state2 = 0;
    }

    void process(float[] samples, int frames) {
        for (int n = 0; n < frames; n++) {
            double in = samples[n];
            double out = b0 * in + state1;
            state1 = -2 * b0 * in - a1 * out + state2;
            state2 = b0 * in - a2 * out;
            samples[n] = (float) out;
        }
        // Keeps the state from decaying into denormals in silence.
        if (Math.abs(state1) + Math.abs(state2) < 1e-30) {
            reset();
        }
    }
}
