package org.chanterelle.train.expression;

import java.util.ArrayList;
import java.util.List;
import org.chanterelle.signal.FeatureTrack;

/**
 * Finds the notes of a melodic line: voiced stretches, cut where the pitch changes by more than vibrato and where the level dips and
 * rises again.
 */
final class NoteSegmenter {
    private static final double MERGE_SECONDS = 0.02;
    private static final double SHORTEST_SECONDS = 0.045;
    private static final double LONGEST_PASSING_SECONDS = 0.12;
    private static final double PASSING_SEMITONES = 0.6;
    private static final double SAME_SEMITONES = 0.55;
    private static final double DIP_REACH_SECONDS = 0.16;
    private static final double VALLEY_SECONDS = 0.06;

    /** A dip of the level so deep parts two notes of one pitch. */
    private static final double REATTACK_DB = 5;

    /** The same under a vibrato, which sways the level too. */
    private static final double VIBRATO_REATTACK_DB = 11;
    private static final double VIBRATO_REACH_SECONDS = 0.35;

    /** A dip so deep where the pitch changes is a new bow or breath. */
    private static final double DETACHED_DB = 4;

    /** What has fallen so far below a note's body, and stays there, is no longer played. */
    private static final double RINGING_DB = 10;

    private final double rateHz;
    private final float[] keys;
    private final float[] levelDb;
    private final boolean[] voiced;
    private final double tuning;

    NoteSegmenter(FeatureTrack track) {
        rateHz = track.controlRateHz();
        keys = PitchSteps.keys(track.f0Hz());
        levelDb = Curve.smooth(track.loudnessDb(), 1);
        voiced = merged(track.voiced());
        tuning = PitchSteps.tuning(keys, voiced);
    }

    /** The notes, in order. */
    List<NoteSpan> notes() {
        List<NoteSpan> notes = new ArrayList<>();
        for (int from = 0; from < voiced.length; from++) {
            if (voiced[from]) {
                int to = from;
                while (to < voiced.length && voiced[to]) {
                    to++;
                }
                addStretch(from, to, notes);
                from = to;
            }
        }
        return notes;
    }

    private boolean[] merged(boolean[] raw) {
        boolean[] out = raw.clone();
        int longest = frames(MERGE_SECONDS);
        int last = -1;
        for (int i = 0; i < raw.length; i++) {
            if (raw[i]) {
                for (int k = last + 1; last >= 0 && i - last <= longest && k < i; k++) {
                    out[k] = true;
                }
                last = i;
            }
        }
        return out;
    }

    private void addStretch(int from, int to, List<NoteSpan> notes) {
        List<Integer> cuts = pitchCuts(from, to);
        List<Integer> all = new ArrayList<>();
        for (int i = 0; i + 1 < cuts.size(); i++) {
            all.add(cuts.get(i));
            all.addAll(dips(cuts.get(i), cuts.get(i + 1)));
        }
        all.add(to);
        for (int i = 0; i + 1 < all.size(); i++) {
            boolean first = i == 0;
            int start = all.get(i);
            boolean legato = !first && !isDetached(all.get(i - 1), start, all.get(i + 1));
            int begin = legato || first ? start : valley(start);
            notes.add(new NoteSpan(begin, played(begin, all.get(i + 1)), legato));
        }
    }

    /** The end of what is played, without what rings on. */
    private int played(int from, int to) {
        double body = Curve.median(levelDb, from, to);
        int end = to;
        while (end > from + 1 && levelDb[end - 1] < body - RINGING_DB) {
            end--;
        }
        return end;
    }

    /** First frames of the stretch's pitches, and its end. */
    private List<Integer> pitchCuts(int from, int to) {
        int[] path = PitchSteps.find(keys, from, to, tuning);
        List<Integer> cuts = new ArrayList<>(List.of(from));
        for (int i = 1; i < path.length; i++) {
            if (path[i] != path[i - 1]) {
                cuts.add(from + i);
            }
        }
        cuts.add(to);
        dropShort(cuts);
        for (int i = cuts.size() - 2; i > 0; i--) {
            double step = key(cuts.get(i - 1), cuts.get(i)) - key(cuts.get(i), cuts.get(i + 1));
            if (Math.abs(step) < SAME_SEMITONES) {
                cuts.remove(i);
            }
        }
        return cuts;
    }

    /** Too short for a note, or on the way from one to another all along. */
    private boolean isPassing(int from, int to) {
        int length = to - from;
        boolean moves = Math.abs(keys[from + 3 * length / 4] - keys[from + length / 4]) > PASSING_SEMITONES;
        return length < frames(SHORTEST_SECONDS) || length < frames(LONGEST_PASSING_SECONDS) && moves;
    }

    /** What is no note goes to the neighbour that is nearer in pitch. */
    private void dropShort(List<Integer> cuts) {
        for (int i = 0; i + 1 < cuts.size() && cuts.size() > 2; i++) {
            if (isPassing(cuts.get(i), cuts.get(i + 1))) {
                boolean toNext = i == 0;
                if (i > 0 && i + 2 < cuts.size()) {
                    double here = key(cuts.get(i), cuts.get(i + 1));
                    double last = Math.abs(here - key(cuts.get(i - 1), cuts.get(i)));
                    toNext = Math.abs(here - key(cuts.get(i + 1), cuts.get(i + 2))) < last;
                }
                cuts.remove(toNext ? i + 1 : i);
                i = Math.max(-1, i - 2);
            }
        }
    }

    private double key(int from, int to) {
        return Curve.median(keys, from, to);
    }

    /** Valleys of the level within one pitch. */
    private List<Integer> dips(int from, int to) {
        List<Integer> dips = new ArrayList<>();
        int reach = frames(DIP_REACH_SECONDS);
        int shortest = frames(SHORTEST_SECONDS);
        int last = from;
        for (int i = from + shortest; i < to - shortest; i++) {
            boolean lowest = Curve.lowest(levelDb, i - shortest, i + shortest + 1) == i;
            if (lowest && i - last >= shortest) {
                double left = levelDb[Curve.highest(levelDb, Math.max(last, i - reach), i)];
                double right = levelDb[Curve.highest(levelDb, i, Math.min(to, i + reach))];
                double depth = Math.min(left, right) - levelDb[i];
                if (depth >= VIBRATO_REATTACK_DB || depth >= REATTACK_DB && !sways(i, from, to)) {
                    dips.add(i);
                    last = i;
                }
            }
        }
        return dips;
    }

    /** Whether a vibrato explains a dip at {@code frame}. */
    private boolean sways(int frame, int from, int to) {
        int reach = frames(VIBRATO_REACH_SECONDS);
        float[] around = Curve.cents(keys, Math.max(from, frame - reach), Math.min(to, frame + reach));
        return Vibrato.find(around, rateHz / 2) != null;
    }

    private boolean isDetached(int before, int cut, int after) {
        double body = Math.min(Curve.median(levelDb, before, cut), Curve.median(levelDb, cut, after));
        return body - levelDb[valley(cut)] >= DETACHED_DB;
    }

    private int valley(int cut) {
        return Curve.lowest(levelDb, cut - frames(VALLEY_SECONDS), cut + frames(VALLEY_SECONDS) / 2 + 1);
    }

    private int frames(double seconds) {
        return (int) Math.round(seconds * rateHz);
    }
}
