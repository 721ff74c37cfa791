package org.chanterelle.cli;

import java.nio.file.Path;
import java.util.Map;
import org.chanterelle.audiofile.AudioReader;
import org.chanterelle.evaluate.ComparisonPicture;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code evaluate picture}: two sounds to look at. */
@Command(name = "picture", description = "Draws two sounds: spectrograms, pitch and loudness.")
final class EvaluatePictureCommand implements Runnable {
    @Mixin
    private Reporting reporting;

    @Parameters(index = "0", paramLabel = "FILE", description = "A sound.")
    private Path first;

    @Parameters(index = "1", paramLabel = "FILE", description = "Another.")
    private Path second;

    @Option(names = "--out", paramLabel = "PNG", required = true, description = "Picture to write.")
    private Path out;

    @Option(names = "--force", description = "Replace an existing picture.")
    private boolean force;

    @Override
    public void run() {
        ComparisonPicture.write(
                out,
                ComparisonPicture.Sound.of(first, AudioReader.read(first)),
                ComparisonPicture.Sound.of(second, AudioReader.read(second)),
                force);
        reporting.tell(Map.of("picture", out.toString()), "written to " + out);
    }
}
