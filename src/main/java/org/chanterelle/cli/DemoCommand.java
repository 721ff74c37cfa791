package org.chanterelle.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import org.chanterelle.analysis.Timing;
import org.chanterelle.audiofile.AudioClip;
import org.chanterelle.audiofile.AudioReader;
import org.chanterelle.audiofile.AudioWriter;
import org.chanterelle.audiofile.OutputFile;
import org.chanterelle.evaluate.ComparisonPicture;
import org.chanterelle.inference.ComputeDevice;
import org.chanterelle.preset.Preset;
import org.chanterelle.signal.UserError;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code demo}: the bundled sung phrase as a violin, with a picture and a report. */
@Command(name = "demo", description = {
        "Plays the bundled sung phrase on the violin, by the live engine.",
        "Writes voice.wav, violin.wav, picture.png, report.txt and report.json; a second run replaces them."
})
final class DemoCommand implements Runnable {
    private static final String PHRASE = "phrase.flac";
    private static final int BLOCK_FRAMES = 128;

    @Mixin
    private Reporting reporting;

    @Option(names = "--out", paramLabel = "DIR", defaultValue = "chanterelle-demo", description = "Where to write; made when missing (default: ${DEFAULT-VALUE}).")
    private Path out;

    @Option(names = "--preset", paramLabel = "NAME", defaultValue = "voice-violin", description = "A preset that a voice plays (default: ${DEFAULT-VALUE}).")
    private String preset;

    @Option(names = "--realtime", description = "By the clock, as on stage, not as fast as possible.")
    private boolean realTime;

    @Override
    public void run() {
        Preset chosen = Home.presets().load(preset);
        makeFolder();
        AudioClip voice = phrase();
        FilePlay.Result played = FilePlay.playVoice(
                new FilePlay.Request(chosen, BLOCK_FRAMES, Timing.RECORD, Double.POSITIVE_INFINITY, realTime, 1,
                        ComputeDevice.CPU),
                voice, Home::model);
        AudioWriter.write(out.resolve("voice.wav"), voice, true);
        AudioWriter.write(out.resolve("violin.wav"), played.audio(), true);
        ComparisonPicture.write(
                out.resolve("picture.png"),
                ComparisonPicture.Sound.of("voice", voice),
                ComparisonPicture.Sound.of(chosen.model(), played.audio()),
                true);
        report(DemoReport.of(voice, played), chosen.model());
    }

    private void makeFolder() {
        try {
            Files.createDirectories(out);
        } catch (IOException e) {
            throw new UserError(out + ": cannot be made a folder: " + e.getMessage() + ". Give another --out.", e);
        }
    }

    private void report(DemoReport report, String name) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("folder", out.toString());
        object.put("model", name);
        object.putAll(report.figures());
        String text = "model                       " + name + "\n" + report.text();
        OutputFile.write(out.resolve("report.json"), true, path -> Files.writeString(path, Reporting.toJson(object) + "\n"));
        OutputFile.write(out.resolve("report.txt"), true, path -> Files.writeString(path, text));
        reporting.tell(object,
                text + "written to                  " + out + "/: voice.wav violin.wav picture.png report.txt report.json");
    }

    /** The phrase, which lies in the jar, read by the one reader of audio files. */
    private static AudioClip phrase() {
        try (InputStream phrase = DemoCommand.class.getResourceAsStream(PHRASE)) {
            if (phrase == null) {
                throw new IllegalStateException("built without " + PHRASE);
            }
            Path copy = Files.createTempFile("chanterelle-", "-" + PHRASE);
            try {
                Files.copy(phrase, copy, StandardCopyOption.REPLACE_EXISTING);
                return AudioReader.read(copy);
            } finally {
                Files.delete(copy);
            }
        } catch (IOException e) {
            throw new UserError(
                    1, "demo: the temporary folder cannot be written to: " + e.getMessage() + ". Free some space there.", e);
        }
    }
}
