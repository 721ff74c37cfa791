package org.chanterelle.audiofile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Random;
import org.chanterelle.audiofile.AudioWriter.SampleFormat;
import org.chanterelle.signal.UserError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What cannot be read is refused in one line that says what, where, expected, found and the remedy. */
class AudioErrorsTest {
    @TempDir
    private Path folder;

    @Test
    void aMissingFileIsRefused() {
        assertRefused(folder.resolve("voice.wav"), "found nothing of this name");
    }

    @Test
    void aFileOfZeroBytesIsRefused() throws IOException {
        assertRefused(file(), "empty one (0 bytes)");
    }

    @Test
    void aDirectoryIsRefused() {
        assertRefused(folder, "found a directory");
    }

    @Test
    void whatIsNotAudioIsRefusedByWhatItIs() throws IOException {
        assertRefused(file(AudioBytes.ascii("Dear diary, today I sang.")), "expected WAV, FLAC, AIFF or Ogg Vorbis",
                "44 65 61 72");
        assertRefused(file((byte) 'I', (byte) 'D', (byte) '3', (byte) 4), "found MP3", "Convert");
        assertRefused(file((byte) 'R'), "begins with 52");
    }

    @Test
    void aHeaderWithoutAudioIsRefused() throws IOException {
        assertRefused(file(AudioBytes.wav(AudioBytes.PCM, 1, 48_000, 16, new byte[0])), "no audio (0 frames)");
        assertRefused(file(AudioBytes.flacHeader(1, 48_000, 16, 0)), "no audio (0 frames)");
    }

    @Test
    void aTruncatedWavIsRefused() throws IOException {
        byte[] whole = AudioBytes.wav(AudioBytes.PCM, 2, 48_000, 16, new byte[48_000]);
        assertRefused(file(Arrays.copyOf(whole, whole.length / 2)), "truncated", "12000 frames (0.25 s)", "the file holds 5994");
        assertRefused(file(Arrays.copyOf(whole, 40)), "no 'data' chunk");
        assertRefused(file(Arrays.copyOf(whole, 30)), "'fmt' chunk has 10 bytes");
        assertRefused(file(Arrays.copyOf(whole, 14)), "no 'fmt' chunk");
    }

    @Test
    void aTruncatedAiffIsRefused() throws IOException {
        assertRefused(file(AudioBytes.aiff(null, 1, 16, 1000, new byte[1000])), "truncated", "1000 frames", "holds 500");
    }

    @Test
    void aTruncatedFlacIsRefused() throws IOException {
        byte[] whole = flac();
        assertRefused(file(Arrays.copyOf(whole, whole.length - 100)), "20000 frames", "could be decoded");
        assertRefused(file(Arrays.copyOf(whole, whole.length / 2)), "20000 frames", "could be decoded");
        assertRefused(file(Arrays.copyOf(whole, 20)), "truncated");
    }

    @Test
    void aTruncatedOggIsRefused() throws IOException {
        byte[] whole = ogg();
        assertRefused(file(Arrays.copyOf(whole, whole.length - 100)), "truncated");
        assertRefused(file(Arrays.copyOf(whole, 100)), "truncated");
    }

    @Test
    void aDamagedFlacIsRefused() throws IOException {
        byte[] bytes = flac();
        bytes[bytes.length / 2] ^= 0x10;
        assertRefused(file(bytes), "could be decoded");
    }

    @Test
    void stereoAndEightChannelsAreMixed() throws IOException {
        for (int channels : new int[] {2, 8}) {
            float[] samples = new float[channels];
            Arrays.fill(samples, 0.25f);
            samples[0] = -0.25f;
            Path file = file(AudioBytes.wav(AudioBytes.FLOAT, channels, 48_000, 32, AudioBytes.floats(samples)));
            assertThat(AudioReader.read(file).mono()).containsExactly(0.25f - 0.5f / channels);
        }
    }

    @Test
    void samplesThatAreNoNumbersAreRefused() throws IOException {
        byte[] data = AudioBytes.floats(0, Float.NaN, Float.NaN, Float.POSITIVE_INFINITY);
        assertRefused(file(AudioBytes.wav(AudioBytes.FLOAT, 2, 8000, 32, data)), "3 of 4 samples", "the first at 0.000 s");
    }

    @Test
    void threeHoursAreRefusedByTheHeaderAlone() throws IOException {
        long dataBytes = 3L * 3600 * 48_000 * 2;
        Path file = file(AudioBytes.wav(AudioBytes.PCM, 1, 48_000, 16, dataBytes, new byte[0]));
        try (FileChannel sparse = FileChannel.open(file, StandardOpenOption.WRITE)) {
            sparse.write(ByteBuffer.allocate(1), 43 + dataBytes);
        }
        assertRefused(file, "180.0 minutes long", "at most 60", "Split");
        assertRefused(file(AudioBytes.flacHeader(1, 48_000, 16, 3L * 3600 * 48_000)), "180.0 minutes long");
    }

    @Test
    void aRecordingThatWouldFillTheHeapIsRefused() throws IOException {
        assertRefused(file(AudioBytes.flacHeader(8, 655_350, 24, 50L * 60 * 655_350)), "MiB of memory", "CHANTERELLE_JAVA_OPTS");
    }

    @Test
    void aHeaderThatLiesIsRefused() throws IOException {
        byte[] data = new byte[64];
        assertRefused(file(AudioBytes.wav(AudioBytes.PCM, 1, 48_000, 16, 0x7000_0000L, data)), "truncated");
        assertRefused(file(AudioBytes.wav(AudioBytes.PCM, 5000, 48_000, 16, data)), "header");
        assertRefused(file(AudioBytes.wav(AudioBytes.PCM, 500, 48_000, 16, data)), "500 channels");
        assertRefused(file(AudioBytes.wav(AudioBytes.PCM, 0, 48_000, 16, data)), "0 channels");
        assertRefused(file(AudioBytes.wav(AudioBytes.PCM, 1, -5, 16, data)), "-5 Hz");
        assertRefused(file(AudioBytes.wav(AudioBytes.PCM, 1, 100, 16, data)), "100 Hz");
        assertRefused(file(AudioBytes.wav(2, 1, 48_000, 16, data)), "format 2");
        assertRefused(file(AudioBytes.wav(AudioBytes.PCM, 1, 48_000, 64, data)), "64 bits");
        assertRefused(file(AudioBytes.aiff("ulaw", 1, 8, 64, data)), "'ulaw'");
        assertRefused(file(AudioBytes.aiff(null, 1, 16, -1, data)), "truncated");
        assertRefused(file(AudioBytes.flacHeader(1, 48_000, 16, 0xf_ffff_ffffL)), "minutes long");
    }

    /** Sizes in a file are claims: however they read, the reader returns finite audio or refuses in one line. */
    @Test
    void randomDamageIsReadOrRefusedButNothingElse() throws IOException {
        byte[][] wholes = {AudioBytes.wav(AudioBytes.EXTENSIBLE, 2, 48_000, 24, new byte[6000]),
                AudioBytes.aiff("NONE", 2, 16, 500, new byte[2000]), flac(), ogg()};
        Random random = new Random(3);
        int refused = 0;
        for (int i = 0; i < 1200; i++) {
            byte[] bytes = wholes[i % wholes.length].clone();
            int head = i % 3 == 0 ? bytes.length : 128;
            for (int hits = 1 + random.nextInt(4); hits > 0; hits--) {
                bytes[4 + random.nextInt(head - 4)] = (byte) random.nextInt(256);
            }
            refused += isRefused(file(bytes)) ? 1 : 0;
        }
        assertThat(refused).isBetween(300, 1199);
    }

    private static boolean isRefused(Path file) {
        try {
            for (float sample : AudioReader.read(file).mono()) {
                assertThat(Float.isFinite(sample)).isTrue();
            }
            return false;
        } catch (UserError e) {
            assertThat(e.getMessage()).startsWith(file + ": ").doesNotContain("\n");
            return true;
        }
    }

    private static void assertRefused(Path file, String... says) {
        UserError error = catchThrowableOfType(UserError.class, () -> AudioReader.read(file));
        assertThat(error).isNotNull();
        assertThat(error.exitCode).isEqualTo(2);
        assertThat(error.getMessage()).startsWith(file + ": ").contains(says).doesNotContain("\n").endsWith(".");
    }

    private Path file(byte... bytes) throws IOException {
        return Files.write(folder.resolve("input"), bytes);
    }

    private byte[] flac() throws IOException {
        Path file = folder.resolve("whole.flac");
        AudioWriter.write(file, AudioRoundTripTest.noise(1, 20_000, 48_000), SampleFormat.PCM_16, true);
        return Files.readAllBytes(file);
    }

    private static byte[] ogg() throws IOException {
        try (InputStream in = AudioErrorsTest.class.getResourceAsStream("sines.ogg")) {
            return in.readAllBytes();
        }
    }
}
