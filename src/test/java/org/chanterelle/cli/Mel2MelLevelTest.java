package org.chanterelle.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.chanterelle.audiofile.AudioClip;
import org.chanterelle.audiofile.AudioReader;
import org.chanterelle.audiofile.MidiBytes;
import org.chanterelle.evaluate.Lufs;
import org.chanterelle.signal.TimedMidi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A melody on each preset of Mel2Mel is as loud as on those that play live (PresetLevelTest): -18 LUFS. */
class Mel2MelLevelTest {
    private static final int[] MELODY = {62, 66, 69, 74, 73, 71, 69, 66, 67, 71, 74, 79, 78, 76, 74, 69, 62, 57, 55};
    private static final int VELOCITY = 90;

    private static final String HOME = "chanterelle.home";

    @TempDir
    Path folder;

    private String home;

    @BeforeEach
    void playsTheShippedPresets() {
        home = System.getProperty(HOME);
        System.setProperty(HOME, Path.of("").toAbsolutePath().toString());
    }

    @AfterEach
    void leavesTheOtherTestsTheirs() {
        if (home == null) {
            System.clearProperty(HOME);
        } else {
            System.setProperty(HOME, home);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"grand-piano", "electric-piano", "vibraphone", "church-organ", "nylon-guitar", "pizzicato-strings",
            "harp",
            "string-ensemble", "trumpet", "saw-lead"})
    void aMelodyIsAsLoudAsAny(String instrument) {
        List<TimedMidi> messages = new ArrayList<>();
        for (int i = 0; i < MELODY.length; i++) {
            messages.add(new TimedMidi(0.1 + i * 0.5, 0x90, MELODY[i], VELOCITY));
            messages.add(new TimedMidi(0.55 + i * 0.5, 0x80, MELODY[i], 0));
        }
        Path score = MidiBytes.write(folder.resolve("melody.mid"), messages);
        Path out = folder.resolve("melody.wav");
        Invocation render = Invocation.of("render", score.toString(), out.toString(), "--preset", "mel2mel-" + instrument);
        assertThat(render.exitCode()).as(render.err()).isZero();
        AudioClip clip = AudioReader.read(out);
        float[][] bothSpeakers = {clip.mono(), clip.mono()};
        assertThat(Lufs.integrated(bothSpeakers, clip.sampleRateHz())).isCloseTo(-18, within(1.0));
    }
}
