package org.chanterelle.train.soundfont;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.chanterelle.audiofile.AudioClip;
import org.chanterelle.signal.Units;
import org.chanterelle.signal.UserError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Needs fluidsynth, which bin/verify installs; reported as skipped, never as passed, without it. */
final class FluidSynthTest {
    @TempDir
    Path folder;

    @Test
    void playsEveryNoteWhereItIsCut() {
        assumeTrue(isInstalled(), "fluidsynth is not installed");
        Path font = SmallSoundFont.write(folder.resolve("two.sf2"));
        AudioClip sound = FluidSynth.find(font, 0.5).play(NoteScore.of(40, List.of(60, 72, 81), 100));
        assertThat(sound.sampleRateHz()).isEqualTo(NoteScore.RATE_HZ);
        int[] pitches = {60, 72, 81};
        for (int i = 0; i < pitches.length; i++) {
            float[] note = NoteScore.cut(sound, i);
            assertThat(first(note, 0.01f * peak(note))).as("first frame of note " + i).isLessThan(8);
            assertThat(note[0]).isCloseTo(0f, within(0.02f * peak(note)));
            assertThat(crossingsPerSecond(note)).isCloseTo(2 * Units.midiToHz(pitches[i]) * 441 / 440, within(3.0));
            assertThat(rms(note, 40_000, 47_000)).isGreaterThan(0.01);
            assertThat(rms(note, 52_000, 64_000)).isLessThan(1e-4);
        }
    }

    @Test
    void isTheSameEveryTime() {
        assumeTrue(isInstalled(), "fluidsynth is not installed");
        Path font = SmallSoundFont.write(folder.resolve("two.sf2"));
        float[] once = FluidSynth.find(font, 0.5).play(NoteScore.of(73, List.of(60), 50)).mono();
        assertThat(FluidSynth.find(font, 0.5).play(NoteScore.of(73, List.of(60), 50)).mono()).isEqualTo(once);
    }

    @Test
    void withoutTheProgramTheRemedyIsTold() throws IOException {
        Path empty = Files.createDirectory(folder.resolve("bin"));
        assertThatThrownBy(() -> FluidSynth.find(empty.toString(), folder, 0.5)).isInstanceOf(UserError.class)
                .hasMessageContaining("apt-get install fluidsynth");
        assertThatThrownBy(() -> FluidSynth.find(null, folder, 0.5)).isInstanceOf(UserError.class);
    }

    private static boolean isInstalled() {
        return Stream.of(System.getenv("PATH").split(java.io.File.pathSeparator))
                .anyMatch(place -> Files.isExecutable(Path.of(place, "fluidsynth")));
    }

    private static int first(float[] audio, float above) {
        int n = 0;
        while (n < audio.length && Math.abs(audio[n]) < above) {
            n++;
        }
        return n;
    }

    private static float peak(float[] audio) {
        float peak = 0;
        for (float sample : audio) {
            peak = Math.max(peak, Math.abs(sample));
        }
        return peak;
    }

    private static double rms(float[] audio, int from, int to) {
        double sum = 0;
        for (int n = from; n < to; n++) {
            sum += (double) audio[n] * audio[n];
        }
        return Math.sqrt(sum / (to - from));
    }

    private static double crossingsPerSecond(float[] audio) {
        int crossings = 0;
        for (int n = 16_000; n < 32_000; n++) {
            crossings += audio[n] >= 0 != audio[n - 1] >= 0 ? 1 : 0;
        }
        return crossings;
    }
}
