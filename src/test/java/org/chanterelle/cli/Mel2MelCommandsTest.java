package org.chanterelle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.chanterelle.audiofile.AudioReader;
import org.chanterelle.audiofile.MidiWriter;
import org.chanterelle.model.mel2mel.TestMel2MelModels;
import org.chanterelle.signal.TimedMidi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(InstalledModel.class)
class Mel2MelCommandsTest {
    @TempDir
    Path folder;

    private Path midi;
    private Path model;

    @BeforeEach
    void writesAModelAndAScore() {
        model = TestMel2MelModels.write(folder.resolve("small"), TestMel2MelModels.smallConfig(), 1).path();
        midi = folder.resolve("in.mid");
        MidiWriter.write(midi, List.of(new TimedMidi(0, 0x90, 60, 100), new TimedMidi(0.5, 0x80, 60, 0)), false);
    }

    private Path preset(String choice) throws IOException {
        return Files.writeString(folder.resolve("m.json"), """
                {"formatVersion": 1, "name": "m", "description": "A test.", "model": "%s", "engine": "mel2mel",
                 "input": "midi", "mel2mel": %s}
                """.formatted(model, choice));
    }

    private Invocation render(String choice) throws IOException {
        return Invocation.of("render", midi.toString(), folder.resolve("out.wav").toString(), "--preset",
                preset(choice).toString(), "--rate", "16000", "--force");
    }

    private static void assertRefused(Invocation invocation, String word) {
        assertThat(invocation.exitCode()).as(invocation.err()).isEqualTo(2);
        assertThat(invocation.err()).contains(word);
        assertThat(invocation.err().strip().lines()).hasSize(1);
    }

    @Test
    void aScoreIsRenderedInATimbreByNameByNumbersAndByItsPrograms() throws IOException {
        for (String choice : List.of("{\"instrument\": \"organ\", \"vocoder\": \"griffin-lim\"}",
                "{\"timbre\": [0.5, 1], \"vocoder\": \"griffin-lim\"}", "{\"vocoder\": \"griffin-lim\"}")) {
            Invocation invocation = render(choice);
            assertThat(invocation.exitCode()).as(invocation.err()).isZero();
            assertThat(AudioReader.read(folder.resolve("out.wav")).seconds()).isBetween(2.4, 2.6);
        }
        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("small", "in.mid", "m.json", "out.wav");
    }

    @Test
    void atAQuarterOfTheTempoNotesLastFourTimesAsLong() throws IOException {
        String[] command = {"render", midi.toString(), folder.resolve("out.wav").toString(), "--preset",
                preset("{\"instrument\": \"organ\", \"vocoder\": \"griffin-lim\"}").toString(), "--rate", "16000", "--tempo",
                "0.25"};
        Invocation invocation = Invocation.of(command);
        assertThat(invocation.exitCode()).as(invocation.err()).isZero();
        // Half a second, and what sounds on after it, which is as long as ever.
        assertThat(AudioReader.read(folder.resolve("out.wav")).seconds()).isBetween(3.8, 4.2);
        command[2] = folder.resolve("x.wav").toString();
        command[command.length - 1] = "0";
        assertRefused(Invocation.of(command), "--tempo");
        assertThat(folder.resolve("x.wav")).doesNotExist();
    }

    @Test
    void aMorphIsRendered() {
        Invocation invocation = Invocation.of("morph", midi.toString(), folder.resolve("out.flac").toString(), "--model",
                model.toString(), "--from", "harp", "--to", "organ", "--json");
        assertThat(invocation.exitCode()).as(invocation.err()).isZero();
        assertThat(invocation.out()).contains("\"morph\": \"harp to organ\"");
        assertRefused(Invocation.of("morph", midi.toString(), folder.resolve("x.wav").toString(), "--model", model.toString(),
                "--from", "harp", "--to", "kazoo"), "--to kazoo: no such instrument");
        assertRefused(Invocation.of("morph", midi.toString(), folder.resolve("x.wav").toString(), "--model", model.toString(),
                "--from", "harp", "--to", "organ", "--at", "2"), "--at 2");
    }

    @Test
    void whatCannotBeRenderedIsToldInALine() throws IOException {
        assertRefused(render("{\"instrument\": \"kazoo\", \"vocoder\": \"griffin-lim\"}"), "kazoo");
        assertRefused(render("{\"timbre\": [1], \"vocoder\": \"griffin-lim\"}"), "have 2");
        assertRefused(render("{\"vocoder\": \"box\"}"), "box: no such model");
        assertRefused(render("{\"timbre\": [1, \"a\"], \"vocoder\": \"griffin-lim\"}"), "a list of 1 to 256 numbers");
        assertRefused(Invocation.of("play", "--driver", "file", "--in", midi.toString(), "--out",
                folder.resolve("x.wav").toString(), "--preset", preset("{\"vocoder\": \"griffin-lim\"}").toString()),
                "does not play live");
        MidiWriter.write(midi, List.of(new TimedMidi(0, 0x99, 60, 100)), true);
        assertRefused(render("{\"vocoder\": \"griffin-lim\"}"), "only drums");
        MidiWriter.write(midi, List.of(new TimedMidi(0, 0xb0, 7, 100)), true);
        assertRefused(render("{\"vocoder\": \"griffin-lim\"}"), "no notes");
    }

    @Test
    void tenThousandSimultaneousNotesAreRendered() throws IOException {
        List<TimedMidi> notes = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            notes.add(new TimedMidi(0, 0x90 | i / 88 % 9, 21 + i % 88, 100));
        }
        notes.add(new TimedMidi(1, 0xb0, 7, 100));
        MidiWriter.write(midi, notes, true);
        Invocation invocation = render("{\"vocoder\": \"griffin-lim\"}");
        assertThat(invocation.exitCode()).as(invocation.err()).isZero();
        float[] audio = AudioReader.read(folder.resolve("out.wav")).mono();
        float peak = 0;
        for (float sample : audio) {
            assertThat(sample).isFinite();
            peak = Math.max(peak, Math.abs(sample));
        }
        assertThat(peak).isBetween(1e-3f, 1f);
    }

    @Test
    void aTruncatedFileIsToldInALine() throws IOException {
        byte[] bytes = Files.readAllBytes(midi);
        Files.write(midi, Arrays.copyOf(bytes, bytes.length - 6));
        assertRefused(render("{\"vocoder\": \"griffin-lim\"}"), "in.mid");
        Files.write(midi, new byte[0]);
        assertRefused(render("{\"vocoder\": \"griffin-lim\"}"), "in.mid");
        assertThat(folder.resolve("out.wav")).doesNotExist();
    }
}
