package org.chanterelle.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.chanterelle.audiofile.AudioClip;
import org.chanterelle.audiofile.AudioReader;
import org.chanterelle.audiofile.AudioWriter;
import org.chanterelle.audiofile.OutputFile;
import org.chanterelle.evaluate.ComparisonPicture;
import org.chanterelle.generate.Transfer;
import org.chanterelle.generate.TransferResult;
import org.chanterelle.generate.TransferSettings;
import org.chanterelle.model.ModelCard;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code transfer}: one recording into another instrument's sound. */
@Command(name = "transfer", description = "Turns a recording into another instrument's sound.")
final class TransferCommand implements Runnable {
    /** Share of frames beyond the model's pitches from which the user should know. */
    private static final double NOTED_SHARE = 0.2;

    @Mixin
    private Reporting reporting;

    @Mixin
    private ModelOption model;

    @Mixin
    private TransferOptions options;

    @Parameters(index = "0", paramLabel = "IN", description = "Recording: WAV, FLAC, AIFF or Ogg Vorbis.")
    private Path in;

    @Parameters(index = "1", paramLabel = "OUT", description = "Output: WAV or FLAC, by its name.")
    private Path out;

    @Option(names = "--picture", paramLabel = "PNG", description = "Draws pitch, loudness and spectrogram of both.")
    private Path picture;

    @Option(names = "--force", description = "Overwrites existing files.")
    private boolean force;

    @Override
    public void run() {
        AudioWriter.checkExtension(out);
        OutputFile.check(out, force);
        if (picture != null) {
            OutputFile.check(picture, force);
        }
        Transfer transfer = new Transfer(model.load());
        TransferSettings settings = options.settings(transfer.card());
        AudioClip recording = AudioReader.read(in);
        TransferResult result;
        try (ProgressBar bar = reporting.progress("transfer")) {
            result = transfer.run(recording, settings, bar::show);
        }
        AudioWriter.write(out, result.audio(), force);
        if (picture != null) {
            ComparisonPicture.write(
                    picture,
                    ComparisonPicture.Sound.of(in, recording),
                    ComparisonPicture.Sound.of(out, result.audio()),
                    force);
        }
        note(result, transfer, settings);
        reporting.tell(describe(recording, result, transfer), text(recording, result, transfer));
    }

    private void note(TransferResult result, Transfer transfer, TransferSettings settings) {
        if (TransferFigures.voicedShare(result.input()) == 0) {
            reporting.note(in + ": no pitch was found in it; the output is silent.");
        } else if (result.pitchFit().outOfRangeShare() > NOTED_SHARE) {
            ModelCard.PitchRange range = transfer.card().pitchRange();
            reporting.note(String.format(
                    Locale.ROOT,
                    "%s: %.0f %% lies beyond the pitches the model has learned, %.0f to %.0f Hz; --octave %d would fit best.",
                    in,
                    100 * result.pitchFit().outOfRangeShare(),
                    range.lowHz(),
                    range.highHz(),
                    settings.octave() + result.pitchFit().bestOctave()));
        }
    }

    private Map<String, Object> describe(AudioClip recording, TransferResult result, Transfer transfer) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("input", in.toString());
        object.put("output", out.toString());
        object.put("model", transfer.card().name());
        object.putAll(TransferFigures.of(recording, result));
        object.put("picture", picture == null ? null : picture.toString());
        return object;
    }

    private String text(AudioClip recording, TransferResult result, Transfer transfer) {
        return String.format(
                Locale.ROOT,
                "%s: %.2f s of %s at %d Hz, %.1f x real time%s",
                out,
                result.audio().seconds(),
                transfer.card().name(),
                result.audio().sampleRateHz(),
                recording.seconds() / result.timing().total(),
                picture == null ? "" : "; " + picture);
    }
}
