package org.chanterelle.audiofile;

import java.nio.file.Path;
import java.util.List;
import javax.sound.midi.InvalidMidiDataException;
import javax.sound.midi.MidiEvent;
import javax.sound.midi.MidiSystem;
import javax.sound.midi.Sequence;
import javax.sound.midi.ShortMessage;
import javax.sound.midi.Track;
import org.chanterelle.signal.TimedMidi;

/** Writes channel messages as a Standard MIDI File of format 0, whole or not at all; times to the millisecond. */
public final class MidiWriter {
    /** At 120 beats a minute, which holds where a file sets no tempo, a tick is a millisecond. */
    private static final int TICKS_PER_BEAT = 500;

    private static final double TICKS_PER_SECOND = 1000;

    private MidiWriter() {}

    /** Writes the messages, in order of time; errors as {@link OutputFile#write}. */
    public static void write(Path file, List<TimedMidi> messages, boolean force) {
        Sequence sequence = sequence(messages);
        OutputFile.write(file, force, partial -> MidiSystem.write(sequence, 0, partial.toFile()));
    }

    private static Sequence sequence(List<TimedMidi> messages) {
        try {
            Sequence sequence = new Sequence(Sequence.PPQ, TICKS_PER_BEAT);
            Track track = sequence.createTrack();
            for (TimedMidi m : messages) {
                ShortMessage message = new ShortMessage(m.status(), m.data1(), m.data2());
                track.add(new MidiEvent(message, Math.round(m.seconds() * TICKS_PER_SECOND)));
            }
            return sequence;
        } catch (InvalidMidiDataException e) {
            throw new IllegalArgumentException("no channel messages", e);
        }
    }
}
