package org.chanterelle.analysis;

/**
 * The most plausible way through the candidates of successive control frames: a Viterbi search with Boersma's costs (1993) for
 * jumps, octaves and voicing, plus harmonic salience, told with a fixed lag (none in live use). States are the candidates and "no pitch", which comes last.
 */
final class PitchPath {
    private static final int STATES = PitchCandidates.MAX + 1;
    private static final double COST_PERIOD_SECONDS = 0.01;
    private static final double JUMP_COST_PER_OCTAVE = 0.7;
    private static final double VOICING_COST = 0.14;
    private static final double OCTAVE_COST = 0.2;
    private static final double SALIENCE_GAIN = 2;
    private static final double UNVOICED_STRENGTH = 0.5;

    /**
     * Without foresight, where the spectrum still holds the note before: what a pitch gains that repeats as well as its lower octave
     * does, which then has no odd harmonic left.
     */
    private static final double HALF_PERIOD_GAIN = 1.0;

    private static final double HALF_PERIOD_STRENGTH = 0.9;
    private static final double HALF_PERIOD_LOSS = 0.03;
    private static final double OCTAVE_TOLERANCE = 0.04;

    private final int lag;
    private final int ring;
    private final double jumpCost;
    private final double voicingCost;
    private final int[] counts;
    private final double[][] log2Hz;
    private final double[][] hz;
    private final double[][] strength;
    private final double[][] salience;
    private final double[][] merit;
    private final int[][] from;
    private double[] score = new double[STATES];
    private double[] nextScore = new double[STATES];
    private long frames;

    /** Pitch told by the last {@link #add}, 0 for none. */
    double pathHz;

    /** Strength of that pitch; where there is none, of the best candidate. */
    double pathStrength;

    /** Harmonic salience of that pitch, 0 for none. */
    double pathSalience;

    /** @param lagFrames control frames of foresight */
    PitchPath(double controlRateHz, int lagFrames) {
        lag = lagFrames;
        ring = lagFrames + 2;
        double perFrame = COST_PERIOD_SECONDS * controlRateHz;
        jumpCost = JUMP_COST_PER_OCTAVE * perFrame;
        voicingCost = VOICING_COST * perFrame;
        counts = new int[ring];
        log2Hz = new double[ring][STATES];
        hz = new double[ring][STATES];
        strength = new double[ring][STATES];
        salience = new double[ring][STATES];
        merit = new double[ring][STATES];
        from = new int[ring][STATES];
    }

    void reset() {
        frames = 0;
    }

    /** Appends one control frame and decides the one {@code lagFrames} before it, in {@link #pathHz} and {@link #pathStrength}. */
    void add(PitchCandidates candidates) {
        int slot = (int) (frames % ring);
        int previous = (int) ((frames + ring - 1) % ring);
        counts[slot] = candidates.count;
        fill(slot, candidates);
        double best = Double.NEGATIVE_INFINITY;
        int previousCount = frames == 0 ? 0 : counts[previous];
        for (int i = 0; i <= counts[slot]; i++) {
            nextScore[i] = arrive(slot, i, previous, frames == 0 ? -1 : previousCount) + merit[slot][i];
            best = Math.max(best, nextScore[i]);
        }
        for (int i = 0; i <= counts[slot]; i++) {
            nextScore[i] -= best;
        }
        double[] swap = score;
        score = nextScore;
        nextScore = swap;
        frames++;
        tell(slot);
    }

    /** Merit of "no pitch" is the best candidate's with its correlation replaced by a fixed one: only correlation decides voicing. */
    private void fill(int slot, PitchCandidates candidates) {
        double best = Double.NEGATIVE_INFINITY;
        double unpitched = 0;
        for (int i = 0; i < candidates.count; i++) {
            hz[slot][i] = candidates.hz[i];
            log2Hz[slot][i] = Math.log(candidates.hz[i]) / Math.log(2);
            strength[slot][i] = candidates.strength[i];
            salience[slot][i] = candidates.salience[i];
            double beside = SALIENCE_GAIN * salience[slot][i] + OCTAVE_COST * log2Hz[slot][i];
            merit[slot][i] = strength[slot][i] + beside + (lag == 0 ? halfPeriodGain(candidates, i) : 0);
            if (merit[slot][i] > best) {
                best = merit[slot][i];
                unpitched = beside + UNVOICED_STRENGTH;
            }
        }
        merit[slot][candidates.count] = unpitched;
    }

    private static double halfPeriodGain(PitchCandidates candidates, int upper) {
        for (int lower = 0; lower < candidates.count && candidates.strength[upper] > HALF_PERIOD_STRENGTH; lower++) {
            if (Math.abs(candidates.hz[upper] / candidates.hz[lower] - 2) < OCTAVE_TOLERANCE) {
                double loss = candidates.strength[lower] - candidates.strength[upper];
                return HALF_PERIOD_GAIN * Math.clamp(1 - loss / HALF_PERIOD_LOSS, 0.0, 1.0);
            }
        }
        return 0;
    }

    private double arrive(int slot, int state, int previous, int previousCount) {
        double best = Double.NEGATIVE_INFINITY;
        if (previousCount < 0) {
            from[slot][state] = 0;
            return 0;
        }
        for (int j = 0; j <= previousCount; j++) {
            double value = score[j];
            boolean was = j < previousCount;
            boolean is = state < counts[slot];
            if (was != is) {
                value -= voicingCost;
            } else if (is) {
                value -= jumpCost * Math.abs(log2Hz[slot][state] - log2Hz[previous][j]);
            }
            if (value > best) {
                best = value;
                from[slot][state] = j;
            }
        }
        return best;
    }

    private void tell(int slot) {
        int state = bestState(slot);
        int at = slot;
        for (int back = 0; back < Math.min(lag, frames - 1); back++) {
            state = from[at][state];
            at = (at + ring - 1) % ring;
        }
        pathHz = 0;
        pathStrength = 0;
        pathSalience = 0;
        if (state < counts[at]) {
            pathHz = hz[at][state];
            pathStrength = strength[at][state];
            pathSalience = salience[at][state];
        } else {
            for (int i = 0; i < counts[at]; i++) {
                pathStrength = Math.max(pathStrength, strength[at][i]);
            }
        }
    }

    /** Pitch of the state that leads now, without foresight; 0 for none. */
    double leadingHz() {
        if (frames == 0) {
            return 0;
        }
        int slot = (int) ((frames - 1) % ring);
        int state = bestState(slot);
        return state < counts[slot] ? hz[slot][state] : 0;
    }

    /** Correlation of that pitch; 0 for none. */
    double leadingStrength() {
        if (frames == 0) {
            return 0;
        }
        int slot = (int) ((frames - 1) % ring);
        int state = bestState(slot);
        return state < counts[slot] ? strength[slot][state] : 0;
    }

    private int bestState(int slot) {
        int best = 0;
        for (int i = 1; i <= counts[slot]; i++) {
            if (score[i] > score[best]) {
                best = i;
            }
        }
        return best;
    }
}
