package org.chanterelle.audiofile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.chanterelle.audiofile.AudioWriter.SampleFormat;
import org.chanterelle.signal.UserError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFileTest {
    /** Every write to this device fails as on a full disk. */
    private static final Path FULL_DEVICE = Path.of("/dev/full");
    /** A folder in which not even root may create a file. */
    private static final Path UNWRITABLE_FOLDER = Path.of("/proc");

    @TempDir
    private Path folder;

    @Test
    void aWholeFileAppearsUnderItsNameAlone() throws IOException {
        Path target = folder.resolve("card.json");
        OutputFile.write(target, false, partial -> Files.writeString(partial, "whole"));
        assertThat(target).hasContent("whole");
        assertThat(namesIn(folder)).containsExactly("card.json");
    }

    @Test
    void whatExistsIsNotOverwrittenWithoutForce() throws IOException {
        Path target = Files.writeString(folder.resolve("violin.wav"), "old");
        assertThat(refusal(target, false)).contains("exists already", "--force");
        assertThat(target).hasContent("old");
        OutputFile.write(target, true, partial -> Files.writeString(partial, "new"));
        assertThat(target).hasContent("new");
    }

    @Test
    void afterAFailureNothingIsLeftAndTheOldFileIsAsItWas() throws IOException {
        Path target = Files.writeString(folder.resolve("violin.wav"), "old");
        UserError error = catchThrowableOfType(UserError.class, () -> OutputFile.write(target, true, partial -> {
            Files.writeString(partial, "half");
            throw new IOException("the cable was pulled");
        }));
        assertThat(error).hasMessageContaining("violin.wav: writing failed: the cable was pulled");
        assertThat(error.exitCode).isEqualTo(1);
        assertThat(target).hasContent("old");
        assertThat(namesIn(folder)).containsExactly("violin.wav");
    }

    @Test
    void aBugInTheWriterLeavesNothingBehindEither() throws IOException {
        assertThatThrownBy(() -> OutputFile.write(folder.resolve("a"), false, partial -> {
            throw new IllegalStateException("a bug");
        })).isInstanceOf(IllegalStateException.class);
        assertThat(namesIn(folder)).isEmpty();
    }

    @Test
    void aFullDiskIsToldInOneLineForEachFormat() throws IOException {
        AudioClip clip = AudioRoundTripTest.noise(2, 50_000, 48_000);
        for (boolean flac : new boolean[] {false, true}) {
            Path target = folder.resolve(flac ? "violin.flac" : "violin.wav");
            UserError error = catchThrowableOfType(UserError.class,
                    () -> OutputFile.write(target, false,
                            partial -> AudioWriter.encode(FULL_DEVICE, flac, clip, SampleFormat.PCM_16)));
            assertThat(error.getMessage()).startsWith(target + ": writing failed: ").contains("No space left", "free some space")
                    .doesNotContain("\n");
            assertThat(error.exitCode).isEqualTo(1);
        }
        assertThat(namesIn(folder)).isEmpty();
    }

    @Test
    void aFolderThatCannotBeWrittenToIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        assertThat(refusal(UNWRITABLE_FOLDER.resolve("violin.wav"), false)).contains("/proc cannot be written to",
                "name another");
        assertThat(refusal(folder.resolve("missing").resolve("violin.wav"), false)).contains("missing does not exist",
                "Create it");
        assertThat(refusal(file.resolve("violin.wav"), false)).contains("is not a folder");
        assertThat(refusal(folder, true)).contains("found a directory");
    }

    @Test
    void aNameThatTellsNoFormatIsRefused() {
        AudioClip clip = AudioClip.mono(new float[10], 48_000);
        assertThatThrownBy(() -> AudioWriter.write(folder.resolve("violin.mp3"), clip, false)).isInstanceOf(UserError.class)
                .hasMessageContaining(".wav or .flac");
        assertThatThrownBy(() -> AudioWriter.write(folder.resolve("a.flac"), clip, SampleFormat.FLOAT_32, false))
                .isInstanceOf(UserError.class).hasMessageContaining("no float");
        AudioClip nine = new AudioClip(new float[9][10], 48_000);
        assertThatThrownBy(() -> AudioWriter.write(folder.resolve("a.flac"), nine, false)).isInstanceOf(UserError.class)
                .hasMessageContaining("at most 8 channels");
    }

    private static String refusal(Path target, boolean force) {
        UserError error = catchThrowableOfType(UserError.class,
                () -> OutputFile.write(target, force, partial -> Files.writeString(partial, "x")));
        assertThat(error.exitCode).isEqualTo(2);
        assertThat(error.getMessage()).startsWith(target + ": ").doesNotContain("\n");
        return error.getMessage();
    }

    private static List<String> namesIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
