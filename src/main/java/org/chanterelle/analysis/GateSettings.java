package org.chanterelle.analysis;

/**
 * When a sound counts as pitched: it must be both loud and periodic enough to open the gate, and loses its pitch below lower
 * marks. Evidence of a pitch is its correlation (0 to 1) plus its harmonic salience (0 to 1); white, pink and consonant noise stays
 * below 0.8, tones in reverberant rooms lie above 0.9, clear ones above 1.4.
 *
 * @param openDb loudness in dB (scale of {@link LoudnessMeter#rateIndependent}) from which the gate may open
 * @param closeDb loudness under which it closes
 * @param openEvidence evidence from which the gate may open
 * @param closeEvidence evidence under which it closes
 * @param sureEvidence evidence with which it opens at once
 * @param openSeconds how long both must hold before it opens
 * @param closeSeconds how long one must fail before it closes
 * @param retroactive whether opening and closing count from where they began, at the price of a delay
 */
public record GateSettings(
        double openDb,
        double closeDb,
        double openEvidence,
        double closeEvidence,
        double sureEvidence,
        double openSeconds,
        double closeSeconds,
        boolean retroactive) {
    /** For voices and bowed or blown instruments close to a microphone, in LIVE timing. */
    public static final GateSettings LIVE = new GateSettings(-36, -44, 1.0, 0.7, 1.15, 0.008, 0.02, false);

    /** The same marks in RECORD timing: longer times, none of which cuts an onset. */
    public static final GateSettings RECORD = new GateSettings(-36, -44, 1.0, 0.7, 0.03, 0.02, true);

    /** Never sure at once. */
    public GateSettings(double openDb, double closeDb, double openEvidence, double closeEvidence, double openSeconds,
            double closeSeconds, boolean retroactive) {
        this(openDb, closeDb, openEvidence, closeEvidence, Double.POSITIVE_INFINITY, openSeconds, closeSeconds, retroactive);
    }

    /** Rejects closing marks above the opening ones. */
    public GateSettings {
        if (!(closeDb <= openDb && closeEvidence <= openEvidence && openSeconds >= 0 && closeSeconds >= 0)) {
            throw new IllegalArgumentException("gate: closing marks must not lie above the opening ones, nor times below 0");
        }
    }

    /** The same at other levels. */
    public GateSettings withLevels(double newOpenDb, double newCloseDb) {
        return new GateSettings(
                newOpenDb, newCloseDb, openEvidence, closeEvidence, sureEvidence, openSeconds, closeSeconds, retroactive);
    }

    /** Control frames by which decisions are delayed. */
    int delayFrames(double controlRateHz) {
        return retroactive ? Math.max(openFrames(controlRateHz), closeFrames(controlRateHz)) - 1 : 0;
    }

    /** Control frames that must speak for opening. */
    int openFrames(double controlRateHz) {
        return Math.max(1, (int) Math.round(openSeconds * controlRateHz));
    }

    /** Control frames that must speak for closing. */
    int closeFrames(double controlRateHz) {
        return Math.max(1, (int) Math.round(closeSeconds * controlRateHz));
    }
}
