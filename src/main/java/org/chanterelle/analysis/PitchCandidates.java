package org.chanterelle.analysis;

/**
 * The pitches that a place in the sound may have: what FastYin hears in windows of 10.7, 21.3 and 42.7 ms, the octaves beside it,
 * the peaks of {@link HarmonicSalience}, and the pitch before; each judged by our own {@link Periodicity}. Short windows first: the
 * longest is asked only where the others leave a doubt.
 */
final class PitchCandidates {
    /** The most candidates of one place. */
    static final int MAX = 16;

    static final int LONGEST_WINDOW = 2048;
    private static final double SAME_RATIO = 1.02;
    private static final double DOUBTLESS = 0.85;
    private static final double DOUBTLESS_SALIENCE = 0.3;
    private static final int SALIENCE_WINDOW = 2048;
    private static final int SALIENCE_PEAKS = 4;
    private static final double SALIENCE_FLOOR = 0.05;

    /** In LIVE timing a clear voice above this is judged by half the window, so that an octave's leap is heard in half the time ... */
    private static final double HALF_WINDOW_HZ = 190;

    /** ... and above this by a quarter. */
    private static final double QUARTER_WINDOW_HZ = 600;

    /** Less clear sounds (choirs, rooms) need the whole window to be told from their octaves. */
    private static final double CLEAR = 0.93;

    private final double sampleRateHz;
    private final double minHz;
    private final double maxHz;
    private final boolean centred;
    private final PitchWindow[] windows;
    private final Periodicity periodicity = new Periodicity();
    private final HarmonicSalience harmonic;
    private final double[] peakHz = new double[SALIENCE_PEAKS];
    private final double[] peakSalience = new double[SALIENCE_PEAKS];

    /** Candidates found by the last {@link #find}: how many, their pitch, correlation and harmonic salience. */
    int count;

    final double[] hz = new double[MAX];
    final double[] strength = new double[MAX];
    final double[] salience = new double[MAX];

    PitchCandidates(double sampleRateHz, double minHz, double maxHz, boolean centred) {
        this.centred = centred;
        this.sampleRateHz = sampleRateHz;
        this.minHz = minHz;
        this.maxHz = maxHz;
        harmonic = new HarmonicSalience(sampleRateHz, SALIENCE_WINDOW, minHz, maxHz, !centred);
        windows = new PitchWindow[] {
                new PitchWindow(sampleRateHz, 512, false),
                new PitchWindow(sampleRateHz, 1024, true),
                new PitchWindow(sampleRateHz, LONGEST_WINDOW, true)};
    }

    /**
     * Lists the candidates at a place.
     *
     * @param anchor index into {@code data}: the middle of the windows if they are centred, else their end
     * @param previousHz pitch of the place before, 0 if it had none
     * @param previousStrength its correlation
     */
    void find(float[] data, int anchor, double previousHz, double previousStrength) {
        count = 0;
        periodicity.place(data, anchor, centred);
        harmonic.measure(data, centred ? anchor - SALIENCE_WINDOW / 2 : anchor - SALIENCE_WINDOW,
                centred || previousStrength < CLEAR ? 0 : halvings(previousHz));
        if (previousHz > 0) {
            propose(previousHz);
        }
        harmonic.peaks(SALIENCE_FLOOR, peakHz, peakSalience);
        for (int k = 0; k < SALIENCE_PEAKS && peakHz[k] > 0; k++) {
            propose(peakHz[k]);
        }
        double covered = Double.POSITIVE_INFINITY;
        for (PitchWindow window : windows) {
            if (isClear(covered)) {
                return;
            }
            proposeWithOctaves(window.pitchHz(data, anchor, centred));
            covered = window.lowestHz;
        }
    }

    private static int halvings(double hz) {
        return hz < HALF_WINDOW_HZ ? 0 : hz < QUARTER_WINDOW_HZ ? 1 : 2;
    }

    private void proposeWithOctaves(double heardHz) {
        if (heardHz > 0) {
            propose(heardHz);
            propose(heardHz * 0.5);
            propose(heardHz * 2);
        }
    }

    /** Whether a pitch stands above {@code lowestHz} that no longer window would improve on. */
    private boolean isClear(double lowestHz) {
        for (int i = 0; i < count; i++) {
            if (strength[i] > DOUBTLESS && salience[i] > DOUBTLESS_SALIENCE && hz[i] > lowestHz) {
                return true;
            }
        }
        return false;
    }

    private void propose(double guessHz) {
        if (count == MAX || guessHz < minHz * 0.98 || guessHz > maxHz * 1.02 || isListed(guessHz)) {
            return;
        }
        if (!periodicity.judge(sampleRateHz / guessHz)) {
            return;
        }
        double foundHz = sampleRateHz / periodicity.period;
        if (periodicity.strength > 0 && foundHz >= minHz * 0.98 && foundHz <= maxHz * 1.02 && !isListed(foundHz)) {
            hz[count] = foundHz;
            strength[count] = periodicity.strength;
            salience[count] = harmonic.at(foundHz);
            count++;
        }
    }

    private boolean isListed(double guessHz) {
        for (int i = 0; i < count; i++) {
            double ratio = guessHz / hz[i];
            if (ratio < SAME_RATIO && ratio > 1 / SAME_RATIO) {
                return true;
            }
        }
        return false;
    }
}
