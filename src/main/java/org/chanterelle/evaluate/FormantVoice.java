package org.chanterelle.evaluate;

import java.util.SplittableRandom;

/** A synthetic singer for measurements that need vowels alike in all but timbre: a buzz through three formants (Peterson and Barney 1952, women). */
public final class FormantVoice {
    /** What is sung: frequencies of the first three formants in Hz. */
    public enum Vowel {
        /** As in father. */
        A(850, 1220, 2810),
        /** As in bed. */
        E(610, 2330, 2990),
        /** As in see. */
        I(310, 2790, 3310),
        /** As in law. */
        O(590, 920, 2710),
        /** As in too. */
        U(370, 950, 2670);

        private final double[] formantsHz;

        Vowel(double... formantsHz) {
            this.formantsHz = formantsHz;
        }

        private double gain(double hz) {
            double gain = 1;
            for (int i = 0; i < formantsHz.length; i++) {
                double ratio = hz / formantsHz[i];
                double width = BANDWIDTHS_HZ[i] / formantsHz[i];
                gain /= Math.hypot(1 - ratio * ratio, width * ratio);
            }
            return gain;
        }
    }

    private static final double[] BANDWIDTHS_HZ = {90, 110, 170};
    private static final double SOURCE_TILT = 1.5;
    private static final double VIBRATO_HZ = 5.5;
    private static final double VIBRATO_CENTS = 30;
    private static final double FADE_S = 0.06;
    private static final double HISS_LOW_HZ = 4500;
    private static final double HISS_HIGH_HZ = 7500;

    private final int sampleRateHz;

    /** Sings at {@code sampleRateHz}. */
    public FormantVoice(int sampleRateHz) {
        this.sampleRateHz = sampleRateHz;
    }

    /** One vowel on one pitch with a little vibrato, faded in and out, at an RMS level. */
    public float[] vowel(Vowel vowel, double f0Hz, double seconds, double dbfs) {
        float[] out = new float[(int) Math.round(seconds * sampleRateHz)];
        int harmonics = (int) (0.45 * sampleRateHz / f0Hz);
        double phase = 0;
        for (int n = 0; n < out.length; n++) {
            double cents = VIBRATO_CENTS * Math.sin(2 * Math.PI * VIBRATO_HZ * n / sampleRateHz);
            phase += 2 * Math.PI * f0Hz * Math.pow(2, cents / 1200) / sampleRateHz;
            double sum = 0;
            for (int k = 1; k <= harmonics; k++) {
                sum += Math.pow(k, -SOURCE_TILT) * vowel.gain(k * f0Hz) * Math.sin(k * phase);
            }
            out[n] = (float) sum;
        }
        return faded(Levels.atRms(out, dbfs));
    }

    /** The consonant s: noise from 4.5 to 7.5 kHz, faded in and out, at an RMS level. */
    public float[] hiss(double seconds, double dbfs, long seed) {
        float[] out = new float[(int) Math.round(seconds * sampleRateHz)];
        SplittableRandom random = new SplittableRandom(seed);
        int partials = (int) (seconds * (HISS_HIGH_HZ - HISS_LOW_HZ));
        for (int p = 0; p < partials; p++) {
            double hz = HISS_LOW_HZ + (HISS_HIGH_HZ - HISS_LOW_HZ) * random.nextDouble();
            double step = 2 * Math.PI * hz / sampleRateHz;
            double start = 2 * Math.PI * random.nextDouble();
            for (int n = 0; n < out.length; n++) {
                out[n] += (float) Math.sin(start + step * n);
            }
        }
        return faded(Levels.atRms(out, dbfs));
    }

    private float[] faded(float[] audio) {
        int fade = Math.min(audio.length / 2, (int) (FADE_S * sampleRateHz));
        for (int n = 0; n < fade; n++) {
            float gain = (float) (0.5 - 0.5 * Math.cos(Math.PI * (n + 0.5) / fade));
            audio[n] *= gain;
            audio[audio.length - 1 - n] *= gain;
        }
        return audio;
    }
}
