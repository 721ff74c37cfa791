package org.chanterelle.audiofile;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import org.chanterelle.signal.UserError;

/**
 * Reads WAV (8 to 32-bit PCM, 32 and 64-bit float), FLAC, AIFF and Ogg Vorbis files. Every problem is a UserError of one line.
 *
 * <p>Recordings are held in memory whole, so their length is bounded: by {@link #MAX_MINUTES}, and by a quarter of the heap, which
 * leaves room for the copies that a transfer makes.
 */
public final class AudioReader {
    /** Longest recording that is read. */
    public static final int MAX_MINUTES = 60;

    private static final int BUFFER_BYTES = 1 << 16;
    private static final int MAX_CHANNELS = 64;
    private static final int MIN_RATE_HZ = 4_000;
    private static final int MAX_RATE_HZ = 768_000;

    private AudioReader() {}

    /** The whole file, all channels. Its samples are finite and it holds at least one frame. */
    public static AudioClip read(Path file) {
        return withDecoder(file, decoder -> {
            checkLength(file, decoder.info(), decoder.info().frames());
            ClipCollector clip = new ClipCollector(file, decoder.info());
            for (float[][] block = decoder.next(); block != null; block = decoder.next()) {
                clip.add(block, decoder.blockFrames());
            }
            return clip.finish();
        });
    }

    /** What the file's header tells; reads no audio. */
    public static AudioInfo probe(Path file) {
        return withDecoder(file, decoder -> {
            checkLength(file, decoder.info(), decoder.info().frames());
            return decoder.info();
        });
    }

    /** Takes what is read of a file, one block after another. */
    @FunctionalInterface
    public interface Blocks {
        /** @param channels shape (channels, at least {@code frames}), finite, used again for the block after */
        void accept(float[][] channels, int frames) throws IOException;
    }

    /** Takes a file's header before its blocks. */
    @FunctionalInterface
    public interface Stream {
        /** What takes the blocks of a file that begins so. */
        Blocks begin(AudioInfo info) throws IOException;
    }

    /**
     * Reads a file of any length block by block.
     *
     * @return frames read, at least 1
     */
    public static long stream(Path file, Stream stream) {
        return withDecoder(file, decoder -> {
            Blocks blocks = stream.begin(decoder.info());
            long frames = 0;
            for (float[][] block = decoder.next(); block != null; block = decoder.next()) {
                checkFinite(file, block, decoder.blockFrames());
                blocks.accept(block, decoder.blockFrames());
                frames += decoder.blockFrames();
            }
            if (frames == 0) {
                throw new UserError(
                        file + ": the header is followed by no audio (0 frames). Record or export it again.");
            }
            return frames;
        });
    }

    private static void checkFinite(Path file, float[][] block, int frames) {
        for (float[] channel : block) {
            for (int i = 0; i < frames; i++) {
                if (!Float.isFinite(channel[i])) {
                    throw new UserError(file + ": holds samples that are no numbers (NaN or infinite); expected finite ones."
                            + " Export it again, as PCM.");
                }
            }
        }
    }

    private interface Use<T> {
        T with(AudioDecoder decoder) throws IOException;
    }

    private static <T> T withDecoder(Path file, Use<T> use) {
        byte[] head = head(file);
        try (AudioDecoder decoder = open(file, AudioFileType.of(file, head))) {
            checkFormat(file, decoder.info());
            return use.with(decoder);
        } catch (IOException e) {
            throw new UserError(1, file + ": reading failed: " + reason(e) + ". Check the disk or copy the file again.", e);
        }
    }

    private static byte[] head(Path file) {
        if (Files.isDirectory(file)) {
            throw new UserError(file + ": expected an audio file, found a directory. Name one file in it.");
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] head = in.readNBytes(AudioFileType.HEAD_BYTES);
            if (head.length == 0) {
                throw new UserError(file + ": expected an audio file, found an empty one (0 bytes). Record or copy it again.");
            }
            return head;
        } catch (NoSuchFileException e) {
            throw new UserError(file + ": expected an audio file, found nothing of this name. Check the path.", e);
        } catch (AccessDeniedException e) {
            throw new UserError(
                    file + ": expected a readable file, found one without permission to read. Change its permissions.", e);
        } catch (IOException e) {
            throw new UserError(1, file + ": reading failed: " + reason(e) + ". Check the disk or copy the file again.", e);
        }
    }

    private static AudioDecoder open(Path file, AudioFileType type) throws IOException {
        return switch (type) {
            case WAV -> pcm(file, WavHeader::read);
            case AIFF -> pcm(file, AiffHeader::read);
            case FLAC -> FlacDecoder.open(file);
            case OGG_VORBIS -> VorbisDecoder.open(file, new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES));
        };
    }

    private interface Header {
        PcmLayout read(ChunkReader chunks) throws IOException;
    }

    private static AudioDecoder pcm(Path file, Header header) throws IOException {
        FileChannel channel = FileChannel.open(file);
        try {
            PcmLayout layout = header.read(new ChunkReader(file, channel));
            // Here already: the decoder's buffers grow with the number of channels.
            checkFormat(file, layout.info());
            return new PcmDecoder(channel, layout);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static void checkFormat(Path file, AudioInfo info) {
        if (info.channels() < 1 || info.channels() > MAX_CHANNELS) {
            throw new UserError(file + ": the header tells " + info.channels() + " channels; expected 1 to " + MAX_CHANNELS
                    + ". The file is damaged: export it again.");
        }
        if (info.sampleRateHz() < MIN_RATE_HZ || info.sampleRateHz() > MAX_RATE_HZ) {
            throw new UserError(
                    file + ": the header tells " + info.sampleRateHz() + " Hz; expected " + MIN_RATE_HZ + " to " + MAX_RATE_HZ
                            + " Hz. Export it again, e.g. at 48000 Hz.");
        }
    }

    /** Throws UserError if {@code frames} of this file are more than is read. */
    static void checkLength(Path file, AudioInfo info, long frames) {
        double minutes = frames / (60.0 * info.sampleRateHz());
        if (minutes > MAX_MINUTES) {
            throw new UserError(
                    String.format(Locale.ROOT, "%s: %.1f minutes long; at most %d are read at once. Split the recording.", file,
                            minutes, MAX_MINUTES));
        }
        long bytes = frames * info.channels() * Float.BYTES;
        long limit = Runtime.getRuntime().maxMemory() / 4;
        if (bytes > limit) {
            throw new UserError(String.format(Locale.ROOT,
                    "%s: %.1f minutes of %d channels take %d MiB of memory; at most %d MiB are given to one recording. Split it, mix it to"
                            + " one channel, or raise the heap (CHANTERELLE_JAVA_OPTS=-Xmx8g).",
                    file, minutes, info.channels(), bytes >> 20, limit >> 20));
        }
    }

    private static String reason(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
