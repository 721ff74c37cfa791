package org.chanterelle.train.music;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.chanterelle.audiofile.AudioClip;
import org.chanterelle.audiofile.AudioReader;
import org.chanterelle.signal.UserError;
import org.chanterelle.train.music.SungPhrases.Phrase;

/** The singing mode of Debian's {@code festival}, run as a process for each phrase. */
public final class Festival implements SungPhrases.Voice {
    private static final String NAME = "text2wave";
    private static final long TIMEOUT_S = 120;
    private static final String[] PITCHES = {"C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B"};

    private final Path program;

    private Festival(Path program) {
        this.program = program;
    }

    /** Finds the program; throws UserError if it is not on the PATH. */
    public static Festival find() {
        return find(System.getenv("PATH"));
    }

    static Festival find(String path) {
        return Stream.of((path == null ? "" : path).split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, NAME))
                .filter(Files::isExecutable)
                .findFirst()
                .map(Festival::new)
                .orElseThrow(() -> new UserError(NAME + ": not found, and phrases are sung by it. Install it:"
                        + " apt-get install festival festvox-kallpc16k, or leave out --sung"));
    }

    @Override
    public String name() {
        return "festival";
    }

    @Override
    public AudioClip sing(Phrase phrase) {
        try {
            Path folder = Files.createTempDirectory("chanterelle-sung");
            try {
                Path xml = folder.resolve("phrase.xml");
                Files.writeString(xml, toXml(phrase));
                run(xml, folder.resolve("sound.wav"), folder.resolve("told.txt"));
                return AudioReader.read(folder.resolve("sound.wav"));
            } finally {
                for (String name : List.of("phrase.xml", "sound.wav", "told.txt")) {
                    Files.deleteIfExists(folder.resolve(name));
                }
                Files.deleteIfExists(folder);
            }
        } catch (IOException e) {
            throw new UserError(1, program + ": cannot be run (" + e.getMessage() + "). Reinstall festival", e);
        }
    }

    /** Festival's singing markup; at 60 beats a minute a beat is a second. */
    static String toXml(Phrase phrase) {
        StringBuilder xml = new StringBuilder(
                "<?xml version=\"1.0\"?>\n<!DOCTYPE SINGING PUBLIC \"-//SINGING//DTD SINGING mark up//EN\""
                        + " \"Singing.v0_1.dtd\" []>\n<SINGING BPM=\"60\">\n");
        for (SungPhrases.Sung note : phrase.notes()) {
            xml.append(String.format(Locale.ROOT, "<PITCH NOTE=\"%s%d\"><DURATION BEATS=\"%.2f\">%s</DURATION></PITCH>%n",
                    PITCHES[note.pitch() % 12], note.pitch() / 12 - 1, note.seconds(), note.word()));
        }
        return xml.append("</SINGING>\n").toString();
    }

    private void run(Path xml, Path sound, Path told) throws IOException {
        List<String> command = List.of(program.toString(), "-mode", "singing", xml.toString(), "-o", sound.toString());
        Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(told.toFile()).start();
        try {
            boolean ended = process.waitFor(TIMEOUT_S, TimeUnit.SECONDS);
            if (!ended || process.exitValue() != 0 || !Files.exists(sound)) {
                String last = Files.readString(told).lines().reduce("", (a, b) -> b.isBlank() ? a : b.strip());
                throw new UserError(1, program + ": " + (ended ? "failed: " + last : "took over " + TIMEOUT_S + " s")
                        + ". Reinstall festival and festvox-kallpc16k", null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UserError(1, program + ": interrupted", e);
        } finally {
            process.destroyForcibly();
        }
    }
}
