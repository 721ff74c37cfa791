package org.chanterelle.audiofile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AudioFormatsTest {
    @TempDir
    private Path folder;

    @Test
    void eightBitWavIsUnsigned() throws IOException {
        byte[] data = {0, (byte) 0x80, (byte) 0xc0};
        assertThat(read(AudioBytes.wav(AudioBytes.PCM, 1, 8000, 8, data)).mono()).containsExactly(-1, 0, 0.5f);
    }

    @Test
    void wideIntegersAreLittleEndianInWav() throws IOException {
        assertThat(read(AudioBytes.wav(AudioBytes.PCM, 1, 8000, 16, new byte[] {0, 0x40})).mono()).containsExactly(0.5f);
        assertThat(read(AudioBytes.wav(AudioBytes.PCM, 1, 8000, 24, new byte[] {0, 0, (byte) 0xc0})).mono())
                .containsExactly(-0.5f);
        assertThat(read(AudioBytes.wav(AudioBytes.PCM, 1, 8000, 32, new byte[] {0, 0, 0, 0x20})).mono()).containsExactly(0.25f);
    }

    @Test
    void extensibleWavIsReadAsWhatItExtends() throws IOException {
        AudioClip clip = read(AudioBytes.wav(AudioBytes.EXTENSIBLE, 2, 48_000, 24, new byte[] {0, 0, 0x40, 0, 0, (byte) 0xc0}));
        assertThat(clip.channels()).isDeepEqualTo(new float[][] {{0.5f}, {-0.5f}});
    }

    @Test
    void aStreamedWavOfUnknownLengthIsReadToItsEnd() throws IOException {
        byte[] data = AudioBytes.floats(0.5f, -0.5f, 0.25f);
        assertThat(read(AudioBytes.wav(AudioBytes.FLOAT, 1, 48_000, 32, 0xffff_ffffL, data)).mono()).containsExactly(0.5f, -0.5f,
                0.25f);
    }

    @Test
    void aiffIsBigEndianUnlessItSaysOtherwise() throws IOException {
        byte[] bytes = {0x40, 0x20};
        AudioClip big = read(AudioBytes.aiff(null, 1, 16, 1, bytes));
        assertThat(big.mono()).containsExactly(0x4020 / 32_768f);
        assertThat(big.sampleRateHz()).isEqualTo(48_000);
        assertThat(read(AudioBytes.aiff("sowt", 1, 16, 1, bytes)).mono()).containsExactly(0x2040 / 32_768f);
        assertThat(read(AudioBytes.aiff(null, 1, 8, 2, bytes)).mono()).containsExactly(0.5f, 0.25f);
        byte[] half = {0x3f, 0, 0, 0};
        assertThat(read(AudioBytes.aiff("fl32", 1, 32, 1, half)).mono()).containsExactly(0.5f);
    }

    /** The reader compares the MD5 sum that the reference encoder left in the file: to be read at all is to be read exactly. */
    @Test
    void aFlacFileOfTheReferenceEncoderIsReadExactly() throws IOException {
        AudioClip clip = AudioReader.read(resource("reference-24bit.flac"));
        assertThat(clip.channels()).hasNumberOfRows(2);
        assertThat(clip.frames()).isEqualTo(2400);
        assertThat(clip.sampleRateHz()).isEqualTo(48_000);
    }

    @Test
    void oggVorbisIsReadAtItsLengthAndPitch() throws IOException {
        AudioClip clip = AudioReader.read(resource("sines.ogg"));
        assertThat(clip.sampleRateHz()).isEqualTo(44_100);
        assertThat(clip.frames()).isEqualTo(22_050);
        assertThat(amplitudeAt(clip.channels()[0], 440, 44_100)).isCloseTo(0.5, within(0.02));
        assertThat(amplitudeAt(clip.channels()[1], 660, 44_100)).isCloseTo(0.5, within(0.02));
    }

    private static double amplitudeAt(float[] samples, double hz, double rateHz) {
        double re = 0;
        double im = 0;
        for (int i = 0; i < samples.length; i++) {
            re += samples[i] * Math.cos(2 * Math.PI * hz * i / rateHz);
            im += samples[i] * Math.sin(2 * Math.PI * hz * i / rateHz);
        }
        return 2 * Math.hypot(re, im) / samples.length;
    }

    private AudioClip read(byte[] bytes) throws IOException {
        return AudioReader.read(Files.write(folder.resolve("clip"), bytes));
    }

    private Path resource(String name) throws IOException {
        try (InputStream in = AudioFormatsTest.class.getResourceAsStream(name)) {
            return Files.write(folder.resolve(name), in.readAllBytes());
        }
    }
}
