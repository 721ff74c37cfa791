package org.chanterelle.evaluate;

import org.chanterelle.signal.FeatureTrack;
import org.chanterelle.signal.Units;

/**
 * Whether the instrument buzzes: sounds where nobody sings, flutters between sound and silence, or leaps to pitches that nobody
 * sings. What the recording holds is told by a judge that is not our own tracker; its pitch counts where it is steady, for at least
 * 40 ms and moving by less than 20 cents a millisecond, for judges report stray pitches in noise, too.
 *
 * <p>The first figure leans on the judge: where it misses a pitch that is there, it accuses the instrument wrongly; where it hears one
 * that is not, it excuses it. The other two show flutter and leaps even then. None hears a wrong but steady pitch.
 *
 * @param unpitchedDb energy of the dry output more than 50 ms from every steady pitch of the recording, all of it together, in dB
 *     relative to the energy of the output's loudest second; null when nothing sounds there (below -120 dB)
 * @param togglesPerSecond stretches of sound or silence shorter than 50 ms between others
 * @param leapsPerSecond pitch played changing by more than 300 cents between successive sounding frames, over rests shorter than
 *     50 ms too, where the judge's steady pitch does not range over as much within 50 ms
 */
public record Buzz(Double unpitchedDb, double togglesPerSecond, double leapsPerSecond) {
    /** Bar of {@link #unpitchedDb}. */
    public static final double UNPITCHED_BAR_DB = -25;

    /** Bar of {@link #togglesPerSecond}. */
    public static final double TOGGLES_BAR = 0.2;

    /** Bar of {@link #leapsPerSecond}. */
    public static final double LEAPS_BAR = 0.5;

    private static final double MARGIN_S = 0.05;
    private static final double STEADY_S = 0.04;
    private static final double CENTS_PER_S = 20_000;
    private static final double LONGEST_STEP_S = 0.02;
    private static final double LEAP_CENTS = 300;
    private static final double NOTHING_DB = -120;

    /** Whether a figure misses its bar. */
    public boolean heard() {
        return unpitchedDb != null && unpitchedDb >= UNPITCHED_BAR_DB || togglesPerSecond >= TOGGLES_BAR
                || leapsPerSecond >= LEAPS_BAR;
    }

    /**
     * Measures one recording.
     *
     * @param judged the recording's pitch, in any octave
     * @param dry the output without a room, beginning with the recording
     * @param played what was asked of the instrument
     */
    static Buzz of(Melody judged, float[] dry, double sampleRateHz, FeatureTrack played) {
        Melody steady = steady(judged);
        double seconds = played.length() / played.controlRateHz();
        return new Buzz(
                unpitchedDb(steady, dry, sampleRateHz, played), toggles(played) / seconds, leaps(steady, played) / seconds);
    }

    /** The melody without stray pitches. */
    static Melody steady(Melody melody) {
        double[] hz = new double[melody.length()];
        for (int from = 0; from < hz.length;) {
            int to = from + 1;
            while (to < hz.length && joined(melody, to)) {
                to++;
            }
            boolean isLong = melody.timesS()[to - 1] - melody.timesS()[from] >= STEADY_S;
            if (isLong && melody.hz()[from] > 0) {
                System.arraycopy(melody.hz(), from, hz, from, to - from);
            }
            from = to;
        }
        return new Melody(melody.timesS(), hz);
    }

    private static boolean joined(Melody melody, int i) {
        double before = melody.hz()[i - 1];
        double now = melody.hz()[i];
        double stepS = melody.timesS()[i] - melody.timesS()[i - 1];
        return before > 0 && now > 0 && stepS <= LONGEST_STEP_S && Math.abs(Units.cents(now, before)) < CENTS_PER_S * stepS;
    }

    private static Double unpitchedDb(Melody steady, float[] dry, double sampleRateHz, FeatureTrack played) {
        double rate = played.controlRateHz();
        double[] energy = new double[played.length()];
        for (int n = 0; n < dry.length; n++) {
            int frame = (int) Math.round(n / sampleRateHz * rate);
            energy[Math.min(frame, energy.length - 1)] += (double) dry[n] * dry[n];
        }
        boolean[] pitched = nearPitch(steady, energy.length, rate);
        double unpitched = 0;
        for (int i = 0; i < energy.length; i++) {
            unpitched += pitched[i] ? 0 : energy[i];
        }
        double db = 10 * Math.log10(unpitched / loudestSecond(energy, (int) Math.round(rate)));
        return db > NOTHING_DB ? db : null;
    }

    private static boolean[] nearPitch(Melody steady, int frames, double rate) {
        boolean[] near = new boolean[frames];
        for (int j = 0; j < steady.length(); j++) {
            int from = (int) Math.ceil((steady.timesS()[j] - MARGIN_S) * rate);
            int to = (int) Math.floor((steady.timesS()[j] + MARGIN_S) * rate);
            for (int i = Math.max(0, from); steady.hz()[j] > 0 && i <= Math.min(frames - 1, to); i++) {
                near[i] = true;
            }
        }
        return near;
    }

    private static double loudestSecond(double[] energy, int framesPerSecond) {
        double loudest = 0;
        for (int from = 0; from == 0 || from + framesPerSecond <= energy.length; from++) {
            double sum = 0;
            for (int i = from; i < Math.min(energy.length, from + framesPerSecond); i++) {
                sum += energy[i];
            }
            loudest = Math.max(loudest, sum);
        }
        return loudest;
    }

    private static int toggles(FeatureTrack played) {
        int toggles = 0;
        int began = -1;
        for (int i = 1; i < played.length(); i++) {
            if (played.voiced()[i] != played.voiced()[i - 1]) {
                toggles += began >= 0 && i - began < MARGIN_S * played.controlRateHz() ? 1 : 0;
                began = i;
            }
        }
        return toggles;
    }

    private static int leaps(Melody steady, FeatureTrack played) {
        int leaps = 0;
        int last = -1;
        for (int i = 0; i < played.length(); i++) {
            if (played.voiced()[i]) {
                boolean successive = last >= 0 && i - last <= MARGIN_S * played.controlRateHz();
                boolean leap = successive && Math.abs(Units.cents(played.f0Hz()[i], played.f0Hz()[last])) > LEAP_CENTS;
                leaps += leap && !leaps(steady, last / played.controlRateHz(), i / played.controlRateHz()) ? 1 : 0;
                last = i;
            }
        }
        return leaps;
    }

    /** Whether the judge's pitch ranges over a leap from 50 ms before to 50 ms after. */
    private static boolean leaps(Melody steady, double fromS, double toS) {
        double lowest = Double.POSITIVE_INFINITY;
        double highest = 0;
        for (int j = 0; j < steady.length(); j++) {
            double timeS = steady.timesS()[j];
            if (steady.hz()[j] > 0 && timeS >= fromS - MARGIN_S && timeS <= toS + MARGIN_S) {
                lowest = Math.min(lowest, steady.hz()[j]);
                highest = Math.max(highest, steady.hz()[j]);
            }
        }
        return highest > 0 && Units.cents(highest, lowest) > LEAP_CENTS;
    }
}
