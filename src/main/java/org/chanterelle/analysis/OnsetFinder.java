package org.chanterelle.analysis;

/**
 * The frame at which a voiced stretch begins to sound: the first above -40 dB of its coming peak. Windows know a beginning only to
 * about half their length; the waveform knows it to the frame.
 */
final class OnsetFinder {
    private static final float BELOW_PEAK = 0.01f;

    /** A beginning must stand out of what was before by so much ... */
    private static final float ABOVE_FLOOR = 1.5f;

    /** ... and lie so far below the peak, else it is none: a vowel behind a loud consonant. */
    private static final float CLEAR = 0.35f;

    private static final double FLOOR_SECONDS = 0.008;
    private static final double PEAK_SECONDS = 0.06;

    private final int before;
    private final int after;
    private final int floorFrames;
    private final int peakFrames;

    /**
     * @param beforeSeconds how far before the first voiced instant the beginning may lie
     * @param afterSeconds how far behind it
     */
    OnsetFinder(double sampleRateHz, double beforeSeconds, double afterSeconds) {
        before = (int) Math.round(beforeSeconds * sampleRateHz);
        after = (int) Math.round(afterSeconds * sampleRateHz);
        floorFrames = (int) Math.round(FLOOR_SECONDS * sampleRateHz);
        peakFrames = (int) Math.round(PEAK_SECONDS * sampleRateHz);
    }

    /**
     * Finds the beginning.
     *
     * @param first index of the first voiced instant
     * @param end index behind the last known frame
     * @return frames from {@code first} to the beginning, negative if it lies before; {@link Integer#MIN_VALUE} if there is none
     */
    int find(float[] data, int first, int end) {
        int from = first - before;
        float peak = peak(data, from, Math.min(end, first + peakFrames));
        float floor = peak(data, from - floorFrames, from);
        float threshold = Math.max(BELOW_PEAK * peak, ABOVE_FLOOR * floor);
        if (threshold > CLEAR * peak) {
            return Integer.MIN_VALUE;
        }
        int to = Math.min(end, first + after);
        for (int n = from; n < to; n++) {
            if (Math.abs(data[n]) > threshold) {
                return n - first;
            }
        }
        return Integer.MIN_VALUE;
    }

    private static float peak(float[] data, int from, int to) {
        float peak = 0;
        for (int n = from; n < to; n++) {
            peak = Math.max(peak, Math.abs(data[n]));
        }
        return peak;
    }
}
