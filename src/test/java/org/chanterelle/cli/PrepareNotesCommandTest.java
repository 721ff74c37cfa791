package org.chanterelle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.chanterelle.train.soundfont.SmallSoundFont;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What cannot be rendered is told in one line, with exit code 2, and nothing is begun. */
final class PrepareNotesCommandTest {
    @TempDir
    Path folder;

    @Test
    void hasHelp() {
        Invocation help = Invocation.of("prepare", "notes", "--help");
        assertThat(help.exitCode()).isZero();
        assertThat(help.out()).contains("Usage: chanterelle prepare notes", "--sound-font", "--velocities");
        assertThat(Invocation.of("prepare").err()).contains("expected what to prepare: notes");
    }

    @Test
    void aSoundFontThatIsNotThere() {
        assertRefused("none.sf2", "--sound-font", folder.resolve("none.sf2").toString());
    }

    @Test
    void aSoundFontThatIsNone() throws IOException {
        Path file = Files.writeString(folder.resolve("song.sf2"), "Once upon a time there was a chanterelle.");
        assertRefused("not a sound font", "--sound-font", file.toString());
    }

    @ParameterizedTest
    @CsvSource({
            "--programs, kazoo, kazoo",
            "--programs, tuba, 'no program 58 (tuba)'",
            "--lowest, 200, --lowest",
            "--highest, 54, 'no notes to render'",
            "--velocities, '0,50', --velocities 0",
            "--gain, NaN, --gain",
            "--seed, many, --seed",
    })
    void anArgumentThatCannotBe(String option, String value, String told) {
        String font = SmallSoundFont.write(folder.resolve("two.sf2")).toString();
        String programs = option.equals("--programs") ? value : "violin,73";
        if (option.equals("--programs")) {
            assertRefused(told, "--sound-font", font, "--programs", programs);
        } else {
            assertRefused(told, "--sound-font", font, "--programs", programs, option, value);
        }
    }

    private void assertRefused(String told, String... options) {
        Path out = folder.resolve("notes");
        String[] arguments = java.util.stream.Stream
                .concat(java.util.stream.Stream.of("prepare", "notes", "--out", out.toString()), java.util.Arrays.stream(options))
                .toArray(String[]::new);
        Invocation invocation = Invocation.of(arguments);
        assertThat(invocation.err()).hasLineCount(1).contains(told).doesNotContain("Exception", "unexpected");
        assertThat(invocation.exitCode()).isEqualTo(2);
        assertThat(out).doesNotExist();
    }
}
