package org.chanterelle.inference;

import org.chanterelle.analysis.GateSettings;
import org.chanterelle.model.timbre.Normalisation;

/**
 * What is known about one input: a microphone with its room and its singer, or a recording. Levels behind {@code gainDb} are on the
 * scale of the loudness meter.
 *
 * @param gainDb applied to the input before anything is measured
 * @param openDb loudness from which the gate may open
 * @param closeDb loudness under which it closes
 * @param meanLoudnessDb mean loudness of the voiced sound, which becomes the training set's mean; NaN to leave loudness as it is
 * @param outputDb gain behind the synthesiser; 0 for the instrument's own level
 */
public record InputCalibration(double gainDb, double openDb, double closeDb, double meanLoudnessDb, double outputDb) {
    /** An input that nothing is known about, taken for a voice close to a microphone at the level of a training set. */
    public static InputCalibration unknown(Normalisation normalisation) {
        return new InputCalibration(
                0, GateSettings.LIVE.openDb(), GateSettings.LIVE.closeDb(), normalisation.loudnessMeanDb(), 0);
    }

    /** Rejects what is no level, and a gate that closes above the level from which it opens. */
    public InputCalibration {
        if (!(Double.isFinite(gainDb) && Double.isFinite(outputDb) && closeDb <= openDb)) {
            throw new IllegalArgumentException(
                    "calibration: gain " + gainDb + " dB, gate " + openDb + " and " + closeDb + " dB, output " + outputDb
                            + " dB: expected finite gains and a gate that closes below its opening level");
        }
    }

    /** The same with another gain behind the synthesiser. */
    public InputCalibration withOutputDb(double db) {
        return new InputCalibration(gainDb, openDb, closeDb, meanLoudnessDb, db);
    }

    /** Whether loudness is mapped to the training set's. */
    public boolean matchesLevel() {
        return !Double.isNaN(meanLoudnessDb);
    }

    /** By how much the input's loudness is moved on its way into the network. */
    public double shiftDb(Normalisation normalisation) {
        return gainDb + (matchesLevel() ? normalisation.loudnessMeanDb() - meanLoudnessDb : 0);
    }
}
