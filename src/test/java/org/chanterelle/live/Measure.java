package org.chanterelle.live;

import org.chanterelle.signal.Units;

/** Levels, pitch and clicks of what was played. */
final class Measure {
    private Measure() {}

    static double peak(float[] audio, int from, int to) {
        double peak = 0;
        for (int i = Math.max(0, from); i < Math.min(audio.length, to); i++) {
            peak = Math.max(peak, Math.abs(audio[i]));
        }
        return peak;
    }

    static double peakDb(float[] audio) {
        return Units.gainToDb(peak(audio, 0, audio.length));
    }

    static double rmsDb(float[] audio, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += (double) audio[i] * audio[i];
        }
        return 10 * Math.log10(sum / (to - from));
    }

    static double rmsDb(float[] audio) {
        return rmsDb(audio, 0, audio.length);
    }

    /** Energy of the difference over that of {@code expected}, which may begin later by {@code lag} frames. */
    static double differenceDb(float[] actual, float[] expected, int lag) {
        double difference = 0;
        double energy = 0;
        for (int i = 0; i < expected.length && i + lag < actual.length; i++) {
            double d = actual[i + lag] - expected[i];
            difference += d * d;
            energy += (double) expected[i] * expected[i];
        }
        return 10 * Math.log10((difference + 1e-30) / energy);
    }

    static double differenceDb(float[] actual, float[] expected) {
        return differenceDb(actual, expected, 0);
    }

    /** By how many cents the tone at {@code from} lies above {@code hz}: the turning of its fundamental's phase. Up to some 100 cents. */
    static double cents(float[] audio, int from, int length, double hz, double rateHz) {
        int step = (int) Math.min(length / 4, rateHz / (hz * 0.25));
        double turned = phase(audio, from + step, length - step, hz, rateHz) - phase(audio, from, length - step, hz, rateHz);
        double cycles = turned / (2 * Math.PI);
        double deviationHz = (cycles - Math.rint(cycles)) * rateHz / step;
        return 1200 * Math.log((hz + deviationHz) / hz) / Math.log(2);
    }

    private static double phase(float[] audio, int from, int length, double hz, double rateHz) {
        double re = 0;
        double im = 0;
        for (int i = 0; i < length; i++) {
            double window = 0.5 - 0.5 * Math.cos(2 * Math.PI * (i + 0.5) / length);
            double angle = 2 * Math.PI * hz * (from + i) / rateHz;
            re += window * audio[from + i] * Math.cos(angle);
            im -= window * audio[from + i] * Math.sin(angle);
        }
        return Math.atan2(im, re);
    }

    /** Level of the loudest millisecond above a frequency, in dB re full-scale RMS 1. */
    static double loudestMillisecondDb(float[] audio, double rateHz, double aboveHz) {
        double[] high = above(audio, rateHz, aboveHz);
        int frame = (int) rateHz / 1_000;
        double loudest = 0;
        for (int at = 0; at + frame <= high.length; at += frame / 2) {
            double energy = 0;
            for (int n = at; n < at + frame; n++) {
                energy += high[n] * high[n];
            }
            loudest = Math.max(loudest, energy / frame);
        }
        return 10 * Math.log10(loudest);
    }

    /** A windowed sinc, 90 dB down 750 Hz below its corner at 96 kHz. */
    private static double[] above(float[] audio, double rateHz, double cornerHz) {
        int middle = 450;
        double[] out = new double[Math.max(0, audio.length - 2 * middle)];
        for (int t = -middle; t <= middle; t++) {
            double window = 0.42 + 0.5 * Math.cos(Math.PI * t / middle) + 0.08 * Math.cos(2 * Math.PI * t / middle);
            double cycles = (cornerHz - 375) / rateHz;
            double low = t == 0 ? 2 * cycles : Math.sin(2 * Math.PI * cycles * t) / (Math.PI * t);
            double tap = (t == 0 ? 1 : 0) - low * window;
            for (int n = 0; n < out.length; n++) {
                out[n] += tap * audio[n + t + middle];
            }
        }
        return out;
    }
}
