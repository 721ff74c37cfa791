package org.chanterelle.audiofile;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import javax.sound.midi.InvalidMidiDataException;
import javax.sound.midi.MetaMessage;
import javax.sound.midi.MidiEvent;
import javax.sound.midi.MidiMessage;
import javax.sound.midi.MidiSystem;
import javax.sound.midi.ShortMessage;
import javax.sound.midi.Track;
import org.chanterelle.signal.TimedMidi;
import org.chanterelle.signal.UserError;

/**
 * The music of a Standard MIDI File in seconds, all tracks together, tempo changes applied. Of format 2 the tracks follow one another.
 * Not on the audio thread.
 *
 * @param format 0, 1 or 2
 * @param messages channel messages in order of time; what is simultaneous in order of tracks
 * @param seconds length: the last event of any kind, ends of tracks too
 */
public record MidiFile(int format, List<TimedMidi> messages, double seconds) {
    /** Longest music that is believed; more is a damaged delta time. */
    public static final double MAX_SECONDS = 24 * 3600;

    /** Events take some 40 times their bytes in memory. */
    static final long MAX_BYTES = 8L << 20;

    private static final int SET_TEMPO = 0x51;

    /** Whether a file begins like a Standard MIDI File; false if it cannot be read. */
    public static boolean isMidi(Path file) {
        try (var in = Files.newInputStream(file)) {
            return new String(in.readNBytes(4), StandardCharsets.ISO_8859_1).equals("MThd");
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Reads a file of any format and time division.
     *
     * @throws UserError when it cannot be read, is damaged, larger than 8 MiB or lasts longer than a day
     */
    public static MidiFile read(Path file) {
        MidiChunks chunks = MidiChunks.read(file, contents(file));
        Track[] tracks = parse(chunks);
        List<TimedMidi> messages = new ArrayList<>();
        double end = 0;
        if (chunks.format == 2) {
            for (Track track : tracks) {
                end = append(events(track), new TempoMap(chunks.division, end), messages, chunks);
            }
        } else {
            end = append(events(tracks), new TempoMap(chunks.division, 0), messages, chunks);
        }
        return new MidiFile(chunks.format, List.copyOf(messages), Math.min(end, MAX_SECONDS));
    }

    /**
     * The same music faster or slower.
     *
     * @param factor of the tempo, greater than 0
     */
    public MidiFile atTempo(double factor) {
        if (factor == 1) {
            return this;
        }
        List<TimedMidi> moved = messages.stream().map(message -> new TimedMidi(
                message.seconds() / factor, message.status(), message.data1(), message.data2())).toList();
        return new MidiFile(format, moved, seconds / factor);
    }

    private static byte[] contents(Path file) {
        try {
            long bytes = Files.size(file);
            if (bytes > MAX_BYTES) {
                throw new UserError(file + ": has " + bytes + " bytes; a MIDI file is expected to have at most " + MAX_BYTES
                        + ". Split it.");
            }
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new UserError(file + ": no such file. Check the name.", e);
        } catch (IOException e) {
            throw new UserError(file + ": cannot be read: " + e.getMessage() + ". Check its permissions.", e);
        }
    }

    private static Track[] parse(MidiChunks chunks) {
        try {
            return MidiSystem.getSequence(new ByteArrayInputStream(chunks.normalised())).getTracks();
        } catch (InvalidMidiDataException | IOException e) {
            throw chunks.damaged(e.getMessage(), e);
        } catch (IndexOutOfBoundsException | IllegalArgumentException | NegativeArraySizeException e) {
            // The library trusts the tracks' contents; what it throws on damaged ones is unspecified.
            throw chunks.damaged("an event cannot be read", e);
        }
    }

    private static List<MidiEvent> events(Track... tracks) {
        List<MidiEvent> events = new ArrayList<>();
        for (Track track : tracks) {
            for (int i = 0; i < track.size(); i++) {
                events.add(track.get(i));
            }
        }
        events.sort(Comparator.comparingLong(MidiEvent::getTick));
        return events;
    }

    /** Appends the channel messages; returns the end in seconds. */
    private static double append(List<MidiEvent> events, TempoMap tempo, List<TimedMidi> messages, MidiChunks chunks) {
        double seconds = tempo.seconds(0);
        for (MidiEvent event : events) {
            seconds = tempo.seconds(event.getTick());
            MidiMessage message = event.getMessage();
            if (message instanceof MetaMessage meta && meta.getType() == SET_TEMPO && meta.getData().length == 3) {
                byte[] data = meta.getData();
                tempo.change(event.getTick(), (data[0] & 0xff) << 16 | (data[1] & 0xff) << 8 | data[2] & 0xff);
            } else if (message instanceof ShortMessage channel) {
                messages.add(timed(channel, seconds, chunks));
            }
        }
        return seconds;
    }

    private static TimedMidi timed(ShortMessage message, double seconds, MidiChunks chunks) {
        int data1 = message.getData1();
        int data2 = message.getLength() > 2 ? message.getData2() : 0;
        if (!(seconds >= 0 && seconds <= MAX_SECONDS)) {
            throw chunks.damaged("an event lies " + Math.round(seconds) + " s from the beginning; expected a day at most", null);
        }
        if ((data1 | data2) > 0x7f) {
            throw chunks.damaged("a data byte is " + Math.max(data1, data2) + "; expected at most 127", null);
        }
        return new TimedMidi(seconds, message.getStatus(), data1, data2);
    }
}
