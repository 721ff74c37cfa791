package org.chanterelle.live;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.chanterelle.signal.TimedMidi;

/**
 * Ends the notes of a score as players do. Scores write notes that touch; where one is not slurred to the next, bow and tongue let go
 * before the next begins, and the level falls by some 6 dB. Under the fingers that is the player's to do, so only files are changed.
 */
public final class BowedScore {
    /** By how much sooner a note ends; of short notes at most a share; and by which share of both a lift is longer or shorter. */
    private static final double LIFT_SECONDS = 0.072;

    private static final double MOST_OF_NOTE = 0.37;
    private static final double SPREAD = 0.4;
    private static final long SEED = 1;

    /** Notes with no more between them touch. */
    private static final double TOUCHING_SECONDS = 0.01;

    private static final int KEYS = 128;
    private static final int CHANNELS = 16;

    private BowedScore() {}

    /**
     * The messages with touching notes of a channel ended sooner, those of a chord alike, others by a little more or less, the same for
     * the same messages. A note that another one overlaps, to be slurred, ends as written.
     *
     * @param messages in order of time
     * @return the same messages but for times of note-offs, in order of time
     */
    public static List<TimedMidi> of(List<TimedMidi> messages) {
        double[] begun = new double[CHANNELS * KEYS];
        double[] lastBegun = new double[CHANNELS];
        double[] next = nextNotes(messages);
        SplittableRandom random = new SplittableRandom(SEED);
        double lastEnd = Double.NEGATIVE_INFINITY;
        double lift = 1;
        List<TimedMidi> played = new ArrayList<>(messages.size());
        for (int i = 0; i < messages.size(); i++) {
            TimedMidi message = messages.get(i);
            int channel = message.status() & 0xf;
            int note = channel * KEYS + message.data1();
            if (message.isNoteOn()) {
                begun[note] = message.seconds();
                lastBegun[channel] = message.seconds();
            }
            if (isNoteOff(message) && message.seconds() > lastEnd) {
                lastEnd = message.seconds();
                lift = 1 + SPREAD * random.nextDouble(-1, 1);
            }
            boolean touches = isNoteOff(message) && next[i] - message.seconds() <= TOUCHING_SECONDS
                    && lastBegun[channel] <= begun[note];
            played.add(touches ? sooner(message, begun[note], lift) : message);
        }
        played.sort(Comparator.comparingDouble(TimedMidi::seconds));
        return played;
    }

    private static TimedMidi sooner(TimedMidi off, double begunSeconds, double lift) {
        double length = off.seconds() - begunSeconds;
        double seconds = off.seconds() - lift * Math.min(LIFT_SECONDS, MOST_OF_NOTE * length);
        return new TimedMidi(seconds, off.status(), off.data1(), off.data2());
    }

    /** For each message when the next note of its channel begins. */
    private static double[] nextNotes(List<TimedMidi> messages) {
        double[] next = new double[messages.size()];
        double[] coming = new double[CHANNELS];
        Arrays.fill(coming, Double.POSITIVE_INFINITY);
        for (int i = messages.size() - 1; i >= 0; i--) {
            int channel = messages.get(i).status() & 0xf;
            next[i] = coming[channel];
            coming[channel] = messages.get(i).isNoteOn() ? messages.get(i).seconds() : coming[channel];
        }
        return next;
    }

    private static boolean isNoteOff(TimedMidi message) {
        int kind = message.status() & 0xf0;
        return kind == 0x80 || kind == 0x90 && message.data2() == 0;
    }
}
