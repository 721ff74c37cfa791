package org.chanterelle.train.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Notes of exactly known shape, one after another, as a bright tone over faint noise. */
final class Phrase {
    static final int RATE_HZ = 16_000;

    private static final int HARMONICS = 12;
    private static final double FLOOR = 1e-4;

    private final List<Tone> tones = new ArrayList<>();

    /** A note: times in seconds; the level rises from {@code attackDb} below the body in a line (of dB) and ends in 10 ms. */
    record Tone(double key, double start, double end, double attack, double attackDb, double delay, double rateHz, double cents,
            double scoopCents, double scoopHalf, double glide, double noise) {
        static Tone plain(double key, double start, double end) {
            return new Tone(key, start, end, 0.02, 30, 0, 6, 0, 0, 0.03, 0, 0);
        }

        Tone attack(double seconds, double db) {
            return new Tone(key, start, end, seconds, db, delay, rateHz, cents, scoopCents, scoopHalf, glide, noise);
        }

        Tone vibrato(double seconds, double hz, double depth) {
            return new Tone(key, start, end, attack, attackDb, seconds, hz, depth, scoopCents, scoopHalf, glide, noise);
        }

        Tone scoop(double depth, double half) {
            return new Tone(key, start, end, attack, attackDb, delay, rateHz, cents, depth, half, glide, noise);
        }

        Tone glide(double seconds) {
            return new Tone(key, start, end, attack, attackDb, delay, rateHz, cents, scoopCents, scoopHalf, seconds, noise);
        }

        Tone noise(double level) {
            return new Tone(key, start, end, attack, attackDb, delay, rateHz, cents, scoopCents, scoopHalf, glide, level);
        }
    }

    Phrase add(Tone tone) {
        tones.add(tone);
        return this;
    }

    RecordedNotes measured() {
        return RecordedNotes.of("phrase", sound(), RATE_HZ, 0);
    }

    float[] sound() {
        Random random = new Random(4);
        float[] out = new float[(int) ((tones.getLast().end + 0.4) * RATE_HZ)];
        double phase = 0;
        int index = 0;
        for (int n = 0; n < out.length; n++) {
            double t = (double) n / RATE_HZ;
            while (index + 1 < tones.size() && t >= tones.get(index + 1).start) {
                index++;
            }
            Tone tone = tones.get(index);
            double key = key(index, t - tone.start);
            phase += 440 * Math.pow(2, (key - 69) / 12) / RATE_HZ;
            double sum = 0;
            for (int h = 1; h <= HARMONICS; h++) {
                sum += Math.sin(2 * Math.PI * h * phase + h * h) / h;
            }
            double level = 0.1 * Math.pow(10, -below(index, t) / 20);
            double burst = t >= tone.start && t < tone.start + 0.05 ? tone.noise : 0;
            out[n] = (float) (level * sum + (FLOOR + burst) * random.nextGaussian());
        }
        return out;
    }

    private double key(int index, double t) {
        Tone tone = tones.get(index);
        double key = tone.key + 0.01 * tone.scoopCents * Math.pow(2, -t / tone.scoopHalf);
        if (index > 0 && tone.glide > 0) {
            double left = Math.clamp(0.5 - t / tone.glide, 0, 1);
            key += left * (tones.get(index - 1).key - tone.key);
        }
        if (index + 1 < tones.size() && tones.get(index + 1).glide > 0) {
            Tone next = tones.get(index + 1);
            double way = Math.clamp(0.5 + (t - (next.start - tone.start)) / next.glide, 0, 1);
            key += way * (next.key - tone.key);
        }
        double grown = t < tone.delay ? 0 : Math.min(1, (t - tone.delay) / Vibrato.GROWTH_SECONDS);
        return key + 0.01 * tone.cents * (0.5 - 0.5 * Math.cos(Math.PI * grown)) * Math.sin(2 * Math.PI * tone.rateHz * t);
    }

    private double below(int index, double t) {
        Tone tone = tones.get(index);
        boolean runsOn = index + 1 < tones.size() && tones.get(index + 1).start - tone.end < 1e-9;
        if (t < tone.start || t > tone.end + 0.01) {
            return 120;
        }
        double rise = tone.attack > 0 ? tone.attackDb * Math.max(0, 1 - (t - tone.start) / tone.attack) : 0;
        double fall = runsOn ? 0 : 60 * Math.max(0, (t - tone.end) / 0.01);
        return rise + fall;
    }
}
