package org.chanterelle.analysis;

import java.util.Arrays;

/** The pitch to hold through a rest: the median of the last voiced frames, so that a glitch at a note's end is not held. */
final class HeldPitch {
    private final double initialHz;
    private final double[] recent;
    private final double[] sorted;
    private int count;
    private int next;

    HeldPitch(int frames, double initialHz) {
        this.initialHz = initialHz;
        recent = new double[frames];
        sorted = new double[frames];
    }

    void reset() {
        count = 0;
        next = 0;
    }

    void add(double hz) {
        recent[next] = hz;
        next = (next + 1) % recent.length;
        count = Math.min(recent.length, count + 1);
    }

    double medianHz() {
        if (count == 0) {
            return initialHz;
        }
        System.arraycopy(recent, 0, sorted, 0, count);
        Arrays.sort(sorted, 0, count);
        return sorted[(count - 1) / 2];
    }
}
