package org.chanterelle.audiofile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.chanterelle.audiofile.AudioWriter.SampleFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WavStreamTest {
    @TempDir
    private Path folder;

    private Path file() {
        return folder.resolve("a.wav");
    }

    private WavStream stream(SampleFormat format) throws IOException {
        return new WavStream(FileChannel.open(file(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), 48_000, format);
    }

    @ParameterizedTest
    @EnumSource
    void isTheSameFileAsOneWrittenAtOnce(SampleFormat format) throws IOException {
        AudioClip clip = AudioRoundTripTest.noise(2, 10_000, 48_000);
        try (WavStream stream = stream(format)) {
            stream.write(clip.channels()[0], clip.channels()[1], 0, 9_000);
            stream.write(clip.channels()[0], clip.channels()[1], 9_000, 1_000);
            assertThat(stream.finish()).isEqualTo(10_000);
        }
        Path atOnce = folder.resolve("b.wav");
        AudioWriter.write(atOnce, clip, format, false);
        assertThat(file()).hasSameBinaryContentAs(atOnce);
    }

    @Test
    void canBeReadEvenIfItWasNeverFinished() throws IOException {
        AudioClip clip = AudioRoundTripTest.noise(2, 10_000, 48_000);
        try (WavStream stream = stream(SampleFormat.PCM_24)) {
            stream.write(clip.channels()[0], clip.channels()[1], 0, clip.frames());
        }
        assertThat(AudioReader.read(file()).frames()).isEqualTo(10_000);
    }

    @Test
    void halfAFrameAtTheEndIsCutOff() throws IOException {
        try (WavStream stream = stream(SampleFormat.PCM_24)) {
            stream.write(new float[10], new float[10], 0, 10);
            Files.write(file(), new byte[5], StandardOpenOption.APPEND);
            assertThat(stream.finish()).isEqualTo(10);
        }
        assertThat(Files.size(file())).isEqualTo(44 + 60);
        assertThat(AudioReader.read(file()).frames()).isEqualTo(10);
    }

    @Test
    void theLongestFileFitsIntoTheSizesOfItsHeader() {
        assertThat(44 + 6 * WavStream.maxFrames(SampleFormat.PCM_24)).isBetween(0xffff_ffffL - 6, 0xffff_ffffL);
    }
}
