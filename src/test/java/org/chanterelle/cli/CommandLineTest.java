package org.chanterelle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.chanterelle.audiofile.AudioClip;
import org.chanterelle.audiofile.AudioReader;
import org.chanterelle.audiofile.AudioWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the commands do when all is well. */
@ExtendWith(InstalledModel.class)
final class CommandLineTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"", "demo", "transfer", "train", "train timbre", "train sing", "models", "presets", "presets make",
            "devices",
            "export-reverb"})
    void everyCommandHasHelp(String command) {
        Invocation help = Invocation.of((command + " --help").strip().split(" "));
        assertThat(help.exitCode()).isZero();
        assertThat(help.out()).contains("Usage: chanterelle " + command);
        assertThat(help.err()).isEmpty();
    }

    @Test
    void transferWritesTheViolinAndTellsWhatItDid() {
        Path in = sung("voice.wav", 1);
        Path out = folder.resolve("violin.flac");
        Invocation transfer = Invocation.of("transfer", in.toString(), out.toString(), "--json");
        assertThat(transfer.err()).isEmpty();
        assertThat(transfer.exitCode()).isZero();
        JsonObject told = json(transfer);
        assertThat(told.get("output").getAsString()).isEqualTo(out.toString());
        assertThat(told.get("sampleRateHz").getAsInt()).isEqualTo(22_050);
        AudioClip written = AudioReader.read(out);
        assertThat(written.sampleRateHz()).isEqualTo(22_050);
        assertThat(told.get("outputSeconds").getAsDouble()).isCloseTo(written.seconds(),
                org.assertj.core.data.Offset.offset(1e-3));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 8})
    void severalChannelsAreMixed(int channels) {
        Path in = sung("voice.wav", channels);
        Path out = folder.resolve("violin.wav");
        assertThat(Invocation.of("transfer", in.toString(), out.toString(), "--rate", "16000").exitCode()).isZero();
        assertThat(AudioReader.read(out).channels()).hasNumberOfRows(1);
    }

    @Test
    void twoSoundsAreDrawn() {
        Path picture = folder.resolve("two.png");
        String sound = sung("voice.wav", 1).toString();
        assertThat(Invocation.of("evaluate", "picture", sound, sound, "--out", picture.toString()).exitCode()).isZero();
        assertThat(picture).isNotEmptyFile();
        Invocation again = Invocation.of("evaluate", "picture", sound, sound, "--out", picture.toString());
        assertThat(again.exitCode()).isEqualTo(2);
        assertThat(again.err()).contains("two.png").contains("--force");
    }

    @Test
    void transferDrawsAPicture() throws IOException {
        Path picture = folder.resolve("both.png");
        Invocation transfer = Invocation.of(
                "transfer", sung("voice.wav", 1).toString(), folder.resolve("o.wav").toString(), "--picture", picture.toString());
        assertThat(transfer.exitCode()).isZero();
        assertThat(javax.imageio.ImageIO.read(picture.toFile()).getWidth()).isGreaterThan(100);
    }

    @Test
    void aRecordingWithoutPitchIsNotedAndSilent() {
        Path in = folder.resolve("silence.wav");
        AudioWriter.write(in, AudioClip.mono(new float[8000], 16_000), false);
        Path out = folder.resolve("violin.wav");
        Invocation transfer = Invocation.of("transfer", in.toString(), out.toString(), "--json");
        assertThat(transfer.exitCode()).isZero();
        assertThat(transfer.err()).hasLineCount(1).contains("no pitch");
        assertThat(json(transfer).get("outputRmsDbfs").isJsonNull()).as("minus infinity").isTrue();
        assertThat(AudioReader.read(out).mono()).containsOnly(0f);
    }

    @Test
    void modelsListsCardsWithLicenceAndAttribution() {
        Invocation models = Invocation.of("models");
        assertThat(models.exitCode()).isZero();
        assertThat(models.out()).contains("Random weights.", "licence of the weights: CC0-1.0", "nobody");
        JsonObject model = json(Invocation.of("models", "--json")).getAsJsonArray("models").get(0).getAsJsonObject();
        assertThat(model.getAsJsonObject("card").get("licence").getAsString()).isEqualTo("CC0-1.0");
    }

    @Test
    void presetsListsWhatCanBePlayed() {
        Invocation presets = Invocation.of("presets");
        assertThat(presets.exitCode()).isZero();
        assertThat(presets.out()).contains("voice-violin-low: ", "voice plays model violin, bank 17 program 40",
                "Octave 1 oct", "controller 91: Room, -40 to 6 dB");
        JsonObject low = json(Invocation.of("presets", "--json")).getAsJsonArray("presets").asList().stream()
                .map(preset -> preset.getAsJsonObject())
                .filter(preset -> preset.get("name").getAsString().equals("voice-violin-low")).findFirst().orElseThrow();
        assertThat(low.getAsJsonObject("parameters").get("octave").getAsFloat()).isEqualTo(1f);
        assertThat(low.getAsJsonObject("program").get("number").getAsInt()).isEqualTo(40);
    }

    @Test
    void exportReverbWritesTheRoomWithItsDirectSound() {
        Path out = folder.resolve("room.wav");
        Invocation export = Invocation.of("export-reverb", "violin", out.toString(), "--json");
        assertThat(export.exitCode()).isZero();
        assertThat(json(export).get("room").getAsString()).isEqualTo("room-0");
        AudioClip room = AudioReader.read(out);
        assertThat(room.sampleRateHz()).isEqualTo(16_000);
        assertThat(room.frames()).isEqualTo(4000);
        assertThat(room.mono()[0]).isGreaterThan(0.999f);
    }

    @Test
    void theDemoRunsAgainAndAgain() {
        Path out = folder.resolve("new/demo");
        for (int run = 0; run < 2; run++) {
            Invocation demo = Invocation.of("demo", "--out", out.toString(), "--json");
            assertThat(demo.err()).isEmpty();
            assertThat(demo.exitCode()).isZero();
            assertThat(json(demo).get("rawPitchAccuracy").getAsDouble()).isBetween(0.0, 1.0);
        }
        assertThat(out).isDirectoryContaining("glob:**/voice.wav")
                .isDirectoryContaining("glob:**/violin.wav")
                .isDirectoryContaining("glob:**/picture.png")
                .isDirectoryContaining("glob:**/report.txt")
                .isDirectoryContaining("glob:**/report.json");
    }

    @Test
    void forceOverwrites() throws IOException {
        Path out = Files.writeString(folder.resolve("o.wav"), "precious");
        assertThat(Invocation.of("transfer", sung("voice.wav", 1).toString(), out.toString(), "--force").exitCode()).isZero();
        assertThat(AudioReader.read(out).frames()).isPositive();
    }

    @Test
    void theProgressBarTellsShareAndTimeLeft() {
        assertThat(ProgressBar.line("train", 0.5, 3725, "loss 6.1"))
                .isEqualTo("train [###############---------------]  50 %, 1:02:05 left  loss 6.1");
        assertThat(ProgressBar.line("transfer", 0, Double.NaN, "")).isEqualTo("transfer [" + "-".repeat(30) + "]   0 %");
    }

    private Path sung(String name, int channels) {
        Path file = folder.resolve(name);
        AudioWriter.write(file, new AudioClip(InstalledModel.sung(channels, 22_050, 0.5), 22_050), false);
        return file;
    }

    private static JsonObject json(Invocation invocation) {
        return JsonParser.parseString(invocation.out()).getAsJsonObject();
    }
}
