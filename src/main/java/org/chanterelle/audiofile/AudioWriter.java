package org.chanterelle.audiofile;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.chanterelle.signal.UserError;

/** Writes audio files, whole or not at all. */
public final class AudioWriter {
    private static final int BUFFER_BYTES = 1 << 16;
    private static final int MAX_FLAC_CHANNELS = 8;

    private AudioWriter() {}

    /** How a sample is stored. Beyond full scale PCM saturates. */
    public enum SampleFormat {
        PCM_16(16),
        PCM_24(24),
        /** WAV only. */
        FLOAT_32(32);

        final int bits;

        SampleFormat(int bits) {
            this.bits = bits;
        }
    }

    /** Writes 24-bit WAV or FLAC, by the extension of {@code file}; errors as {@link OutputFile#write}. */
    public static void write(Path file, AudioClip clip, boolean force) {
        write(file, clip, SampleFormat.PCM_24, force);
    }

    /** Writes WAV or FLAC, by the extension of {@code file}. FLAC holds at most 8 channels and no float. */
    public static void write(Path file, AudioClip clip, SampleFormat format, boolean force) {
        checkExtension(file);
        if (isFlac(file) && format == SampleFormat.FLOAT_32) {
            throw new UserError(file + ": FLAC holds no float samples; expected 16 or 24-bit. Write WAV instead.");
        }
        if (isFlac(file) && clip.channels().length > MAX_FLAC_CHANNELS) {
            throw new UserError(file + ": FLAC holds at most " + MAX_FLAC_CHANNELS + " channels; found " + clip.channels().length
                    + ". Write WAV instead.");
        }
        OutputFile.write(file, force, partial -> encode(partial, isFlac(file), clip, format));
    }

    /** Writes FLAC or WAV to {@code file} directly. */
    static void encode(Path file, boolean flac, AudioClip clip, SampleFormat format) throws IOException {
        if (flac) {
            FlacWriter.write(file, clip, format.bits);
        } else {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), BUFFER_BYTES)) {
                WavWriter.write(out, clip, format);
            }
        }
    }

    /** Throws UserError if {@code file} ends in neither .wav nor .flac. */
    public static void checkExtension(Path file) {
        if (!isFlac(file) && !name(file).endsWith(".wav")) {
            throw new UserError(file
                    + ": cannot tell the format to write from the name; expected one that ends in .wav or .flac. Rename it.");
        }
    }

    private static boolean isFlac(Path file) {
        return name(file).endsWith(".flac");
    }

    private static String name(Path file) {
        return file.getFileName() == null ? "" : file.getFileName().toString().toLowerCase(Locale.ROOT);
    }

    /** A sample as a signed integer of that many bits, saturating. */
    static int quantise(float sample, int bits) {
        double full = 1L << bits - 1;
        return (int) Math.clamp(Math.rint(sample * full), -full, full - 1.0);
    }
}
