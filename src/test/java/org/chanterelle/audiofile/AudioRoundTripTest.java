package org.chanterelle.audiofile;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Random;
import org.chanterelle.audiofile.AudioWriter.SampleFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AudioRoundTripTest {
    @TempDir
    private Path folder;

    @Test
    void whatIsWrittenAsPcmIsReadBackToHalfAStep() {
        for (String extension : new String[] {"wav", "flac"}) {
            for (SampleFormat format : new SampleFormat[] {SampleFormat.PCM_16, SampleFormat.PCM_24}) {
                for (int channels : new int[] {1, 2, 8}) {
                    AudioClip clip = noise(channels, 10_007, 44_100);
                    Path file = folder.resolve(format + "-" + channels + "." + extension);
                    AudioWriter.write(file, clip, format, false);
                    AudioClip read = AudioReader.read(file);
                    assertThat(read.sampleRateHz()).isEqualTo(44_100);
                    assertThat(largestDifference(read, clip)).isLessThanOrEqualTo(Math.scalb(0.5001f, 1 - format.bits));
                }
            }
        }
    }

    @Test
    void floatWavIsReadBackExactly() {
        AudioClip clip = noise(3, 5000, 96_000);
        Path file = folder.resolve("float.wav");
        AudioWriter.write(file, clip, SampleFormat.FLOAT_32, false);
        assertThat(AudioReader.read(file).channels()).isDeepEqualTo(clip.channels());
    }

    @Test
    void probeTellsWhatTheHeaderTells() {
        Path wav = folder.resolve("a.wav");
        Path flac = folder.resolve("a.flac");
        AudioClip clip = noise(2, 1234, 48_000);
        AudioWriter.write(wav, clip, false);
        AudioWriter.write(flac, clip, SampleFormat.PCM_16, false);
        assertThat(AudioReader.probe(wav)).isEqualTo(new AudioInfo(AudioFileType.WAV, 48_000, 2, 1234, 24));
        assertThat(AudioReader.probe(flac)).isEqualTo(new AudioInfo(AudioFileType.FLAC, 48_000, 2, 1234, 16));
    }

    @Test
    void beyondFullScalePcmSaturates() {
        Path file = folder.resolve("loud.wav");
        AudioWriter.write(file, AudioClip.mono(new float[] {2, -2, 1, -1}, 8000), SampleFormat.PCM_16, false);
        float top = 32_767 / 32_768f;
        assertThat(AudioReader.read(file).mono()).containsExactly(top, -1, top, -1);
    }

    @Test
    void monoIsTheMeanOfAllChannels() {
        AudioClip clip = new AudioClip(new float[][] {{1, 0}, {0.5f, 0}, {0, 0}, {0.5f, -1}}, 48_000);
        assertThat(clip.mono()).containsExactly(0.5f, -0.25f);
    }

    static AudioClip noise(int channels, int frames, int sampleRateHz) {
        Random random = new Random(7);
        float[][] samples = new float[channels][frames];
        for (float[] channel : samples) {
            for (int i = 0; i < frames; i++) {
                channel[i] = 1.8f * random.nextFloat() - 0.9f;
            }
        }
        return new AudioClip(samples, sampleRateHz);
    }

    private static float largestDifference(AudioClip a, AudioClip b) {
        assertThat(a.channels().length).isEqualTo(b.channels().length);
        assertThat(a.frames()).isEqualTo(b.frames());
        float largest = 0;
        for (int c = 0; c < a.channels().length; c++) {
            for (int i = 0; i < a.frames(); i++) {
                largest = Math.max(largest, Math.abs(a.channels()[c][i] - b.channels()[c][i]));
            }
        }
        return largest;
    }
}
