package org.chanterelle.train.expression;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.chanterelle.model.expression.LoudnessQuantiles;

/** Counts how loud notes are at each pitch. Rows with few frames lean on all pitches together. */
final class LoudnessTable {
    private static final double KEYS_PER_ROW = 3;
    private static final int QUANTILES = 11;
    private static final double LEAN_FRAMES = 400;
    private static final double TAIL = 0.02;

    private LoudnessTable() {}

    static LoudnessQuantiles of(List<RecordedNotes> recordings) {
        double low = extreme(recordings, 1);
        double high = -extreme(recordings, -1);
        int rows = 1 + (int) Math.ceil((high - low) / KEYS_PER_ROW);
        List<List<Float>> levels = new ArrayList<>();
        for (int row = 0; row <= rows; row++) {
            levels.add(new ArrayList<>());
        }
        for (RecordedNotes recording : recordings) {
            for (PlayedNote note : recording.notes()) {
                int row = (int) Math.round((note.context().key() - low) / KEYS_PER_ROW);
                List<Float> body = recording.bodyLevels(note);
                levels.get(row).addAll(body);
                levels.get(rows).addAll(body);
            }
        }
        float[] pooled = quantiles(levels.get(rows));
        float[][] db = new float[rows][];
        for (int row = 0; row < rows; row++) {
            db[row] = levels.get(row).isEmpty() ? pooled.clone() : quantiles(levels.get(row));
            double own = levels.get(row).size() / (levels.get(row).size() + LEAN_FRAMES);
            for (int q = 0; q < QUANTILES; q++) {
                db[row][q] = (float) (own * db[row][q] + (1 - own) * pooled[q]);
            }
        }
        return new LoudnessQuantiles(low, KEYS_PER_ROW, db);
    }

    private static double extreme(List<RecordedNotes> recordings, int sign) {
        return recordings.stream().flatMap(recording -> recording.notes().stream())
                .mapToDouble(note -> sign * Math.round(note.context().key())).min().orElse(60);
    }

    private static float[] quantiles(List<Float> levels) {
        float[] sorted = new float[levels.size()];
        for (int i = 0; i < sorted.length; i++) {
            sorted[i] = levels.get(i);
        }
        Arrays.sort(sorted);
        float[] out = new float[QUANTILES];
        for (int q = 0; q < QUANTILES; q++) {
            double share = Math.clamp(q / (QUANTILES - 1.0), TAIL, 1 - TAIL);
            out[q] = sorted.length == 0 ? 0 : sorted[(int) Math.round(share * (sorted.length - 1))];
        }
        return out;
    }
}
