package org.chanterelle.evaluate.sing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.chanterelle.evaluate.ExternalPitch;
import org.chanterelle.evaluate.ExternalPitch.Method;
import org.chanterelle.evaluate.Melody;
import org.chanterelle.signal.Levels;
import org.chanterelle.signal.Units;
import org.chanterelle.train.notes.NoteFolder;

/**
 * Whether one note is fit to play: in tune, as loud as it should be, without clicks or DC.
 *
 * <p>Pitch is told by aubio, the median of what it hears in the first two seconds. A note is in tune if one of its two methods hears it
 * within 20 cents of its nominal pitch. Neither hears every sound: where both miss the true note as well, the rendering is compared
 * with what they hear of the true note, and if that fails too the cell is unjudged, for an inharmonic bell has no pitch to be wrong.
 */
final class CellCheck {
    static final double TUNED_CENTS = 20;
    static final double LEVEL_DB = 6;
    static final double DC_DBFS = -60;

    private static final double HEARD_FROM_S = 0.05;
    private static final double HEARD_TO_S = 2;
    private static final double HELD_S = 3;
    private static final double LOUDEST_DOWN_DB = 40;
    private static final int LEVEL_FRAMES = 160;

    private final Optional<ExternalPitch> judge;

    CellCheck(Optional<ExternalPitch> judge) {
        this.judge = judge;
    }

    /**
     * What was found of one note.
     *
     * @param cents from the nominal pitch, or from the true note where that is not heard at its own; null if unjudged
     * @param levelDb RMS of the held part against the true note's; null without one
     * @param dcDbfs level of the mean of the held part
     * @param clicks if the true note has none
     * @param faults one word each; empty if it is fit to play
     */
    record Found(Double cents, Double levelDb, double dcDbfs, int clicks, List<String> faults) {}

    /** Checks a rendering; {@code truth} may be null. */
    Found check(float[] rendered, float[] truth, int pitch) {
        int held = (int) (HELD_S * NoteFolder.RATE_HZ);
        double level = Levels.rmsDbfs(rendered, 0, held);
        Double levelDb = truth == null ? null : level - Levels.rmsDbfs(truth, 0, held);
        double dcDbfs = offsetDbfs(rendered);
        int clicks = truth != null && Clicks.count(truth) > 0 ? 0 : Clicks.count(rendered);
        Tuning tuning = judge.map(j -> tuning(j, rendered, truth, pitch)).orElse(new Tuning(null, false));
        List<String> faults = new ArrayList<>();
        if (tuning.isWrong) {
            faults.add(tuning.cents == null ? "no pitch" : String.format(Locale.ROOT, "%+.0f cents", tuning.cents));
        }
        if (levelDb != null && !(Math.abs(levelDb) <= LEVEL_DB)) {
            faults.add(String.format(Locale.ROOT, "%+.1f dB", levelDb));
        }
        if (dcDbfs > DC_DBFS) {
            faults.add(String.format(Locale.ROOT, "DC %.0f dB", dcDbfs));
        }
        if (clicks > 0) {
            faults.add(clicks + (clicks == 1 ? " click" : " clicks"));
        }
        return new Found(tuning.cents, levelDb, dcDbfs, clicks, List.copyOf(faults));
    }

    /** Level of the held part's mean. */
    static double offsetDbfs(float[] rendered) {
        return Units.gainToDb(Math.abs(mean(rendered, (int) (HELD_S * NoteFolder.RATE_HZ))));
    }

    /** Cents that were heard, null if none; wrong if they are too many. */
    private record Tuning(Double cents, boolean isWrong) {}

    private static Tuning tuning(ExternalPitch judge, float[] rendered, float[] truth, int pitch) {
        double nominal = Units.midiToHz(pitch);
        Double best = null;
        double[] heard = new double[Method.values().length];
        for (Method method : Method.values()) {
            heard[method.ordinal()] = heardHz(judge, method, rendered, nominal);
            best = nearer(best, heard[method.ordinal()], nominal);
            if (isTuned(best)) {
                return new Tuning(best, false);
            }
        }
        if (truth == null) {
            return new Tuning(best, true);
        }
        Double likeTruth = null;
        for (Method method : Method.values()) {
            double truthHz = heardHz(judge, method, truth, nominal);
            if (isTuned(nearer(null, truthHz, nominal))) {
                return new Tuning(best, true);
            }
            likeTruth = truthHz > 0 ? nearer(likeTruth, heard[method.ordinal()], truthHz) : likeTruth;
        }
        return isTuned(likeTruth) ? new Tuning(likeTruth, false) : new Tuning(null, false);
    }

    private static boolean isTuned(Double cents) {
        return cents != null && Math.abs(cents) <= TUNED_CENTS;
    }

    private static Double nearer(Double best, double hz, double referenceHz) {
        if (hz <= 0) {
            return best;
        }
        double cents = Units.cents(hz, referenceHz);
        return best == null || Math.abs(cents) < Math.abs(best) ? Double.valueOf(cents) : best;
    }

    /** Median pitch where the note is not 40 dB down from its loudest; 0 if none is heard. */
    private static double heardHz(ExternalPitch judge, Method method, float[] audio, double nominal) {
        float[] part = Arrays.copyOf(audio, (int) (HEARD_TO_S * NoteFolder.RATE_HZ));
        Melody melody = judge.trackHeldNote(method, Levels.atRms(part, -20), NoteFolder.RATE_HZ, 0.9 * nominal);
        double[] levels = levels(part);
        double floor = Arrays.stream(levels).max().orElse(0) - LOUDEST_DOWN_DB;
        double[] heard = java.util.stream.IntStream.range(0, melody.length())
                .filter(i -> melody.hz()[i] > 0 && melody.timesS()[i] >= HEARD_FROM_S)
                .filter(i -> levels[Math.min(levels.length - 1,
                        (int) (melody.timesS()[i] * NoteFolder.RATE_HZ / LEVEL_FRAMES))] > floor)
                .mapToDouble(i -> melody.hz()[i])
                .sorted()
                .toArray();
        return heard.length == 0 ? 0 : heard[heard.length / 2];
    }

    private static double[] levels(float[] audio) {
        double[] levels = new double[audio.length / LEVEL_FRAMES];
        for (int i = 0; i < levels.length; i++) {
            levels[i] = Levels.rmsDbfs(audio, i * LEVEL_FRAMES, (i + 1) * LEVEL_FRAMES);
        }
        return levels;
    }

    private static double mean(float[] audio, int count) {
        double sum = 0;
        for (int n = 0; n < count; n++) {
            sum += audio[n];
        }
        return sum / count;
    }
}
