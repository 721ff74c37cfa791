package org.chanterelle.evaluate.jukebox;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.chanterelle.audiofile.AudioClip;
import org.chanterelle.audiofile.AudioReader;
import org.chanterelle.audiofile.AudioWriter;
import org.chanterelle.audiofile.AudioWriter.SampleFormat;
import org.chanterelle.signal.UserError;

/** Debian's {@code opusenc} and {@code opusdec} at their lowest rate, run as processes. */
final class Opus {
    static final String MISSING = "opusenc not found, so no other codec stands beside. Install it: apt-get install opus-tools";

    private static final String KILOBITS = "6";
    private static final long TIMEOUT_S = 600;

    private final Path encoder;
    private final Path decoder;

    /**
     * What came back.
     *
     * @param sounds the excerpts
     * @param bitsPerSecond of the whole file
     */
    record Result(List<float[]> sounds, double bitsPerSecond) {}

    private Opus(Path encoder, Path decoder) {
        this.encoder = encoder;
        this.decoder = decoder;
    }

    static Optional<Opus> find() {
        return program("opusenc").flatMap(encoder -> program("opusdec").map(decoder -> new Opus(encoder, decoder)));
    }

    private static Optional<Path> program(String name) {
        String path = System.getenv("PATH");
        return Stream.of((path == null ? "" : path).split(File.pathSeparator)).filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, name)).filter(Files::isExecutable).findFirst();
    }

    /** All excerpts, of one length, as one recording there and back. */
    Result transcode(List<float[]> excerpts, int rateHz) {
        int length = excerpts.getFirst().length;
        float[] whole = new float[length * excerpts.size()];
        for (int i = 0; i < excerpts.size(); i++) {
            System.arraycopy(excerpts.get(i), 0, whole, i * length, length);
        }
        try {
            Path folder = Files.createTempDirectory("chanterelle-opus");
            Path wav = folder.resolve("in.wav");
            Path opus = folder.resolve("coded.opus");
            Path back = folder.resolve("out.wav");
            Path told = folder.resolve("told.txt");
            try {
                AudioWriter.write(wav, AudioClip.mono(whole, rateHz), SampleFormat.PCM_16, true);
                run(told, encoder.toString(), "--quiet", "--music", "--bitrate", KILOBITS, wav.toString(), opus.toString());
                run(told, decoder.toString(), "--quiet", "--rate", Integer.toString(rateHz), opus.toString(), back.toString());
                float[] sound = Arrays.copyOf(AudioReader.read(back).mono(), whole.length);
                List<float[]> sounds = new ArrayList<>();
                for (int i = 0; i < excerpts.size(); i++) {
                    sounds.add(Arrays.copyOfRange(sound, i * length, (i + 1) * length));
                }
                return new Result(sounds, 8.0 * Files.size(opus) * rateHz / whole.length);
            } finally {
                for (Path file : List.of(wav, opus, back, told)) {
                    Files.deleteIfExists(file);
                }
                Files.deleteIfExists(folder);
            }
        } catch (IOException e) {
            throw new UserError(1, encoder + ": cannot be run (" + e.getMessage() + "). Reinstall opus-tools", e);
        }
    }

    private static void run(Path told, String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(told.toFile()).start();
        try {
            boolean ended = process.waitFor(TIMEOUT_S, TimeUnit.SECONDS);
            if (!ended || process.exitValue() != 0) {
                String last = Files.readString(told).lines().reduce("", (a, b) -> b.isBlank() ? a : b.strip());
                throw new UserError(1, command[0] + ": " + (ended ? "failed: " + last : "took over " + TIMEOUT_S + " s")
                        + ". Reinstall opus-tools", null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UserError(1, command[0] + ": interrupted", e);
        } finally {
            process.destroyForcibly();
        }
    }
}
