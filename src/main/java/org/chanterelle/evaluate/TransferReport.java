package org.chanterelle.evaluate;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;

/**
 * How well voices become the instrument. Each figure alone can be met by a sawtooth: read pitch, loudness and timbre together.
 *
 * @param model its name
 * @param clips figures of each recording
 * @param solo means over the pitched solo recordings
 * @param inputs what the instrument makes of sounds made for the purpose
 * @param timbre distances to the real instrument, over all recordings
 * @param soloTimbre the same over the pitched solo recordings
 * @param notes what could not be measured
 */
public record TransferReport(
        String model, List<Clip> clips, Clip solo, Inputs inputs, Timbre timbre, Timbre soloTimbre, List<String> notes) {
    /**
     * One recording.
     *
     * @param file name
     * @param solo whether it is one pitched voice
     * @param seconds length
     * @param octave octaves up that it was played
     * @param reference what the pitch is compared with: "exact" where a .f0.csv lies beside the recording, else "aubio" on the
     *     recording
     * @param rawPitchAccuracy of the output as aubio's yinfft hears it; null without that program
     * @param playedPitchAccuracy of the pitch that the instrument was asked for; null without a reference
     * @param onsetErrors share of the frames in the first 150 ms of notes in which the pitch asked for is more than 300 cents away
     * @param heardOnsetErrors the same of the output as aubio hears it, whose windows straddle note changes
     * @param loudnessCorrelation over all frames, floored 60 dB below the loudest
     * @param voicedLoudnessCorrelation over the frames in which the recording is voiced
     * @param voicedShare share of frames in which the instrument plays
     * @param jumpsPerSecond how often the pitch played leaps by more than 300 cents between neighbouring frames
     * @param outOfRangeShare share of the voiced frames beyond the pitches that the model has learned
     * @param buzz whether it sounds where nobody sings, on the dry output; null without a reference
     */
    public record Clip(
            String file,
            boolean solo,
            double seconds,
            int octave,
            String reference,
            Double rawPitchAccuracy,
            Double playedPitchAccuracy,
            Double onsetErrors,
            Double heardOnsetErrors,
            double loudnessCorrelation,
            double voicedLoudnessCorrelation,
            double voicedShare,
            double jumpsPerSecond,
            double outOfRangeShare,
            Buzz buzz) {}

    /**
     * Answers to made sounds.
     *
     * @param vowels what a, e, i, o, u of equal RMS become, at the worst of three pitches
     * @param hissDbfs highest level of the dry output while an s sounds, alone or between vowels; all harmonics are below it
     * @param noiseDbfs highest RMS level of the output for noise, breath and hum alone; null is silence
     * @param silenceDbfs the same for digital silence
     */
    public record Inputs(Spread vowels, Double hissDbfs, Double noiseDbfs, Double silenceDbfs) {}

    /**
     * Fréchet distances of {@link TimbreFrames} to the notes of the instrument's training recordings that lie in the pitch range of
     * the outputs.
     *
     * @param lowHz 1st percentile of the pitches played
     * @param highHz 99th percentile
     * @param frames vectors in each set that is compared, thinned to equal number
     * @param outputs all outputs together
     * @param heldOut recordings of the instrument that the model has not heard, in the same range
     * @param voice the recordings themselves
     * @param sawtooth the equalised sawtooth, playing the same
     */
    public record Timbre(
            double lowHz, double highHz, int frames, double outputs, double heldOut, double voice, double sawtooth) {}

    /** Means over some clips; figures that none has are null. */
    static Clip mean(String name, List<Clip> clips) {
        return new Clip(
                name,
                true,
                plainMean(clips, Clip::seconds),
                0,
                "",
                mean(clips, Clip::rawPitchAccuracy),
                mean(clips, Clip::playedPitchAccuracy),
                mean(clips, Clip::onsetErrors),
                mean(clips, Clip::heardOnsetErrors),
                plainMean(clips, Clip::loudnessCorrelation),
                plainMean(clips, Clip::voicedLoudnessCorrelation),
                plainMean(clips, Clip::voicedShare),
                plainMean(clips, Clip::jumpsPerSecond),
                plainMean(clips, Clip::outOfRangeShare),
                null);
    }

    /** The figures as tables. */
    public String table() {
        StringBuilder table = new StringBuilder(String.format(
                Locale.ROOT,
                "%-36s %-4s %3s %-5s %6s %6s %7s %7s %6s %6s %6s %6s %7s %6s %6s %4s%n",
                "clip", "solo", "8ve", "ref", "RPA", "asked", "onset%", "heard%", "corr", "corr_v", "voiced", "jumps",
                "unpitch", "toggle", "leaps", "buzz"));
        clips.forEach(clip -> table.append(line(clip)));
        table.append(line(solo));
        table.append(String.format(
                Locale.ROOT,
                "%nequal vowels: level %.1f dB, third octaves %.1f dB at worst, %.1f dB in the mean%n",
                inputs.vowels.levelDb(),
                inputs.vowels.envelopeDb(),
                inputs.vowels.meanEnvelopeDb()));
        table.append("during s: " + level(inputs.hissDbfs) + "; noise alone: " + level(inputs.noiseDbfs) + "; silence: "
                + level(inputs.silenceDbfs) + "\n\n");
        table.append(timbreLine("all", timbre)).append(timbreLine("solo", soloTimbre));
        notes.forEach(note -> table.append(note).append('\n'));
        return table.toString();
    }

    private static String timbreLine(String name, Timbre t) {
        return t == null
                ? name + ": no Fréchet distance\n"
                : String.format(
                        Locale.ROOT,
                        "Fréchet distance, %s (%.0f to %.0f Hz, %d frames): outputs %.1f, held-out %.1f, voice %.1f, sawtooth %.1f%n",
                        name, t.lowHz, t.highHz, t.frames, t.outputs, t.heldOut, t.voice, t.sawtooth);
    }

    private static String line(Clip c) {
        return String.format(
                Locale.ROOT,
                "%-36s %-4s %3d %-5s %6s %6s %7s %7s %6.3f %6.3f %6.2f %6.2f %s%n",
                c.file, c.solo ? "yes" : "no", c.octave, c.reference, figure(c.rawPitchAccuracy, 1),
                figure(c.playedPitchAccuracy, 1),
                figure(c.onsetErrors, 100), figure(c.heardOnsetErrors, 100), c.loudnessCorrelation, c.voicedLoudnessCorrelation,
                c.voicedShare, c.jumpsPerSecond, buzz(c.buzz));
    }

    private static String buzz(Buzz b) {
        return b == null
                ? String.format(Locale.ROOT, "%7s %6s %6s %4s", "-", "-", "-", "-")
                : String.format(
                        Locale.ROOT,
                        "%7s %6.2f %6.2f %4s",
                        b.unpitchedDb() == null ? "none" : String.format(Locale.ROOT, "%.1f", b.unpitchedDb()),
                        b.togglesPerSecond(), b.leapsPerSecond(), b.heard() ? "yes" : "no");
    }

    private static String figure(Double value, double scale) {
        return value == null ? "-" : String.format(Locale.ROOT, "%.3f", scale * value);
    }

    private static String level(Double dbfs) {
        return dbfs == null ? "silent" : String.format(Locale.ROOT, "%.1f dBFS", dbfs);
    }

    private static Double mean(List<Clip> clips, Function<Clip, Double> figure) {
        var values = clips.stream().map(figure).filter(Objects::nonNull).mapToDouble(v -> v).average();
        return values.isPresent() ? values.getAsDouble() : null;
    }

    private static double plainMean(List<Clip> clips, Function<Clip, Double> figure) {
        return clips.stream().mapToDouble(figure::apply).average().orElse(0);
    }
}
