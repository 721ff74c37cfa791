package org.chanterelle.evaluate.mel2mel;

import java.util.List;
import org.chanterelle.analysis.spectrum.MelSpectrum;
import org.chanterelle.generate.mel2mel.Mel2MelPredictor;
import org.chanterelle.generate.mel2mel.TimbrePath;
import org.chanterelle.generate.mel2mel.WindowStore;
import org.chanterelle.model.mel2mel.PianoRoll;
import org.chanterelle.signal.ScoreNote;

/**
 * How a broken chord sounds at the points of a square grid over a model's plane of timbres.
 *
 * @param centroidHz shape (y, x), the least y first
 * @param energyDb mean energy of the bands, the same shape
 */
record TimbreMap(double[][] centroidHz, double[][] energyDb) {
    private static final int FRAMES = 128;
    private static final int[] CHORD = {48, 60, 64, 67, 72};
    private static final double BETWEEN_S = 0.15;
    private static final double SECONDS = 0.9;
    private static final int VELOCITY = 90;

    /** Renders at {@code side} times {@code side} points. */
    static TimbreMap of(Mel2MelPredictor predictor, TimbrePlane plane, double controlRateHz, int side) {
        PianoRoll roll = PianoRoll.of(chord(), controlRateHz);
        double[] x = plane.range(0);
        double[] y = plane.range(1);
        TimbreMap map = new TimbreMap(new double[side][side], new double[side][side]);
        for (int row = 0; row < side; row++) {
            for (int column = 0; column < side; column++) {
                float[] timbre = plane.at(between(x, (column + 0.5) / side), between(y, (row + 0.5) / side));
                float[][] mel = predictor.of(roll, TimbrePath.fixed(timbre), FRAMES, WindowStore.NONE, "", share -> {});
                map.centroidHz[row][column] = MorphScores.centroidHz(mel);
                map.energyDb[row][column] = energyDb(mel);
            }
        }
        return map;
    }

    private static List<ScoreNote> chord() {
        return java.util.stream.IntStream.range(0, CHORD.length)
                .mapToObj(i -> new ScoreNote(i * BETWEEN_S, SECONDS, CHORD[i], VELOCITY, 0)).toList();
    }

    private static double between(double[] range, double share) {
        return range[0] + share * (range[1] - range[0]);
    }

    private static double energyDb(float[][] mel) {
        double sum = 0;
        for (float[] row : mel) {
            for (float value : row) {
                sum += Math.exp(2 * value);
            }
        }
        return 10 * Math.log10(sum / (mel.length * MelSpectrum.BANDS));
    }
}
