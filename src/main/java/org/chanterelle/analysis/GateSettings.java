package org.chanterelle.analysis;

/**
 * When a sound counts as pitched: it must be both loud and periodic enough to open the gate, and loses its pitch below lower marks.
 *
 * @param openDb loudness in dB (scale of {@link LoudnessMeter#rateIndependent}) from which the gate may open
 * @param closeDb loudness under which it closes
 * @param openStrength periodicity, 0 to 1, from which the gate may open
 * @param closeStrength periodicity under which it closes
 * @param openSeconds how long both must hold before it opens
 * @param closeSeconds how long one must fail before it closes
 */
public record GateSettings(
        double openDb, double closeDb, double openStrength, double closeStrength, double openSeconds, double closeSeconds) {
    /** For voices and bowed or blown instruments close to a microphone. */
    public static final GateSettings DEFAULT = new GateSettings(-36, -44, 0.80, 0.55, 0.008, 0.012);

    /** Rejects closing marks above the opening ones. */
    public GateSettings {
        if (!(closeDb <= openDb && closeStrength <= openStrength && openSeconds >= 0 && closeSeconds >= 0)) {
            throw new IllegalArgumentException("gate: closing marks must not lie above the opening ones, nor times below 0");
        }
    }
}
