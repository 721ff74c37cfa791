package org.chanterelle.generate.jukebox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.chanterelle.audiofile.OutputFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KillTest {
    private static final long TIMEOUT_S = 60;

    @TempDir
    Path folder;

    @Test
    void aProcessThatIsKilledLeavesWhatAnotherFinishesToTheSameBytes() throws IOException, InterruptedException {
        SmallJukebox jukebox = new SmallJukebox(folder.resolve("models"));
        Path expected = folder.resolve("expected.wav");
        jukebox.run(SmallJukebox.request(1, 7), expected);
        Path out = folder.resolve("out.wav");
        for (String level : List.of("top", "bottom")) {
            killAtFirstCheckpoint(out, level);
        }
        assertThat(out).doesNotExist();
        Files.createFile(OutputFile.partialOf(new JobFolder(out).codes("bottom", 0)));
        jukebox.run(SmallJukebox.request(1, 7), out);
        assertThat(GenerationTest.left(out, List.of(out))).isEqualTo(GenerationTest.left(expected, List.of(expected)));
    }

    private void killAtFirstCheckpoint(Path out, String level) throws IOException, InterruptedException {
        Path checkpoint = new JobFolder(out).codes(level, 0);
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        File told = folder.resolve("told.txt").toFile();
        Process process = new ProcessBuilder(java.toString(), "-XX:TieredStopAtLevel=1", "-cp",
                System.getProperty("java.class.path"), KilledGeneration.class.getName(), folder.resolve("models").toString(),
                out.toString(), level).redirectErrorStream(true).redirectOutput(told).start();
        try {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_S);
            while (!Files.exists(checkpoint) && process.isAlive() && System.nanoTime() < deadline) {
                Thread.sleep(2);
            }
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.waitFor(TIMEOUT_S, TimeUnit.SECONDS)).isTrue();
        assertThat(checkpoint).as(Files.readString(told.toPath())).exists();
        assertThat(process.exitValue()).as(Files.readString(told.toPath())).isNotZero();
    }
}
