package org.chanterelle.audiofile;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.chanterelle.signal.UserError;

/** The chunks of a Standard MIDI File, checked: the library behind {@link MidiFile} believes the sizes and leaves out what is cut off. */
final class MidiChunks {
    private static final int HEADER = 0x4d546864;
    private static final int TRACK = 0x4d54726b;
    private static final int CHUNK_HEADER_BYTES = 8;
    private static final int HEADER_BYTES = 6;

    private final Path file;
    private final ByteBuffer bytes;
    private final List<ByteBuffer> tracks = new ArrayList<>();

    /** 0: one track; 1: simultaneous tracks; 2: tracks one after another. */
    final int format;

    /** Ticks in a quarter note, or, when negative, -256 * frames a second + ticks in a frame. */
    final int division;

    private MidiChunks(Path file, ByteBuffer bytes) {
        this.file = file;
        this.bytes = bytes;
        if (bytes.remaining() < CHUNK_HEADER_BYTES + HEADER_BYTES || bytes.getInt() != HEADER) {
            throw new UserError(file + ": not a MIDI file: it does not begin with a header 'MThd'. Give a Standard MIDI File.");
        }
        ByteBuffer header = next("header");
        if (header.remaining() < HEADER_BYTES) {
            throw damaged("its header has " + header.remaining() + " bytes; expected 6", null);
        }
        format = header.getShort();
        // How many tracks there are is counted instead: the number here is wrong in too many files.
        header.getShort();
        division = header.getShort();
        checkHeader();
        readTracks();
    }

    static MidiChunks read(Path file, byte[] contents) {
        return new MidiChunks(file, ByteBuffer.wrap(contents));
    }

    private void checkHeader() {
        if (format < 0 || format > 2) {
            throw damaged("format " + format + "; expected 0, 1 or 2", null);
        }
        int framesPerSecond = -(division >> 8);
        boolean timeCode = division < 0 && (division & 0xff) > 0
                && (framesPerSecond == 24 || framesPerSecond == 25 || framesPerSecond == 29 || framesPerSecond == 30);
        if (division <= 0 && !timeCode) {
            throw damaged("time division " + division + " means nothing; expected ticks in a quarter note or a time code", null);
        }
    }

    private void readTracks() {
        while (bytes.remaining() >= CHUNK_HEADER_BYTES) {
            boolean isTrack = bytes.getInt() == TRACK;
            // What follows the last track and is no chunk does no harm.
            if (!isTrack && !tracks.isEmpty() && Integer.toUnsignedLong(bytes.getInt(bytes.position())) > bytes.remaining() - 4) {
                return;
            }
            ByteBuffer contents = next("track " + (tracks.size() + 1));
            if (isTrack) {
                tracks.add(contents);
            }
        }
        if (tracks.isEmpty()) {
            throw damaged("it holds no track", null);
        }
    }

    /** The contents of the chunk whose length comes next. */
    private ByteBuffer next(String name) {
        long stated = Integer.toUnsignedLong(bytes.getInt());
        if (stated > bytes.remaining()) {
            throw damaged("truncated: " + name + " should have " + stated + " bytes, the file has " + bytes.remaining() + " more",
                    null);
        }
        ByteBuffer contents = bytes.slice(bytes.position(), (int) stated);
        bytes.position(bytes.position() + (int) stated);
        return contents;
    }

    /** The same music in a file that the library reads: of format 1, and nothing in it but tracks. */
    byte[] normalised() {
        int size = CHUNK_HEADER_BYTES + HEADER_BYTES;
        for (ByteBuffer track : tracks) {
            size += CHUNK_HEADER_BYTES + track.limit();
        }
        ByteBuffer out = ByteBuffer.allocate(size).putInt(HEADER).putInt(HEADER_BYTES);
        // The library takes the number of tracks for signed.
        out.putShort((short) 1).putShort((short) Math.min(tracks.size(), Short.MAX_VALUE)).putShort((short) division);
        for (ByteBuffer track : tracks) {
            out.putInt(TRACK).putInt(track.limit()).put(track.duplicate());
        }
        return out.array();
    }

    UserError damaged(String what, Throwable cause) {
        return new UserError(file + ": damaged MIDI file: " + what + ". Export or copy it again.", cause);
    }
}
