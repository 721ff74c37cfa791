package org.chanterelle.evaluate;

import java.util.Arrays;

/** Compares melodies as mir_eval 0.7 does: the estimate is brought on to the reference's times, then counted frame by frame. */
public final class MelodyMetrics {
    private static final double BASE_HZ = 10.0;
    private static final double SAME_TIME_S = 1e-8;
    private static final double CENTS_PER_OCTAVE = 1200.0;

    private MelodyMetrics() {}

    /** Scores of {@code estimate} against {@code reference}; a pitch is right when less than {@code toleranceCents} off. */
    public static MelodyScores compare(Melody reference, Melody estimate, double toleranceCents) {
        Track truth = Track.of(startingAtZero(reference));
        Track guess = Track.of(startingAtZero(estimate)).at(truth.timesS);
        Count count = new Count();
        for (int i = 0; i < truth.timesS.length; i++) {
            count.add(truth.cents[i], truth.voiced[i], guess.cents[i], guess.voiced[i], toleranceCents);
        }
        return count.scores();
    }

    /** mir_eval begins every melody at time 0. */
    private static Melody startingAtZero(Melody melody) {
        if (melody.length() == 0 || melody.timesS()[0] <= 0) {
            return melody;
        }
        double[] times = new double[melody.length() + 1];
        double[] hz = new double[melody.length() + 1];
        System.arraycopy(melody.timesS(), 0, times, 1, melody.length());
        System.arraycopy(melody.hz(), 0, hz, 1, melody.length());
        hz[0] = hz[1];
        return new Melody(times, hz);
    }

    private static final class Count {
        private int frames;
        private int voiced;
        private int unvoiced;
        private int recalled;
        private int falseAlarms;
        private int rightPitch;
        private int rightChroma;
        private int right;

        void add(double truthCents, boolean truthVoiced, double guessCents, boolean guessVoiced, double toleranceCents) {
            boolean comparable = truthCents != 0 && guessCents != 0;
            double off = Math.abs(truthCents - guessCents);
            boolean pitch = comparable && off < toleranceCents;
            double octaves = CENTS_PER_OCTAVE * Math.floor(off / CENTS_PER_OCTAVE + 0.5);
            boolean chroma = comparable && Math.abs(off - octaves) < toleranceCents;
            frames++;
            if (truthVoiced) {
                voiced++;
                recalled += guessVoiced ? 1 : 0;
                rightPitch += pitch ? 1 : 0;
                rightChroma += chroma ? 1 : 0;
                right += pitch && guessVoiced ? 1 : 0;
            } else {
                unvoiced++;
                falseAlarms += guessVoiced ? 1 : 0;
                right += guessVoiced ? 0 : 1;
            }
        }

        MelodyScores scores() {
            return new MelodyScores(
                    voiced == 0 ? 1 : (double) recalled / voiced,
                    unvoiced == 0 ? 0 : (double) falseAlarms / unvoiced,
                    voiced == 0 ? 0 : (double) rightPitch / voiced,
                    voiced == 0 ? 0 : (double) rightChroma / voiced,
                    frames == 0 ? 0 : (double) right / frames);
        }
    }

    /** A melody in cents above 10 Hz, where 0 is no pitch. */
    private record Track(double[] timesS, double[] cents, boolean[] voiced) {
        static Track of(Melody melody) {
            double[] cents = new double[melody.length()];
            boolean[] voiced = new boolean[melody.length()];
            for (int i = 0; i < cents.length; i++) {
                double hz = melody.hz()[i];
                cents[i] = hz == 0 ? 0 : CENTS_PER_OCTAVE * Math.log(Math.abs(hz) / BASE_HZ) / Math.log(2);
                voiced[i] = hz > 0;
            }
            return new Track(melody.timesS(), cents, voiced);
        }

        /** Pitch interpolated linearly, held through rests; rests and voicing taken from the frame before. */
        Track at(double[] newTimesS) {
            if (sameTimes(newTimesS)) {
                return this;
            }
            double[] held = held();
            double[] newCents = new double[newTimesS.length];
            boolean[] newVoiced = new boolean[newTimesS.length];
            for (int i = 0; i < newTimesS.length; i++) {
                int before = frameBefore(newTimesS[i]);
                if (before >= 0 && cents[before] != 0) {
                    newCents[i] = interpolate(held, before, newTimesS[i]);
                }
                newVoiced[i] = before >= 0 && voiced[before];
            }
            return new Track(newTimesS, newCents, newVoiced);
        }

        private boolean sameTimes(double[] newTimesS) {
            if (newTimesS.length != timesS.length) {
                return false;
            }
            for (int i = 0; i < timesS.length; i++) {
                if (Math.abs(timesS[i] - newTimesS[i]) > SAME_TIME_S + 1e-5 * Math.abs(newTimesS[i])) {
                    return false;
                }
            }
            return true;
        }

        private double[] held() {
            double[] held = cents.clone();
            for (int i = 1; i < held.length; i++) {
                held[i] = held[i] == 0 ? held[i - 1] : held[i];
            }
            return held;
        }

        /** The last frame not after a time, or -1 beyond the ends. */
        private int frameBefore(double timeS) {
            int found = Arrays.binarySearch(timesS, timeS + SAME_TIME_S);
            int before = found >= 0 ? found : -found - 2;
            boolean beyondEnd = before == timesS.length - 1 && timeS > timesS[before] + SAME_TIME_S;
            return beyondEnd ? -1 : before;
        }

        private double interpolate(double[] held, int before, double timeS) {
            if (before + 1 >= held.length) {
                return held[before];
            }
            double share = (timeS - timesS[before]) / (timesS[before + 1] - timesS[before]);
            return held[before] + share * (held[before + 1] - held[before]);
        }
    }
}
