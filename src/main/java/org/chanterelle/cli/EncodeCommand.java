package org.chanterelle.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.chanterelle.audiofile.OutputFile;
import org.chanterelle.generate.codes.CodeHeader;
import org.chanterelle.generate.codes.Transcoding;
import org.chanterelle.model.jukebox.VqVaeFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code encode}: a recording to a file of codes. */
@Command(name = "encode", description = "Encodes a recording of any rate and length to a small file of codes; decode brings it back.")
final class EncodeCommand implements Runnable {
    @Mixin
    private Reporting reporting;

    @Parameters(index = "0", paramLabel = "IN", description = "Recording: WAV, FLAC, AIFF or Ogg Vorbis; channels are mixed to one.")
    private Path in;

    @Parameters(index = "1", paramLabel = "CODES", description = "File to write.")
    private Path out;

    @Option(names = "--model", paramLabel = "NAME", defaultValue = "jukebox-bottom", description = "A level's name, or the path of its folder (default: ${DEFAULT-VALUE}).")
    private String name;

    @Option(names = "--force", description = "Overwrites an existing file.")
    private boolean force;

    @Override
    public void run() {
        OutputFile.check(out, force);
        VqVaeFolder model = VqVaeFolder.load(Home.folder(name));
        long start = System.nanoTime();
        CodeHeader header;
        try (ProgressBar bar = reporting.progress("encode")) {
            header = Transcoding.encode(in, out, model, force, bar::show);
        }
        double seconds = (System.nanoTime() - start) * 1e-9;
        double audioSeconds = (double) header.frames() / header.sampleRateHz();
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("input", in.toString());
        object.put("output", out.toString());
        object.put("model", header.model());
        object.put("level", header.level());
        object.put("codes", header.codes());
        object.put("seconds", audioSeconds);
        object.put("bitsPerSecond", header.bitsPerSecond());
        object.put("timesRealTime", audioSeconds / seconds);
        reporting.tell(object, String.format(Locale.ROOT, "%s: %.2f s in %,d codes of %s, %.0f bit/s, %.1f x real time", out,
                audioSeconds, header.codes(), header.model(), header.bitsPerSecond(), audioSeconds / seconds));
    }
}
