package org.chanterelle.reference;

/**
 * Harmonic-plus-noise synthesis by its definition, in plain double precision: what the streaming engine and the differentiable
 * synthesiser are both measured against. Slow. Control frame i lies at {@code round(i sampleRate / controlRate)}; the last is held
 * for one period; no latency.
 *
 * @param modelRateHz rate at which the controls are defined
 * @param sampleRateHz rate of the output
 * @param controlRateHz control frames a second
 * @param fadeStartHz frequency from which a harmonic fades, frame by frame, along x x (3 - 2 x)
 * @param fadeEndHz frequency from which it is silent
 * @param leapRatio a change of f0 by more than this ratio in one control period is no glide: the old pitch fades out while the new
 *     one fades in, both starting from the same phase
 */
public record ReferenceSynth(
        double modelRateHz, double sampleRateHz, double controlRateHz, double fadeStartHz, double fadeEndHz, double leapRatio) {
    /** Without leaps. */
    public ReferenceSynth(
            double modelRateHz, double sampleRateHz, double controlRateHz, double fadeStartHz, double fadeEndHz) {
        this(modelRateHz, sampleRateHz, controlRateHz, fadeStartHz, fadeEndHz, Double.POSITIVE_INFINITY);
    }

    /**
     * With the engine's fade, the last 1/33 below {@code min(33/32 of the model's Nyquist frequency, the device's)}, and leaps beyond
     * two semitones.
     */
    public static ReferenceSynth of(double modelRateHz, double sampleRateHz, double controlRateHz) {
        double fadeEndHz = Math.min(modelRateHz / 2 * 33 / 32, sampleRateHz / 2);
        return new ReferenceSynth(modelRateHz, sampleRateHz, controlRateHz, fadeEndHz * 32 / 33, fadeEndHz, Math.pow(2, 1.0 / 6));
    }

    /** First output frame of control frame {@code i}. */
    public int frameOf(int i) {
        return (int) Math.round(i * sampleRateHz / controlRateHz);
    }

    /**
     * Harmonics: f0 and amplitudes linear between control frames, phase the inclusive sum of f0, harmonics of a control frame at or
     * above the model's Nyquist frequency silent.
     *
     * @param f0Hz one value for each control frame
     * @param amplitudes linear, control frames by harmonics
     * @return {@code frameOf(control frames)} frames
     */
    public double[] harmonics(float[] f0Hz, float[][] amplitudes) {
        double[] out = new double[frameOf(f0Hz.length)];
        double cycles = 0;
        for (int i = 0; i < f0Hz.length; i++) {
            int next = Math.min(i + 1, f0Hz.length - 1);
            int from = frameOf(i);
            int to = frameOf(i + 1);
            double[] here = masked(f0Hz[i], amplitudes[i]);
            double[] there = masked(f0Hz[next], amplitudes[next]);
            double[] silence = new double[here.length];
            double ratio = (double) f0Hz[next] / f0Hz[i];
            if (ratio > leapRatio || 1 / ratio > leapRatio) {
                addTone(out, from, to, cycles, f0Hz[i], f0Hz[i], here, silence);
                cycles = addTone(out, from, to, cycles, f0Hz[next], f0Hz[next], silence, there);
            } else {
                cycles = addTone(out, from, to, cycles, f0Hz[i], f0Hz[next], here, there);
            }
        }
        return out;
    }

    /** Adds one control period, returns the phase at its end. */
    private double addTone(
            double[] out, int from, int to, double cycles, double fromHz, double toHz, double[] levels, double[] newLevels) {
        double phase = cycles;
        for (int n = from; n < to; n++) {
            double share = (double) (n - from) / (to - from);
            double hz = fromHz + (toHz - fromHz) * share;
            phase += hz / sampleRateHz;
            phase -= Math.floor(phase);
            for (int k = 1; k <= levels.length; k++) {
                double level = (levels[k - 1] + (newLevels[k - 1] - levels[k - 1]) * share) * fade(k * hz);
                out[n] += level == 0 ? 0 : level * Math.sin(2 * Math.PI * k * phase);
            }
        }
        return phase;
    }

    private double[] masked(float f0Hz, float[] amplitudes) {
        double[] levels = new double[amplitudes.length];
        for (int k = 1; k <= levels.length; k++) {
            levels[k - 1] = k * (double) f0Hz < modelRateHz / 2 ? amplitudes[k - 1] : 0;
        }
        return levels;
    }

    private double fade(double hz) {
        double x = Math.max(0, Math.min(1, (fadeEndHz - hz) / (fadeEndHz - fadeStartHz)));
        return x * x * (3 - 2 * x);
    }

    /**
     * Noise: the white noise of each control period through the zero-phase filter of the frame that begins it, tails overlapping.
     *
     * @param magnitudes linear, control frames by bands from 0 Hz to the model's Nyquist frequency
     * @param white {@code frameOf(control frames)} values in -1 to 1
     * @return as many frames
     */
    public double[] noise(float[][] magnitudes, float[] white) {
        double[] out = new double[frameOf(magnitudes.length)];
        for (int i = 0; i < magnitudes.length; i++) {
            double[] filter = filter(magnitudes[i]);
            int centre = filter.length / 2;
            for (int n = frameOf(i); n < frameOf(i + 1); n++) {
                for (int t = 0; t < filter.length; t++) {
                    int at = n + t - centre;
                    if (at >= 0 && at < out.length) {
                        out[at] += white[n] * filter[t];
                    }
                }
            }
        }
        return out;
    }

    /** Inverse Fourier sum of the magnitudes under a Hann window, at the output's instants; the middle is lag 0. */
    public double[] filter(float[] magnitudes) {
        int length = 2 * (magnitudes.length - 1);
        double halfSeconds = length / 2.0 / modelRateHz;
        int half = (int) Math.ceil(halfSeconds * sampleRateHz) - 1;
        double[] filter = new double[2 * half + 1];
        for (int t = -half; t <= half; t++) {
            double seconds = t / sampleRateHz;
            double sum = 0;
            for (int b = 0; b < magnitudes.length; b++) {
                double hz = b * modelRateHz / length;
                double weight = b == 0 || b == magnitudes.length - 1 ? 1 : 2;
                sum += hz > sampleRateHz / 2 ? 0 : weight * magnitudes[b] * Math.cos(2 * Math.PI * hz * seconds);
            }
            double window = 0.5 + 0.5 * Math.cos(Math.PI * seconds / halfSeconds);
            filter[half + t] = Math.sqrt(modelRateHz / sampleRateHz) * sum * window / length;
        }
        return filter;
    }

    /** Direct sound plus its convolution with {@code impulse}, as long as {@code audio}. */
    public static double[] reverb(double[] audio, float[] impulse) {
        double[] out = audio.clone();
        for (int n = 0; n < audio.length; n++) {
            for (int t = 0; t <= Math.min(n, impulse.length - 1); t++) {
                out[n] += impulse[t] * audio[n - t];
            }
        }
        return out;
    }
}
