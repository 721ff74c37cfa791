package org.chanterelle.model.mel2mel;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.chanterelle.signal.ScoreNote;

/**
 * A score as Mel2Mel sees it: for each key of a piano its velocity where it is struck and, in a second row, as long as it is held. 0 to
 * 1; a key holds one note at a time, the latest. Immutable.
 */
public final class PianoRoll {
    /** Keys of a piano. */
    public static final int KEYS = 88;

    /** Rows: beginnings, then held notes. */
    public static final int ROWS = 2 * KEYS;

    /** MIDI number of the lowest key. */
    public static final int LOWEST = 21;

    /**
     * A note that ends by so much before the next one begins is held until there. Scores end each a tick before the next, keyboards a few
     * milliseconds; an instrument's release hides it, but the networks answer one to three frames of silence with a burst.
     */
    private static final double JOINED_SECONDS = 0.035;

    private static final float FULL_VELOCITY = 127f;

    private final int[] starts;
    private final int[] ends;
    private final int[] keys;
    private final float[] velocities;
    private final int longest;
    private final int frames;

    private PianoRoll(List<ScoreNote> notes, double controlRateHz) {
        int count = notes.size();
        starts = new int[count];
        ends = new int[count];
        keys = new int[count];
        velocities = new float[count];
        int most = 0;
        int last = 0;
        for (int i = 0; i < count; i++) {
            ScoreNote note = notes.get(i);
            starts[i] = (int) Math.round(note.startSeconds() * controlRateHz);
            ends[i] = Math.max(starts[i] + 1, (int) Math.round(note.endSeconds() * controlRateHz));
            ends[i] = Math.max(ends[i], nextStart(notes, i, controlRateHz));
            keys[i] = note.pitch() - LOWEST;
            velocities[i] = note.velocity() / FULL_VELOCITY;
            most = Math.max(most, ends[i] - starts[i]);
            last = Math.max(last, ends[i]);
        }
        longest = most;
        frames = last;
    }

    /** Control frame of the first note that begins at a note's end or hardly later; -1 when there is none. */
    private static int nextStart(List<ScoreNote> notes, int index, double controlRateHz) {
        double end = notes.get(index).endSeconds();
        int low = index + 1;
        int high = notes.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (notes.get(middle).startSeconds() < end) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        boolean near = low < notes.size() && notes.get(low).startSeconds() < end + JOINED_SECONDS;
        return near ? (int) Math.round(notes.get(low).startSeconds() * controlRateHz) : -1;
    }

    /** The roll of a score; notes that a piano does not have are left out. */
    public static PianoRoll of(List<ScoreNote> notes, double controlRateHz) {
        return new PianoRoll(
                notes.stream().filter(note -> isKey(note.pitch())).sorted(Comparator.comparingDouble(ScoreNote::startSeconds))
                        .toList(),
                controlRateHz);
    }

    /** Whether a piano has this pitch. */
    public static boolean isKey(int pitch) {
        return pitch >= LOWEST && pitch < LOWEST + KEYS;
    }

    /** Control frames until the last note ends. */
    public int frames() {
        return frames;
    }

    /** Notes in it. */
    public int notes() {
        return starts.length;
    }

    /**
     * Control frames {@code first} to {@code first + count - 1}, silence beyond the ends, written to {@code out} from {@code offset};
     * shape (frames, rows).
     */
    public void write(int first, int count, float[] out, int offset) {
        Arrays.fill(out, offset, offset + count * ROWS, 0f);
        // Later notes overwrite earlier ones on the same key.
        for (int i = firstThatMayReach(first); i < starts.length && starts[i] < first + count; i++) {
            for (int frame = Math.max(first, starts[i]); frame < Math.min(first + count, ends[i]); frame++) {
                out[offset + (frame - first) * ROWS + KEYS + keys[i]] = velocities[i];
            }
            if (starts[i] >= first) {
                int at = offset + (starts[i] - first) * ROWS + keys[i];
                out[at] = Math.max(out[at], velocities[i]);
            }
        }
    }

    /** The first note that begins late enough to sound at a control frame, however long it is. */
    private int firstThatMayReach(int frame) {
        int low = 0;
        int high = starts.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (starts[middle] + longest > frame) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }
}
