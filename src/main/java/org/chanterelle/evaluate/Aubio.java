package org.chanterelle.evaluate;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.chanterelle.audiofile.AudioClip;
import org.chanterelle.audiofile.AudioWriter;
import org.chanterelle.audiofile.AudioWriter.SampleFormat;
import org.chanterelle.rt.dsp.Resampler;
import org.chanterelle.signal.UserError;

/** One of Debian's aubio-tools, run as a process on a sound. */
final class Aubio {
    private static final long TIMEOUT_S = 300;

    private final Path program;

    private Aubio(Path program) {
        this.program = program;
    }

    /** The program of a name, if it lies on the PATH. */
    static Optional<Aubio> find(String name) {
        String path = System.getenv("PATH");
        return Stream.of((path == null ? "" : path).split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst()
                .map(Aubio::new);
    }

    /** The lines that it prints about a sound, which it hears at {@code rateHz}. */
    List<String> lines(float[] mono, double sampleRateHz, int rateHz, List<String> options) {
        try {
            Path folder = Files.createTempDirectory("chanterelle-aubio");
            Path wav = folder.resolve("sound.wav");
            Path out = folder.resolve("lines.txt");
            try {
                AudioClip clip = AudioClip.mono(Resampler.resample(mono, sampleRateHz, rateHz), rateHz);
                AudioWriter.write(wav, clip, SampleFormat.PCM_16, true);
                List<String> command = new ArrayList<>(List.of(program.toString(), "-i", wav.toString(), "-r", rateHz + ""));
                command.addAll(options);
                run(command, out);
                return Files.readAllLines(out);
            } finally {
                Files.deleteIfExists(wav);
                Files.deleteIfExists(out);
                Files.deleteIfExists(folder);
            }
        } catch (IOException e) {
            throw new UserError(1, program + ": cannot be run (" + e.getMessage() + "). Reinstall aubio-tools", e);
        }
    }

    private void run(List<String> command, Path out) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            if (!process.waitFor(TIMEOUT_S, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new UserError(1, program + ": failed or took over " + TIMEOUT_S + " s. Reinstall aubio-tools", null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UserError(1, program + ": interrupted", e);
        } finally {
            process.destroyForcibly();
        }
    }
}
