package org.chanterelle.evaluate;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * How well a model plays back recordings of its own instrument that it has not heard.
 *
 * @param model its name
 * @param clips figures of each recording
 * @param mean their means
 * @param notes what could not be measured
 */
public record TimbreReport(String model, List<Clip> clips, Clip mean, List<String> notes) {
    /**
     * One recording and its resynthesis, both at -21 dBFS RMS for the losses.
     *
     * @param file name
     * @param seconds length
     * @param room the room, of the model's, with the smallest loss
     * @param loss course-definition multi-scale spectral loss
     * @param sawtoothLoss the same of the equalised sawtooth in its best room
     * @param otherClipLoss the same of another recording
     * @param randomPhaseLoss the same of the recording's own magnitudes with random phases
     * @param silenceLoss the same of silence
     * @param highOctaveDb level between 8 and 16 kHz against the recording's, both at one RMS; null where the recording or the model
     *     has no such band
     * @param rawPitchAccuracy of the output by another algorithm (aubio's yinfft) against the pitch that was asked for, in voiced
     *     frames; null without that program
     * @param rawPitchAccuracyMcomb the same by aubio's mcomb
     * @param dryPitchAccuracy by yinfft without the room, whose tails hide what follows a note change
     * @param meanLevelErrorDb of the unscaled output over voiced frames; positive is too loud
     * @param rmsLevelErrorDb root mean square of that error
     * @param loudnessCorrelation over all frames
     */
    public record Clip(
            String file,
            double seconds,
            String room,
            double loss,
            double sawtoothLoss,
            double otherClipLoss,
            double randomPhaseLoss,
            double silenceLoss,
            Double highOctaveDb,
            Double rawPitchAccuracy,
            Double rawPitchAccuracyMcomb,
            Double dryPitchAccuracy,
            double meanLevelErrorDb,
            double rmsLevelErrorDb,
            double loudnessCorrelation) {}

    /** Takes the means. */
    public static TimbreReport of(String model, List<Clip> clips, List<String> notes) {
        Clip mean = new Clip(
                "mean",
                mean(clips, Clip::seconds),
                "",
                mean(clips, Clip::loss),
                mean(clips, Clip::sawtoothLoss),
                mean(clips, Clip::otherClipLoss),
                mean(clips, Clip::randomPhaseLoss),
                mean(clips, Clip::silenceLoss),
                meanOfKnown(clips, Clip::highOctaveDb),
                judged(clips) ? mean(clips, Clip::rawPitchAccuracy) : null,
                judged(clips) ? mean(clips, Clip::rawPitchAccuracyMcomb) : null,
                judged(clips) ? mean(clips, Clip::dryPitchAccuracy) : null,
                mean(clips, Clip::meanLevelErrorDb),
                mean(clips, Clip::rmsLevelErrorDb),
                mean(clips, Clip::loudnessCorrelation));
        return new TimbreReport(model, clips, mean, notes);
    }

    /** The figures as a table. */
    public String table() {
        StringBuilder table = new StringBuilder(String.format(
                Locale.ROOT, "%-42s %-9s %6s %8s %6s %6s %7s %6s %6s %6s %6s %6s %6s %7s%n",
                "clip", "room", "loss", "sawtooth", "other", "random", "silence", "RPA", "mcomb", "dry", "dB", "RMS dB", "corr",
                "8-16k"));
        for (Clip clip : clips) {
            table.append(line(clip));
        }
        table.append(line(mean));
        notes.forEach(note -> table.append(note).append('\n'));
        return table.toString();
    }

    private static String line(Clip c) {
        return String.format(
                Locale.ROOT, "%-42s %-9s %6.2f %8.2f %6.2f %6.2f %7.2f %6s %6s %6s %+6.2f %6.2f %6.2f %7s%n",
                c.file, c.room, c.loss, c.sawtoothLoss, c.otherClipLoss, c.randomPhaseLoss, c.silenceLoss,
                share(c.rawPitchAccuracy),
                share(c.rawPitchAccuracyMcomb), share(c.dryPitchAccuracy), c.meanLevelErrorDb, c.rmsLevelErrorDb,
                c.loudnessCorrelation, c.highOctaveDb == null ? "-" : String.format(Locale.ROOT, "%+.1f", c.highOctaveDb));
    }

    private static String share(Double value) {
        return value == null ? "-" : String.format(Locale.ROOT, "%.3f", value);
    }

    private static boolean judged(List<Clip> clips) {
        return clips.stream().allMatch(
                clip -> clip.rawPitchAccuracy != null && clip.rawPitchAccuracyMcomb != null && clip.dryPitchAccuracy != null);
    }

    private static Double meanOfKnown(List<Clip> clips, Function<Clip, Double> figure) {
        OptionalDouble mean = clips.stream().map(figure).filter(Objects::nonNull).mapToDouble(value -> value).average();
        return mean.isPresent() ? mean.getAsDouble() : null;
    }

    private static double mean(List<Clip> clips, ToDoubleFunction<Clip> figure) {
        return clips.stream().mapToDouble(figure).average().orElseThrow();
    }
}
