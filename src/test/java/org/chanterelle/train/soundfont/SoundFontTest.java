package org.chanterelle.train.soundfont;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.chanterelle.signal.UserError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sound font tells which sample a key plays. */
final class SoundFontTest {
    @TempDir
    Path folder;

    @Test
    void tellsTheSampleOfEveryKey() {
        SoundFont font = SoundFont.read(SmallSoundFont.write(folder.resolve("two.sf2")));
        assertThat(font.samples(40, 0, 100)).containsExactly(0);
        assertThat(font.samples(40, 65, 1)).containsExactly(0);
        assertThat(font.samples(40, 66, 127)).containsExactly(1);
        assertThat(font.samples(73, 60, 100)).containsExactly(0);
    }

    @Test
    void aPresetsRangeLimitsItsInstrument() {
        SoundFont font = SoundFont.read(SmallSoundFont.write(folder.resolve("two.sf2")));
        assertThat(font.samples(73, 59, 100)).isEmpty();
        assertThat(font.samples(1, 60, 100)).isEmpty();
        assertThat(font.hasProgram(73)).isTrue();
        assertThat(font.hasProgram(1)).isFalse();
    }

    @Test
    void tellsItsNameAndCopyright() {
        SoundFont font = SoundFont.read(SmallSoundFont.write(folder.resolve("two.sf2")));
        assertThat(font.info("INAM")).isEqualTo("Two sines");
        assertThat(font.info("ICOP")).isEqualTo("nobody");
        assertThat(font.info("ICMT")).isEmpty();
    }

    @Test
    void damagedFontsAreToldInOneLine() throws IOException {
        byte[] whole = SmallSoundFont.bytes();
        byte[] wild = whole.clone();
        Arrays.fill(wild, whole.length - 400, whole.length - 200, (byte) 0xff);
        for (byte[] damaged : List.of(new byte[0], new byte[100], Arrays.copyOf(whole, 200),
                Arrays.copyOf(whole, whole.length / 2),
                Arrays.copyOf(whole, whole.length - 300), wild)) {
            Path file = Files.write(folder.resolve("bad.sf2"), damaged);
            assertThatThrownBy(() -> SoundFont.read(file)).isInstanceOf(UserError.class).hasMessageContaining("bad.sf2")
                    .satisfies(e -> assertThat(e.getMessage()).hasLineCount(1));
        }
        assertThatThrownBy(() -> SoundFont.read(folder.resolve("none.sf2"))).isInstanceOf(UserError.class)
                .hasMessageContaining("none.sf2");
    }
}
