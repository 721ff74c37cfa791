package org.chanterelle.analysis;

/**
 * How well a sound repeats after a given lag: the normalised cross-correlation of two stretches one lag apart, over about two
 * periods. Knows one place in a stream at a time.
 */
final class Periodicity {
    private static final int MIN_STRETCH = 256;
    private static final int SHORTEST_LAG = 14;
    /** For longer lags every other product is enough. */
    private static final int COARSE_LAG = 300;

    private static final int MAX_PERIODS = 6;

    /** A lag of several periods refines the period only where the sound still repeats nearly as well. */
    private static final double REFINEMENT_LOSS = 0.15;

    private float[] data;
    private int anchor;
    private boolean centred;
    private double peakLag;
    private double peakHeight;

    /** Period in frames found by the last {@link #judge}. */
    double period;

    /** Correlation one period apart, -1 to 1, found by the last {@link #judge}. */
    double strength;

    /**
     * Chooses the place to look at.
     *
     * @param anchor index into {@code data} of the middle of all stretches if {@code centred}, else of their end (exclusive)
     */
    void place(float[] data, int anchor, boolean centred) {
        this.data = data;
        this.anchor = anchor;
        this.centred = centred;
    }

    /** Shortest analysis window in frames within which a lag can be judged. */
    static int windowFor(double lag) {
        return lag <= 218 ? 512 : lag <= 480 ? 1024 : 2048;
    }

    /**
     * Finds the peak of correlation near {@code guess} frames and sets {@link #period} and {@link #strength}.
     *
     * @return whether there is a peak within 4 % of the guess
     */
    boolean judge(double guess) {
        int start = Math.max(SHORTEST_LAG, (int) Math.round(guess));
        int window = windowFor(start);
        int stretch = Math.max(MIN_STRETCH, Math.min(2 * start, window - start));
        if (!climb(start, Math.max(2, start / 25), stretch)) {
            return false;
        }
        period = peakLag;
        strength = Math.min(1, peakHeight);
        int periods = (int) Math.min(MAX_PERIODS, (window - stretch) / period);
        if (periods > 1 && climb((int) Math.round(periods * period), 3 + periods / 2, stretch)
                && peakHeight > strength - REFINEMENT_LOSS) {
            period = peakLag / periods;
        }
        return true;
    }

    private boolean climb(int start, int reach, int stretch) {
        int end = centred ? anchor + (start + stretch) / 2 : anchor;
        int lag = start;
        double here = correlation(lag, stretch, end);
        double shorter = correlation(lag - 1, stretch, end);
        double longer = correlation(lag + 1, stretch, end);
        while (shorter > here || longer > here) {
            if (longer > shorter) {
                lag++;
                shorter = here;
                here = longer;
                longer = correlation(lag + 1, stretch, end);
            } else {
                lag--;
                longer = here;
                here = shorter;
                shorter = correlation(lag - 1, stretch, end);
            }
            if (Math.abs(lag - start) > reach) {
                return false;
            }
        }
        double curve = shorter - 2 * here + longer;
        double shift = curve < 0 ? 0.5 * (shorter - longer) / curve : 0;
        peakLag = lag + shift;
        peakHeight = here - 0.25 * (shorter - longer) * shift;
        return true;
    }

    private double correlation(int lag, int stretch, int end) {
        int late = end - stretch;
        int early = late - lag;
        float cross = 0;
        float lateEnergy = 0;
        float earlyEnergy = 0;
        float cross2 = 0;
        float lateEnergy2 = 0;
        float earlyEnergy2 = 0;
        int step = lag > COARSE_LAG ? 2 : 1;
        for (int n = 0; n < stretch - step; n += 2 * step) {
            float a = data[late + n];
            float b = data[early + n];
            float a2 = data[late + n + step];
            float b2 = data[early + n + step];
            cross += a * b;
            lateEnergy += a * a;
            earlyEnergy += b * b;
            cross2 += a2 * b2;
            lateEnergy2 += a2 * a2;
            earlyEnergy2 += b2 * b2;
        }
        double energy = ((double) lateEnergy + lateEnergy2) * ((double) earlyEnergy + earlyEnergy2);
        return energy <= 1e-24 ? 0 : (cross + cross2) / Math.sqrt(energy);
    }
}
