package org.chanterelle.generate.codes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.chanterelle.audiofile.AudioClip;
import org.chanterelle.audiofile.AudioReader;
import org.chanterelle.audiofile.AudioWriter;
import org.chanterelle.model.jukebox.TestVqVaeModels;
import org.chanterelle.model.jukebox.VqVaeConfig;
import org.chanterelle.model.jukebox.VqVaeFolder;
import org.chanterelle.signal.UserError;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CodeFileTest {
    private static final int FRAMES = 9001;

    @TempDir
    Path folder;
    private VqVaeFolder model;
    private Path codes;

    @BeforeEach
    void encode() throws IOException {
        model = VqVaeFolder.load(TestVqVaeModels.write(folder.resolve("small"), TestVqVaeModels.small(), 3));
        Path recording = folder.resolve("in.wav");
        AudioWriter.write(recording, new AudioClip(new float[][] {noise(FRAMES, 1), noise(FRAMES, 2)}, 32000), false);
        codes = folder.resolve("codes");
        CodeHeader header = Transcoding.encode(recording, codes, model, false, share -> assertThat(share).isBetween(0.0, 1.0));
        assertThat(header.frames()).isEqualTo(Math.round(FRAMES / 2.0));
        assertThat(Files.size(codes)).isEqualTo(header.bytes() + (header.codes() * 4 + 7) / 8 + 4);
    }

    @Test
    void theRecordingComesBackInItsLengthInBothFormats() throws IOException {
        for (String name : List.of("out.wav", "out.flac")) {
            Path out = folder.resolve(name);
            try (CodeFile file = CodeFile.open(codes)) {
                Transcoding.decode(file, codes, out, model, false, share -> assertThat(share).isBetween(0.0, 1.0));
            }
            AudioClip clip = AudioReader.read(out);
            assertThat(clip.frames()).isEqualTo((int) Math.round(FRAMES / 2.0));
            assertThat(clip.sampleRateHz()).isEqualTo(16000);
        }
        assertThat(AudioReader.read(folder.resolve("out.wav")).mono())
                .isEqualTo(AudioReader.read(folder.resolve("out.flac")).mono());
    }

    @Test
    void anyDamagedByteIsNoticed() throws IOException {
        byte[] whole = Files.readAllBytes(codes);
        Path damaged = folder.resolve("damaged");
        for (int at = 0; at < whole.length; at += at < 60 ? 1 : 97) {
            byte[] bytes = whole.clone();
            bytes[at] ^= 0x10;
            Files.write(damaged, bytes);
            assertThatThrownBy(() -> CodeFile.open(damaged)).as("byte " + at).isInstanceOf(UserError.class)
                    .hasMessageContaining("damaged");
        }
    }

    @Test
    void aCutOrEmptyOrMissingFileIsRefusedInOneLine() throws IOException {
        byte[] whole = Files.readAllBytes(codes);
        Path cut = folder.resolve("cut");
        for (int length : new int[] {0, 7, 30, whole.length - 1}) {
            Files.write(cut, java.util.Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> CodeFile.open(cut)).isInstanceOf(UserError.class).message().hasLineCount(1);
        }
        assertThatThrownBy(() -> CodeFile.open(folder.resolve("none"))).isInstanceOf(UserError.class)
                .hasMessageContaining("found nothing");
    }

    @Test
    void codesOfAnotherLevelOrTrainingAreRefused() throws IOException {
        VqVaeConfig top = new VqVaeConfig(16000, 2, List.of(2, 1, 1), 5, 2, 3, 0, 4, 16);
        VqVaeFolder other = VqVaeFolder.load(TestVqVaeModels.write(folder.resolve("top"), top, 3));
        VqVaeFolder again = VqVaeFolder.load(TestVqVaeModels.write(folder.resolve("again"), TestVqVaeModels.small(), 4));
        try (CodeFile file = CodeFile.open(codes)) {
            assertThatThrownBy(() -> Transcoding.decode(file, codes, folder.resolve("x.wav"), other, false, share -> {}))
                    .isInstanceOf(UserError.class).hasMessageContaining("codes of level 1, hop 8; top is of level 2, hop 16");
            assertThatThrownBy(() -> Transcoding.decode(file, codes, folder.resolve("x.wav"), again, false, share -> {}))
                    .isInstanceOf(UserError.class).hasMessageContaining("another version");
        }
        assertThat(folder.resolve("x.wav")).doesNotExist();
    }

    @Test
    void anEmptyRecordingLeavesNoFile() {
        Path empty = folder.resolve("empty.wav");
        AudioWriter.write(empty, AudioClip.mono(new float[0], 16000), false);
        Path out = folder.resolve("empty-codes");
        assertThatThrownBy(() -> Transcoding.encode(empty, out, model, false, share -> {})).isInstanceOf(UserError.class)
                .hasMessageContaining("0 frames");
        assertThat(out).doesNotExist();
    }

    private static float[] noise(int length, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] noise = new float[length];
        for (int i = 0; i < length; i++) {
            noise[i] = (float) (random.nextDouble() - 0.5);
        }
        return noise;
    }
}
