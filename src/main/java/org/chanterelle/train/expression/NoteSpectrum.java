package org.chanterelle.train.expression;

import org.chanterelle.signal.FeatureTrack;

/** Harmonics of a recording, and what lies between them, at instants of its notes. */
final class NoteSpectrum {
    private static final double WINDOW_SECONDS = 0.043;
    private static final double TOP_HZ = 7000;
    private static final int MOST_HARMONICS = 20;
    private static final int MOST_NOISE_BANDS = 12;

    private final float[] audio;
    private final double sampleRateHz;
    private final FeatureTrack track;
    private final double[] window;

    NoteSpectrum(float[] audio, double sampleRateHz, FeatureTrack track) {
        this.audio = audio;
        this.sampleRateHz = sampleRateHz;
        this.track = track;
        window = new double[(int) Math.round(WINDOW_SECONDS * sampleRateHz)];
        for (int n = 0; n < window.length; n++) {
            window[n] = 0.5 - 0.5 * Math.cos(2 * Math.PI * (n + 0.5) / window.length);
        }
    }

    /** Slope of the harmonics' levels in dB per octave, mean over frames; NaN with fewer than four harmonics. */
    double tiltDbPerOctave(int from, int to) {
        double sum = 0;
        int count = 0;
        for (int frame = from; frame < to; frame += 5) {
            double tilt = tilt(frame);
            if (!Double.isNaN(tilt)) {
                sum += tilt;
                count++;
            }
        }
        return count == 0 ? Double.NaN : sum / count;
    }

    private double tilt(int frame) {
        double f0 = track.f0Hz()[frame];
        int harmonics = (int) Math.min(MOST_HARMONICS, TOP_HZ / f0);
        if (harmonics < 4) {
            return Double.NaN;
        }
        double sumX = 0;
        double sumY = 0;
        double sumXx = 0;
        double sumXy = 0;
        for (int h = 1; h <= harmonics; h++) {
            double x = Math.log(h) / Math.log(2);
            double y = db(power(frame, h * f0));
            sumX += x;
            sumY += y;
            sumXx += x * x;
            sumXy += x * y;
        }
        return (harmonics * sumXy - sumX * sumY) / (harmonics * sumXx - sumX * sumX);
    }

    /** Level between the harmonics against that of the harmonics, in dB; NaN where the window does not part them. */
    double noiseDb(int frame) {
        double f0 = track.f0Hz()[frame];
        int bands = (int) Math.min(MOST_NOISE_BANDS, TOP_HZ / f0);
        if (bands < 3 || f0 * WINDOW_SECONDS < 6) {
            return Double.NaN;
        }
        double tone = 0;
        double noise = 0;
        for (int h = 1; h <= bands; h++) {
            tone += power(frame, h * f0);
            noise += power(frame, (h + 0.5) * f0);
        }
        return db(noise) - db(tone);
    }

    private static double db(double power) {
        return 10 * Math.log10(power + 1e-14);
    }

    private double power(int frame, double hz) {
        int start = (int) Math.round(frame / track.controlRateHz() * sampleRateHz) - window.length / 2;
        double turn = 2 * Math.PI * hz / sampleRateHz;
        double stepRe = Math.cos(turn);
        double stepIm = Math.sin(turn);
        double re = 1;
        double im = 0;
        double sumRe = 0;
        double sumIm = 0;
        for (int n = Math.max(0, -start); n < window.length && start + n < audio.length; n++) {
            double x = window[n] * audio[start + n];
            sumRe += x * re;
            sumIm += x * im;
            double next = re * stepRe - im * stepIm;
            im = re * stepIm + im * stepRe;
            re = next;
        }
        double scale = 2.0 / window.length;
        return scale * scale * (sumRe * sumRe + sumIm * sumIm);
    }
}
