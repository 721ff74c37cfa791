package org.chanterelle.audiofile;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.chanterelle.signal.UserError;

/** The kinds of audio file that can be read. */
public enum AudioFileType {
    WAV,
    FLAC,
    AIFF,
    OGG_VORBIS;

    /** As many first bytes as {@link #of} looks at. */
    static final int HEAD_BYTES = 64;

    private static final String READABLE = "expected WAV, FLAC, AIFF or Ogg Vorbis";

    /** What a file is, by its first bytes; throws UserError for what cannot be read. */
    static AudioFileType of(Path file, byte[] head) {
        if (matches(head, 0, "RIFF") && matches(head, 8, "WAVE")) {
            return WAV;
        }
        if (matches(head, 0, "fLaC")) {
            return FLAC;
        }
        if (matches(head, 0, "FORM") && (matches(head, 8, "AIFF") || matches(head, 8, "AIFC"))) {
            return AIFF;
        }
        if (matches(head, 0, "OggS") && matches(head, 28, "\u0001vorbis")) {
            return OGG_VORBIS;
        }
        throw new UserError(file + ": not an audio file that can be read; " + READABLE + ", found " + describe(head)
                + ". Convert it to WAV or FLAC first.");
    }

    private static String describe(byte[] head) {
        if (matches(head, 0, "OggS")) {
            return matches(head, 28, "OpusHead") ? "Ogg Opus" : "an Ogg stream without Vorbis";
        }
        if (matches(head, 0, "ID3") || head.length > 1 && head[0] == (byte) 0xff && (head[1] & 0xe0) == 0xe0) {
            return "MP3";
        }
        if (matches(head, 0, "RF64") || matches(head, 0, "riff")) {
            return "a 64-bit WAV";
        }
        if (matches(head, 4, "ftyp")) {
            return "MP4";
        }
        if (matches(head, 0, "MThd")) {
            return "MIDI";
        }
        return "something that begins with " + hex(Arrays.copyOf(head, Math.min(8, head.length)));
    }

    private static String hex(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        for (byte b : bytes) {
            text.append(String.format(Locale.ROOT, text.isEmpty() ? "%02x" : " %02x", b & 0xff));
        }
        return text.toString();
    }

    private static boolean matches(byte[] head, int offset, String magic) {
        byte[] expected = magic.getBytes(StandardCharsets.ISO_8859_1);
        return head.length >= offset + expected.length
                && Arrays.equals(head, offset, offset + expected.length, expected, 0, expected.length);
    }
}
