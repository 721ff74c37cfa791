package org.chanterelle.train.soundfont;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.chanterelle.audiofile.AudioClip;
import org.chanterelle.audiofile.AudioReader;
import org.chanterelle.audiofile.MidiWriter;
import org.chanterelle.signal.TimedMidi;
import org.chanterelle.signal.UserError;

/** Debian's {@code fluidsynth}, run as a process for each score: dry, in float, faster than real time. */
public final class FluidSynth implements Synthesiser {
    private static final String NAME = "fluidsynth";
    private static final long TIMEOUT_S = 300;

    private final Path program;
    private final Path soundFont;
    private final double gain;

    private FluidSynth(Path program, Path soundFont, double gain) {
        this.program = program;
        this.soundFont = soundFont;
        this.gain = gain;
    }

    /**
     * Finds the program.
     *
     * @param gain of all notes alike, greater than 0
     * @throws UserError if it is not on the PATH
     */
    public static FluidSynth find(Path soundFont, double gain) {
        return find(System.getenv("PATH"), soundFont, gain);
    }

    static FluidSynth find(String path, Path soundFont, double gain) {
        return Stream.of((path == null ? "" : path).split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, NAME))
                .filter(Files::isExecutable)
                .findFirst()
                .map(program -> new FluidSynth(program, soundFont, gain))
                .orElseThrow(() -> new UserError(
                        NAME + ": not found, and notes are rendered by it. Install it: apt-get install fluidsynth"));
    }

    @Override
    public AudioClip play(List<TimedMidi> score) {
        try {
            Path folder = Files.createTempDirectory("chanterelle-notes");
            try {
                Path midi = folder.resolve("score.mid");
                MidiWriter.write(midi, score, false);
                Path sound = folder.resolve("sound.wav");
                run(midi, sound, folder.resolve("told.txt"));
                return AudioReader.read(sound);
            } finally {
                for (String name : List.of("score.mid", "sound.wav", "told.txt")) {
                    Files.deleteIfExists(folder.resolve(name));
                }
                Files.deleteIfExists(folder);
            }
        } catch (IOException e) {
            throw new UserError(1, program + ": cannot be run (" + e.getMessage() + "). Reinstall fluidsynth", e);
        }
    }

    private void run(Path midi, Path sound, Path told) throws IOException {
        List<String> command = List.of(program.toString(), "-n", "-i", "-q", "-R", "0", "-C", "0", "-g", Double.toString(gain),
                "-r", Integer.toString(NoteScore.RATE_HZ), "-O", "float", "-T", "wav", "-o", "synth.dynamic-sample-loading=1",
                "-F", sound.toString(), soundFont.toString(), midi.toString());
        Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(told.toFile()).start();
        try {
            boolean ended = process.waitFor(TIMEOUT_S, TimeUnit.SECONDS);
            if (!ended || process.exitValue() != 0 || !Files.exists(sound)) {
                String last = Files.readString(told).lines().reduce("", (a, b) -> b.isBlank() ? a : b.strip());
                String why = !ended ? "took over " + TIMEOUT_S + " s" : "failed: " + last;
                throw new UserError(1, program + " with " + soundFont + ": " + why + ". Try another sound font", null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UserError(1, program + ": interrupted", e);
        } finally {
            process.destroyForcibly();
        }
    }
}
