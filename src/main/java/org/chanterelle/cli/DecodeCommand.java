package org.chanterelle.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.chanterelle.audiofile.AudioWriter;
import org.chanterelle.audiofile.OutputFile;
import org.chanterelle.generate.codes.CodeFile;
import org.chanterelle.generate.codes.CodeHeader;
import org.chanterelle.generate.codes.Transcoding;
import org.chanterelle.model.jukebox.VqVaeFolder;
import org.chanterelle.signal.UserError;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code decode}: a file of codes to audio. */
@Command(name = "decode", description = "Decodes a file of codes to audio at the model's rate.")
final class DecodeCommand implements Runnable {
    @Mixin
    private Reporting reporting;

    @Parameters(index = "0", paramLabel = "CODES", description = "File that encode has written.")
    private Path in;

    @Parameters(index = "1", paramLabel = "OUT", description = "Output: WAV or FLAC, by its name.")
    private Path out;

    @Option(names = "--model", paramLabel = "NAME", description = "Name of the model that encoded it, or the path of its folder (default: the one that the file names).")
    private String name;

    @Option(names = "--force", description = "Overwrites an existing file.")
    private boolean force;

    @Override
    public void run() {
        AudioWriter.checkExtension(out);
        OutputFile.check(out, force);
        try (CodeFile codes = CodeFile.open(in)) {
            CodeHeader header = codes.header();
            VqVaeFolder model = VqVaeFolder.load(Home.folder(name == null ? header.model() : name));
            long start = System.nanoTime();
            try (ProgressBar bar = reporting.progress("decode")) {
                Transcoding.decode(codes, in, out, model, force, bar::show);
            }
            tell(header, (System.nanoTime() - start) * 1e-9);
        } catch (IOException e) {
            throw new UserError(1, in + ": reading failed: " + e.getMessage() + ". Check the disk", e);
        }
    }

    private void tell(CodeHeader header, double seconds) {
        double audioSeconds = (double) header.frames() / header.sampleRateHz();
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("input", in.toString());
        object.put("output", out.toString());
        object.put("model", header.model());
        object.put("level", header.level());
        object.put("seconds", audioSeconds);
        object.put("sampleRateHz", header.sampleRateHz());
        object.put("timesRealTime", audioSeconds / seconds);
        reporting.tell(object, String.format(Locale.ROOT, "%s: %.2f s of %s at %d Hz, %.1f x real time", out, audioSeconds,
                header.model(), header.sampleRateHz(), audioSeconds / seconds));
    }
}
