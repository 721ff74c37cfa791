package org.chanterelle.audiofile;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.sound.midi.InvalidMidiDataException;
import javax.sound.midi.MidiEvent;
import javax.sound.midi.MidiSystem;
import javax.sound.midi.Sequence;
import javax.sound.midi.ShortMessage;
import javax.sound.midi.Track;
import org.chanterelle.signal.TimedMidi;

/** MIDI files made for tests: from messages, or byte by byte where they are to be odd. */
public final class MidiBytes {
    /** At 120 quarter notes a minute a tick is one frame at 48 kHz. */
    private static final int TICKS_PER_QUARTER = 24_000;

    private static final int TICKS_PER_SECOND = 2 * TICKS_PER_QUARTER;

    private MidiBytes() {}

    /** Writes a file of format 0, exact to 1/48,000 s. */
    public static Path write(Path file, List<TimedMidi> messages) {
        try {
            Sequence sequence = new Sequence(Sequence.PPQ, TICKS_PER_QUARTER);
            Track track = sequence.createTrack();
            for (TimedMidi m : messages) {
                track.add(new MidiEvent(new ShortMessage(m.status(), m.data1(), m.data2()),
                        Math.round(m.seconds() * TICKS_PER_SECOND)));
            }
            MidiSystem.write(sequence, 0, file.toFile());
            return file;
        } catch (InvalidMidiDataException e) {
            throw new IllegalArgumentException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes a file of these tracks. */
    static Path write(Path file, int format, int division, byte[]... tracks) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(ByteBuffer.allocate(14).putInt(0x4d546864).putInt(6).putShort((short) format).putShort((short) tracks.length)
                .putShort((short) division).array());
        for (byte[] track : tracks) {
            out.write(ByteBuffer.allocate(8).putInt(0x4d54726b).putInt(track.length).array());
            new ByteArrayInputStream(track).transferTo(out);
        }
        return Files.write(file, out.toByteArray());
    }

    /** Bytes of a track. */
    static byte[] track(int... bytes) {
        byte[] track = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            track[i] = (byte) bytes[i];
        }
        return track;
    }
}
