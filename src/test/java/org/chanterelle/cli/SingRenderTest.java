package org.chanterelle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.chanterelle.audiofile.AudioReader;
import org.chanterelle.preset.Preset;
import org.chanterelle.preset.PresetFolder;
import org.chanterelle.model.sing.TestSingModels;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code render} and {@code play} with a SING preset, and what they refuse. */
@ExtendWith(InstalledModel.class)
class SingRenderTest {
    @TempDir
    Path folder;

    private Path model;
    private Path midi;

    @BeforeEach
    void prepares() throws IOException {
        model = TestSingModels.write(folder.resolve("notes"), TestSingModels.smallConfig(), 5);
        midi = folder.resolve("song.mid");
        byte[] track = {0, (byte) 0x90, 60, 80, 0, (byte) 0x90, 64, 100, (byte) 0x83, 0x60, (byte) 0x80, 60, 0, 0, (byte) 0x80,
                64, 0, 0,
                (byte) 0xff, 0x2f, 0};
        byte[] head = {'M', 'T', 'h', 'd', 0, 0, 0, 6, 0, 0, 0, 1, 0x01, (byte) 0xe0, 'M', 'T', 'r', 'k', 0, 0, 0,
                (byte) track.length};
        try (OutputStream out = Files.newOutputStream(midi)) {
            out.write(head);
            out.write(track);
        }
    }

    @Test
    void aMidiFileIsRenderedTheSameEachTimeAndAsPlayed() throws IOException {
        Path preset = preset("brass_a", "streaming", "midi");
        assertThat(run("render", midi, out("a.wav"), "--preset", preset).exitCode()).isZero();
        assertThat(run("render", midi, out("b.wav"), "--preset", preset).exitCode()).isZero();
        assertThat(out("a.wav")).hasSameBinaryContentAs(out("b.wav"));
        assertThat(AudioReader.read(out("a.wav")).seconds()).isGreaterThan(0.4);
        Invocation play = run("play", "--driver", "file", "--in", midi, "--out", out("c.wav"), "--preset", preset);
        assertThat(play.exitCode()).as(play.err()).isZero();
        assertThat(out("c.wav")).hasSameBinaryContentAs(out("a.wav"));
    }

    @Test
    void aBankDoesNotChangeWhatIsRenderedAtTheVelocitiesItHas() throws IOException {
        assertThat(run("render", midi, out("a.wav"), "--preset", preset("brass_a", "streaming", "midi")).exitCode()).isZero();
        assertThat(run("render", midi, out("b.wav"), "--preset", preset("brass_a", "bank", "midi")).exitCode()).isZero();
        assertThat(out("a.wav")).hasSameBinaryContentAs(out("b.wav"));
    }

    @Test
    void eachInstrumentGetsAPresetAsLoudAsTheOthers() throws IOException {
        Invocation make = run("presets", "make", "--model", model, "--out", folder.resolve("made"));
        assertThat(make.exitCode()).as(make.err()).isZero();
        PresetFolder made = new PresetFolder(folder.resolve("made"));
        assertThat(made.names()).containsExactly("sing-brass-a", "sing-mallet-b", "sing-string-c");
        assertThat(made.all().stream().map(Preset::program)).doesNotContainNull().doesNotHaveDuplicates();
        assertThat(made.load("sing-brass-a").sing()).isEqualTo(new Preset.SingChoice("brass_a", "mallet_b", Preset.Notes.BANK));
        assertThat(run("render", midi, out("made.wav"), "--preset", folder.resolve("made/sing-mallet-b.json")).exitCode())
                .isZero();
        Invocation again = run("presets", "make", "--model", model, "--out", folder.resolve("made"));
        assertThat(again.err()).hasLineCount(1).contains("exists already");
        assertThat(again.exitCode()).isEqualTo(2);
        assertThat(run("presets", "make", "--model", "violin-16k").err()).contains("kind is timbre; expected sing");
    }

    @Test
    void whatCannotBePlayedIsToldInOneLine() throws IOException {
        assertRefused(preset("kazoo", "bank", "midi"), "no instrument kazoo; expected one of brass_a, mallet_b, string_c");
        assertRefused(preset("brass_a", "bank", "voice"), "input is voice; expected midi, as engine is sing");
        assertRefused(preset("brass_a", "sometimes", "midi"), "sing.notes is sometimes; expected bank or streaming");
        Path timbre = Path.of(System.getProperty("chanterelle.home"), "models", "violin-16k").toAbsolutePath();
        assertRefused(write("sing", timbre, ", \"sing\": {\"instrument\": \"a\", \"notes\": \"bank\"}"),
                "kind is timbre; expected sing");
        assertRefused(write("harmonic-noise", model, ""), "kind is sing; expected timbre");
        assertRefused(write("sing", model, ""), "sing is missing; expected");
        Files.delete(model.resolve("weights.safetensors"));
        assertRefused(preset("brass_a", "bank", "midi"), "weights not found");
    }

    private void assertRefused(Path preset, String why) {
        Invocation render = run("render", midi, out("o.wav"), "--preset", preset);
        assertThat(render.err()).hasLineCount(1).contains(why);
        assertThat(render.exitCode()).isEqualTo(2);
    }

    private Path preset(String instrument, String notes, String input) throws IOException {
        String sing = ", \"sing\": {\"instrument\": \"" + instrument + "\", \"notes\": \"" + notes + "\"}";
        Path file = write("sing", model, sing);
        Files.writeString(file, Files.readString(file).replace("\"midi\"", "\"" + input + "\""));
        return file;
    }

    private Path write(String engine, Path of, String more) throws IOException {
        Path file = folder.resolve("test.json");
        Files.writeString(file, "{\"formatVersion\": 1, \"name\": \"test\", \"description\": \"A test.\", \"model\": \"" + of
                + "\", \"engine\": \"" + engine + "\", \"input\": \"midi\", \"parameters\": {\"attack\": 0, \"gain\": -12}" + more
                + "}");
        return file;
    }

    private Path out(String name) {
        return folder.resolve(name);
    }

    private static Invocation run(Object... arguments) {
        String[] texts = new String[arguments.length];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = arguments[i].toString();
        }
        return Invocation.of(texts);
    }
}
