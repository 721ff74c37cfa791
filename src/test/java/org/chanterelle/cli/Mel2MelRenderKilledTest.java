package org.chanterelle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.chanterelle.audiofile.MidiWriter;
import org.chanterelle.model.mel2mel.TestMel2MelModels;
import org.chanterelle.signal.TimedMidi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(InstalledModel.class)
class Mel2MelRenderKilledTest {
    private static final int SECONDS = 35;

    @TempDir
    Path folder;

    private List<String> command(Path out) {
        return List.of("morph", folder.resolve("in.mid").toString(), out.toString(), "--model",
                folder.resolve("small").toString(), "--from", "harp", "--to", "organ", "--rate", "16000");
    }

    @Test
    @Timeout(180)
    void whatWasKilledInTheMiddleEndsInTheSameBytes() throws IOException, InterruptedException {
        TestMel2MelModels.write(folder.resolve("small"), TestMel2MelModels.smallConfig(), 1);
        List<TimedMidi> notes = new ArrayList<>();
        for (int i = 0; i < SECONDS; i++) {
            notes.add(new TimedMidi(i, 0x90, 50 + i * 7 % 24, 100));
            notes.add(new TimedMidi(i + 0.8, 0x80, 50 + i * 7 % 24, 0));
        }
        MidiWriter.write(folder.resolve("in.mid"), notes, false);
        Path whole = folder.resolve("whole.wav");
        assertThat(Invocation.of(command(whole).toArray(String[]::new)).exitCode()).isZero();

        Path out = folder.resolve("out.wav");
        kill(out);
        assertThat(out).doesNotExist();
        assertThat(windows()).isNotEmpty();
        Invocation again = Invocation.of(command(out).toArray(String[]::new));
        assertThat(again.exitCode()).as(again.err()).isZero();
        assertThat(out).hasSameBinaryContentAs(whole);
        assertThat(windows()).isEmpty();
    }

    /** The command in a virtual machine of its own, as a user runs it. */
    private Process start(Path out) throws IOException {
        List<String> line = new ArrayList<>(List.of(ProcessHandle.current().info().command().orElseThrow()));
        line.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        line.add("-Dchanterelle.home=" + System.getProperty("chanterelle.home"));
        line.addAll(List.of("-cp", System.getProperty("java.class.path"), Chanterelle.class.getName()));
        line.addAll(command(out));
        return new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(folder.resolve("told.txt").toFile()).start();
    }

    /** SIGKILL, as soon as it has kept a window of the spectrogram. */
    private void kill(Path out) throws IOException, InterruptedException {
        Process process = start(out);
        try {
            while (windows().isEmpty()) {
                assertThat(process.isAlive()).as(() -> told()).isTrue();
                Thread.sleep(2);
            }
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isNotZero();
    }

    private String told() {
        try {
            return Files.readString(folder.resolve("told.txt"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    private List<Path> windows() throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith("mel-0-")
                    && file.getParent().getFileName().toString().startsWith(".out.wav.resume-")).toList();
        }
    }
}
