package org.chanterelle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.chanterelle.audiofile.AudioClip;
import org.chanterelle.audiofile.AudioReader;
import org.chanterelle.audiofile.AudioWriter;
import org.chanterelle.audiofile.MidiBytes;
import org.chanterelle.signal.TimedMidi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code play} and {@code render} from files, and what they refuse. */
@ExtendWith(InstalledModel.class)
final class PlayCommandTest {
    private static final int RATE_HZ = 48_000;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = {64, 128, 200})
    void aMidiFilePlaysAsItIsRendered(int block) {
        Path midi = song();
        float[][] rendered = audio("render", midi.toString(), out("rendered.wav"));
        float[][] played = audio("play", "--driver", "file", "--in", midi.toString(), "--block", "" + block, "--out",
                out("played.wav"));
        assertThat(differenceDb(played[0], rendered[0], 0)).isLessThan(-80);
        assertThat(rendered[1]).as("right").isEqualTo(rendered[0]);
        assertThat(played[1]).as("right").isEqualTo(played[0]);
    }

    @Test
    void aRecordingPlayedInRecordTimingIsItsTransfer() {
        Path voice = folder.resolve("voice.wav");
        // The voice ends before the recording does: live, silence follows it; in a transfer, nothing.
        float[] sung = InstalledModel.sung(1, RATE_HZ, 1.5)[0];
        Arrays.fill(sung, 0, RATE_HZ / 4, 0f);
        Arrays.fill(sung, RATE_HZ, sung.length, 0f);
        AudioWriter.write(voice, AudioClip.mono(sung, RATE_HZ), AudioWriter.SampleFormat.FLOAT_32, false);
        float[][] transferred = audio("transfer", voice.toString(), out("transfer.wav"));
        float[][] played = audio(
                "play", "--driver", "file", "--preset", "voice-violin", "--timing", "record", "--in", voice.toString(), "--out",
                out("played.wav"));
        assertThat(differenceDb(played[0], transferred[0], 0)).isLessThan(-80);
    }

    @Test
    void theFiguresOfAFilePlayedAreAJsonObject() throws IOException {
        Path stats = folder.resolve("stats.json");
        Invocation play = Invocation.of("play", "--driver", "file", "--in", song().toString(), "--out", out("o.wav"), "--stats",
                stats.toString());
        assertThat(play.err()).isEmpty();
        assertThat(play.exitCode()).isZero();
        assertThat(stats).content().endsWith("\n").hasLineCount(1);
        JsonObject figures = JsonParser.parseString(Files.readString(stats)).getAsJsonObject();
        assertThat(figures.keySet()).contains(
                "seconds", "callbacks", "callbackMicros", "overruns", "xruns", "controlFrames", "missedControlFrames",
                "inferenceMicros",
                "voices", "latencyFrames", "bytesPerCallback", "gcPauses", "residentKb");
        assertThat(figures.getAsJsonObject("callbackMicros").get("p99.9").getAsDouble()).isPositive();
        assertThat(figures.get("controlFrames").getAsLong()).isPositive();
        assertThat(figures.get("missedControlFrames").getAsLong()).isZero();
    }

    @Test
    void figuresGrowLineByLine() throws IOException {
        Path file = folder.resolve("grows.json");
        try (StatsFile stats = new StatsFile(file, false)) {
            assertThat(stats.add(java.util.Map.of("seconds", 1.5, "p99", Double.NaN))).isNull();
            assertThat(stats.add(java.util.Map.of("seconds", Double.POSITIVE_INFINITY))).isNull();
            List<String> lines = Files.readAllLines(file);
            assertThat(lines).hasSize(2).allMatch(line -> JsonParser.parseString(line).isJsonObject());
        }
    }

    @ParameterizedTest
    @CsvSource({
            "--preset oboe, oboe",
            "--set volume=11, volume",
            "--set gain=1000, gain",
            "--in a.mid, --driver file",
            "--out a.wav, --driver file",
            "--realtime, --driver file",
            "--driver file, --in",
            "--driver file --in IN --out OUT --block 0, --block",
            "--driver file --in IN --out OUT --block 100000, --block",
            "--driver file --in IN --out OUT --block many, --block",
            "--driver file --in IN --out OUT.mp3, OUT.mp3",
            "--driver file --in nowhere.mid --out OUT, nowhere.mid",
            "--driver file --in IN --out nowhere/o.wav, nowhere",
            "--driver file --in IN --out OUT --stats nowhere/s.json, nowhere",
            "--driver organ, organ",
            "--device abacus, abacus",
            "--seconds -1, --seconds",
            "--seconds NaN, --seconds",
            "--timing late, late",
            "--input flute, flute",
            "--learn tone --save-preset mine, --learn tone",
            "--learn room, --save-preset",
            "--learn room --save-preset mine --driver file --in IN --out OUT, --learn",
            "--scala nowhere.scl, nowhere.scl: no such file",
            "--keyboard-map nowhere.kbm, --scala",
            "--scala IN, in.mid:",
            "--driver jack --server no-such-server, no-such-server",
            "--server no-such-server, no-such-server",
            "--driver jack --server no-such-server --stats nowhere/s.json, nowhere",
    })
    void whatCannotBeIsToldInOneLine(String arguments, String named) {
        String all = arguments.replace("IN", song().toString()).replace("OUT", out("o.wav")).replace("nowhere",
                folder + "/nowhere");
        Invocation play = Invocation.of(("play " + all).split(" +"));
        assertThat(play.err()).hasLineCount(1).contains(named.replace("OUT", "o.wav")).doesNotContain("Exception", "unexpected");
        assertThat(play.exitCode()).isEqualTo(2);
        assertThat(play.out()).isEmpty();
        assertThat(folder.resolve("o.wav")).doesNotExist();
    }

    @Test
    void withoutACudaDeviceItSaysSo() {
        Invocation play = Invocation.of("play", "--device", "cuda", "--driver", "jack", "--server", "no-such-server");
        assertThat(play.err()).hasLineCount(1).doesNotContain("Exception");
        assertThat(play.exitCode()).isEqualTo(2);
    }

    @Test
    void whatExistsIsKept() throws IOException {
        Path precious = Files.writeString(folder.resolve("o.wav"), "precious");
        Invocation play = Invocation.of("play", "--driver", "file", "--in", song().toString(), "--out", precious.toString());
        assertThat(play.err()).hasLineCount(1).contains("--force");
        assertThat(play.exitCode()).isEqualTo(2);
        assertThat(precious).hasContent("precious");
    }

    @Test
    void aScaleTunesWhatIsRendered() throws IOException {
        Path scale = Files.writeString(folder.resolve("up.scl"), "A semitone higher than usual\n1\n100.\n");
        Path map = Files.writeString(folder.resolve("up.kbm"), "0\n0\n127\n60\n69\n466.1637615\n1\n");
        float[][] tuned = audio("render", song().toString(), out("tuned.wav"), "--scala", scale.toString(), "--keyboard-map",
                map.toString());
        float[][] transposed = audio("render", song().toString(), out("transposed.wav"), "--set", "semitones=1");
        float[][] plain = audio("render", song().toString(), out("plain.wav"));
        assertThat(differenceDb(tuned[0], transposed[0], 0)).isLessThan(-40);
        assertThat(differenceDb(tuned[0], plain[0], 0)).isGreaterThan(-10);
    }

    @Test
    void musicOfMoreThanTwoHoursIsRefusedBeforeItIsPlayed() {
        Path file = MidiBytes.write(folder.resolve("long.mid"), List.of(new TimedMidi(8000, 0x90, 60, 1)));
        Invocation render = Invocation.of("render", file.toString(), out("o.wav"));
        assertThat(render.err()).hasLineCount(1).contains("long.mid: lasts 2.2 hours; expected at most 2");
        assertThat(render.exitCode()).isEqualTo(2);
    }

    @Test
    void renderRefusesWhatIsNoMidiFile() throws IOException {
        Path text = Files.writeString(folder.resolve("song.mid"), "Once upon a time there was a chanterelle.");
        Invocation render = Invocation.of("render", text.toString(), out("o.wav"));
        assertThat(render.err()).hasLineCount(1).contains("song.mid");
        assertThat(render.exitCode()).isEqualTo(2);
    }

    private String out(String name) {
        return folder.resolve(name).toString();
    }

    private Path song() {
        Path file = folder.resolve("in.mid");
        if (Files.exists(file)) {
            return file;
        }
        List<TimedMidi> messages = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            messages.add(new TimedMidi(0.05 + i * 0.11, 0x90, 55 + 3 * i, 40 + 7 * i));
            messages.add(new TimedMidi(0.06 + i * 0.11, 0xb0, 11, 127 - 5 * i));
            messages.add(new TimedMidi(0.14 + i * 0.11, 0xe0, 0, 50 + i));
            messages.add(new TimedMidi(0.155 + i * 0.11, 0x80, 55 + 3 * i, 0));
        }
        return MidiBytes.write(file, messages);
    }

    private static float[][] audio(String... arguments) {
        Invocation invocation = Invocation.of(arguments);
        assertThat(invocation.err()).isEmpty();
        assertThat(invocation.exitCode()).isZero();
        for (String argument : arguments) {
            if (argument.endsWith(".wav") && !argument.endsWith("voice.wav")) {
                return twoChannels(AudioReader.read(Path.of(argument)).channels());
            }
        }
        throw new AssertionError("no output among " + List.of(arguments));
    }

    private static float[][] twoChannels(float[][] channels) {
        return channels.length == 2 ? channels : new float[][] {channels[0], channels[0]};
    }

    private static double differenceDb(float[] actual, float[] expected, int lag) {
        double difference = 0;
        double energy = 0;
        for (int i = 0; i < expected.length; i++) {
            double d = (i + lag < actual.length ? actual[i + lag] : 0) - expected[i];
            difference += d * d;
            energy += (double) expected[i] * expected[i];
        }
        assertThat(energy).isPositive();
        return 10 * Math.log10((difference + 1e-30) / energy);
    }
}
