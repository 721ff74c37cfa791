package org.chanterelle.audiofile;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.chanterelle.signal.ScoreNote;
import org.chanterelle.signal.TimedMidi;

/**
 * The notes of a MIDI file as they sound. The sustain pedal prolongs notes; a key struck again ends its note; what is never let go ends
 * with the file. Drums (channel 10) are left out.
 *
 * @param notes in order of their beginnings
 * @param drumNotes how many were left out
 */
public record MidiScore(List<ScoreNote> notes, int drumNotes) {
    private static final int CHANNELS = 16;
    private static final int PITCHES = 128;
    private static final int DRUMS = 9;
    private static final int NOTE_OFF = 0x80;
    private static final int NOTE_ON = 0x90;
    private static final int CONTROL = 0xb0;
    private static final int PROGRAM = 0xc0;
    private static final int SUSTAIN = 64;
    private static final int PEDAL_DOWN = 64;
    private static final int ALL_SOUND_OFF = 120;
    private static final int RESET_CONTROLLERS = 121;
    private static final int ALL_NOTES_OFF = 123;

    /** Shortest note, where a file's note ends as it begins. */
    private static final double SHORTEST_S = 1e-3;

    /** A chord's notes begin no farther apart when a person plays it. */
    private static final double TOGETHER_S = 0.03;

    /** The notes of a file. */
    public static MidiScore of(MidiFile file) {
        Reader reader = new Reader();
        file.messages().forEach(reader::read);
        reader.end(file.seconds());
        reader.notes.sort(Comparator.comparingDouble(ScoreNote::startSeconds).thenComparingInt(ScoreNote::pitch));
        return new MidiScore(List.copyOf(reader.notes), reader.drumNotes);
    }

    /**
     * All notes as one player of one instrument plays them: where two share a key, the earlier one ends as the later one begins; of two
     * that begin together the louder one, as long as the longer, is left.
     *
     * @param program of all
     */
    public static List<ScoreNote> solo(List<ScoreNote> notes, int program) {
        List<ScoreNote> sorted = new ArrayList<>(notes);
        sorted.sort(Comparator.comparingDouble(ScoreNote::startSeconds));
        ScoreNote[] open = new ScoreNote[PITCHES];
        List<ScoreNote> out = new ArrayList<>();
        for (ScoreNote note : sorted) {
            ScoreNote last = open[note.pitch()];
            ScoreNote next = new ScoreNote(note.startSeconds(), note.endSeconds(), note.pitch(), note.velocity(), program);
            if (last != null && next.startSeconds() - last.startSeconds() < SHORTEST_S) {
                next = new ScoreNote(last.startSeconds(), Math.max(last.endSeconds(), next.endSeconds()), next.pitch(),
                        Math.max(last.velocity(), next.velocity()), program);
            } else if (last != null) {
                out.add(last.endingAt(Math.min(last.endSeconds(), next.startSeconds())));
            }
            open[note.pitch()] = next;
        }
        for (ScoreNote last : open) {
            if (last != null) {
                out.add(last);
            }
        }
        out.sort(Comparator.comparingDouble(ScoreNote::startSeconds).thenComparingInt(ScoreNote::pitch));
        return List.copyOf(out);
    }

    /**
     * The highest of the notes that begin together, each ending where the next begins at the latest.
     *
     * @param notes in order of their beginnings
     */
    public static List<ScoreNote> melody(List<ScoreNote> notes) {
        List<ScoreNote> melody = new ArrayList<>();
        double together = Double.NEGATIVE_INFINITY;
        for (ScoreNote note : notes) {
            if (note.startSeconds() - together >= TOGETHER_S) {
                together = note.startSeconds();
                if (!melody.isEmpty()) {
                    ScoreNote last = melody.removeLast();
                    melody.add(last.endingAt(Math.min(last.endSeconds(), together)));
                }
                melody.add(note);
            } else if (note.pitch() > melody.getLast().pitch()) {
                melody.removeLast();
                melody.add(new ScoreNote(together, note.endSeconds(), note.pitch(), note.velocity(), note.program()));
            }
        }
        return List.copyOf(melody);
    }

    private static final class Reader {
        final List<ScoreNote> notes = new ArrayList<>();
        int drumNotes;

        private final int[] program = new int[CHANNELS];
        private final boolean[] pedal = new boolean[CHANNELS];
        private final int[][] velocity = new int[CHANNELS][PITCHES];
        private final double[][] start = new double[CHANNELS][PITCHES];
        private final int[][] startProgram = new int[CHANNELS][PITCHES];
        private final boolean[][] released = new boolean[CHANNELS][PITCHES];

        void read(TimedMidi message) {
            int channel = message.status() & 0x0f;
            if (channel == DRUMS) {
                drumNotes += message.isNoteOn() ? 1 : 0;
                return;
            }
            switch (message.status() & 0xf0) {
                case NOTE_ON, NOTE_OFF -> {
                    if (message.isNoteOn()) {
                        begin(channel, message);
                    } else {
                        release(channel, message.data1(), message.seconds());
                    }
                }
                case PROGRAM -> program[channel] = message.data1();
                case CONTROL -> control(channel, message);
                default -> {
                    // Bends and pressures are not in a roll.
                }
            }
        }

        private void begin(int channel, TimedMidi message) {
            int pitch = message.data1();
            close(channel, pitch, message.seconds());
            start[channel][pitch] = message.seconds();
            velocity[channel][pitch] = message.data2();
            startProgram[channel][pitch] = program[channel];
            released[channel][pitch] = false;
        }

        private void release(int channel, int pitch, double seconds) {
            released[channel][pitch] = true;
            if (!pedal[channel]) {
                close(channel, pitch, seconds);
            }
        }

        private void control(int channel, TimedMidi message) {
            int number = message.data1();
            if (number == SUSTAIN) {
                pedal[channel] = message.data2() >= PEDAL_DOWN;
            } else if (number == RESET_CONTROLLERS) {
                pedal[channel] = false;
            } else if (number == ALL_SOUND_OFF || number >= ALL_NOTES_OFF) {
                for (int pitch = 0; pitch < PITCHES; pitch++) {
                    if (number == ALL_SOUND_OFF) {
                        close(channel, pitch, message.seconds());
                    } else {
                        release(channel, pitch, message.seconds());
                    }
                }
            }
            if (!pedal[channel]) {
                for (int pitch = 0; pitch < PITCHES; pitch++) {
                    if (released[channel][pitch]) {
                        close(channel, pitch, message.seconds());
                    }
                }
            }
        }

        private void close(int channel, int pitch, double seconds) {
            if (velocity[channel][pitch] > 0) {
                double from = start[channel][pitch];
                notes.add(new ScoreNote(from, Math.max(seconds, from + SHORTEST_S), pitch, velocity[channel][pitch],
                        startProgram[channel][pitch]));
                velocity[channel][pitch] = 0;
            }
        }

        void end(double seconds) {
            for (int channel = 0; channel < CHANNELS; channel++) {
                for (int pitch = 0; pitch < PITCHES; pitch++) {
                    close(channel, pitch, seconds);
                }
            }
        }
    }
}
