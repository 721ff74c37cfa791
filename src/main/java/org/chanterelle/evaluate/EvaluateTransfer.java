package org.chanterelle.evaluate;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.DoubleConsumer;
import java.util.regex.Pattern;
import org.chanterelle.analysis.FeatureExtractor;
import org.chanterelle.audiofile.AudioClip;
import org.chanterelle.audiofile.AudioReader;
import org.chanterelle.evaluate.ExternalPitch.Method;
import org.chanterelle.generate.Room;
import org.chanterelle.generate.Transfer;
import org.chanterelle.generate.TransferResult;
import org.chanterelle.generate.TransferSettings;
import org.chanterelle.model.ModelFolder;
import org.chanterelle.signal.FeatureTrack;
import org.chanterelle.signal.Units;

/** Voice to instrument: plays a model from recordings of voices and measures pitch, loudness, timbre and silence. */
public final class EvaluateTransfer {
    /**
     * What to evaluate.
     *
     * @param voices folder of recordings; a {@code NAME.f0.csv} beside {@code NAME.flac} is its exact pitch
     * @param notSolo pattern found in the names of recordings that are not one pitched voice: choirs, speech, birds
     * @param train the instrument's training recordings
     * @param heldOut recordings of the instrument that the model has not heard
     * @param settings how to play
     * @param fitOctave whether a recording beyond the pitches that the model has learned is played in the octave that suits it best,
     *     as a player would choose
     * @param pictures existing folder for one picture of each recording and its output, or null
     */
    public record Request(
            Path voices, Pattern notSolo, Path train, Path heldOut, TransferSettings settings, boolean fitOctave,
            Path pictures) {}

    private static final double JUMP_CENTS = 300;
    private static final float SILENT_DB = -80f;

    private final Request request;
    private final ModelFolder model;
    private final Transfer transfer;
    private final Instrument train;
    private final EqualisedSawtooth sawtooth;
    private final Optional<ExternalPitch> judge = ExternalPitch.find();
    private final TimbreComparison all = new TimbreComparison();
    private final TimbreComparison solo = new TimbreComparison();

    private EvaluateTransfer(ModelFolder model, Request request) {
        this.request = request;
        this.model = model;
        transfer = new Transfer(model);
        train = Instrument.under(request.train, model.card().config().controlRateHz());
        sawtooth = EqualisedSawtooth.fit(train.recordings(), Recordings.RATE_HZ);
    }

    /** Evaluates; {@code progress} hears the share done, 0 to 1. */
    public static TransferReport run(ModelFolder model, Request request, DoubleConsumer progress) {
        List<Path> files = Recordings.under(request.voices);
        EvaluateTransfer evaluation = new EvaluateTransfer(model, request);
        List<TransferReport.Clip> clips = new ArrayList<>();
        for (Path file : files) {
            clips.add(evaluation.figures(file));
            progress.accept((double) clips.size() / (files.size() + 1));
        }
        TransferReport.Inputs inputs = new MadeSounds(evaluation.transfer, request.settings).measure();
        Instrument heldOut = Instrument.under(request.heldOut, model.card().config().controlRateHz());
        List<TransferReport.Clip> soloClips = clips.stream().filter(TransferReport.Clip::solo).toList();
        return new TransferReport(
                model.card().name(),
                clips,
                TransferReport.mean("mean of solo clips", soloClips),
                inputs,
                evaluation.all.compare(evaluation.train, heldOut),
                evaluation.solo.compare(evaluation.train, heldOut),
                evaluation.judge.isPresent() ? List.of() : List.of(ExternalPitch.MISSING));
    }

    private TransferReport.Clip figures(Path file) {
        AudioClip clip = AudioReader.read(file);
        TransferResult result = transfer.run(clip, request.settings);
        int shift = request.fitOctave ? result.pitchFit().bestOctave() : 0;
        TransferSettings shifted = request.settings.withOctave(request.settings.octave() + shift);
        return figures(file, clip, shift == 0 ? result : transfer.run(clip, shifted), shifted);
    }

    private TransferReport.Clip figures(Path file, AudioClip clip, TransferResult result, TransferSettings settings) {
        String name = file.getFileName().toString();
        boolean isSolo = !request.notSolo.matcher(name.toLowerCase(Locale.ROOT)).find();
        collect(clip, result, isSolo);
        int rateHz = result.audio().sampleRateHz();
        float[] output = Arrays.copyOf(result.audio().mono(), (int) Math.round(clip.seconds() * rateHz));
        FeatureTrack heard = FeatureExtractor.extract(output, rateHz, result.input().controlRateHz());
        draw(name, clip, output, result, heard);
        LoudnessAgreement loudness = LoudnessAgreement.between(result.input(), heard);
        Melody asked = Melodies.of(result.played());
        Path csv = file.resolveSibling(name.replaceFirst("\\.[^.]+$", "") + ".f0.csv");
        Optional<Melody> reference = reference(csv, clip, settings);
        Optional<Melody> sung = judge.map(j -> j.track(Method.YINFFT, output, rateHz, Melodies.lowestHz(asked)));
        return new TransferReport.Clip(
                name,
                isSolo,
                clip.seconds(),
                settings.octave(),
                Files.exists(csv) ? "exact" : "aubio",
                reference.flatMap(r -> sung.map(h -> accuracy(r, h))).orElse(null),
                reference.map(r -> accuracy(r, asked)).orElse(null),
                reference.map(r -> Melodies.grossErrors(Melodies.onsets(r), asked)).orElse(null),
                reference.flatMap(r -> sung.map(h -> Melodies.grossErrors(Melodies.onsets(r), h))).orElse(null),
                loudness.correlation(),
                loudness.voicedCorrelation(),
                voicedShare(result.played()),
                jumpsPerSecond(result.played()),
                result.pitchFit().outOfRangeShare(),
                reference.map(r -> buzz(r, clip, settings)).orElse(null));
    }

    /** Without the room, whose tail sounds where nobody sings. */
    private Buzz buzz(Melody judged, AudioClip clip, TransferSettings settings) {
        TransferResult dry = transfer.run(clip, settings.withReverb(new TransferSettings.Reverb.None()));
        return Buzz.of(judged, dry.audio().mono(), dry.audio().sampleRateHz(), dry.played());
    }

    private Optional<Melody> reference(Path csv, AudioClip clip, TransferSettings settings) {
        double ratio = Math.pow(2, settings.octave() + settings.semitones() / 12);
        Optional<Melody> sung = Files.exists(csv)
                ? Optional.of(Melodies.read(csv))
                : judge.map(j -> {
                    double lowestHz = Melodies.lowestHz(j.track(Method.YINFFT, clip.mono(), clip.sampleRateHz(), 0));
                    return j.track(Method.YINFFT, clip.mono(), clip.sampleRateHz(), lowestHz);
                });
        return sung.map(melody -> Melodies.transposed(melody, ratio));
    }

    private void collect(AudioClip clip, TransferResult result, boolean isSolo) {
        float[] output = Recordings.at16k(result.audio());
        float[] voice = Recordings.at16k(clip);
        float[] dry = sawtooth.play(gated(result.played()), output.length);
        float[] buzz = Room.of(model, request.settings.reverb(), Recordings.RATE_HZ).play(dry);
        all.add(output, voice, buzz, result.played());
        if (isSolo) {
            solo.add(output, voice, buzz, result.played());
        }
    }

    /** The sawtooth falls silent where the instrument does. */
    private static FeatureTrack gated(FeatureTrack track) {
        float[] loudnessDb = track.loudnessDb().clone();
        for (int i = 0; i < loudnessDb.length; i++) {
            loudnessDb[i] = track.voiced()[i] ? loudnessDb[i] : SILENT_DB;
        }
        return new FeatureTrack(track.controlRateHz(), track.f0Hz(), loudnessDb, track.confidence(), track.voiced());
    }

    private void draw(String name, AudioClip clip, float[] output, TransferResult result, FeatureTrack heard) {
        if (request.pictures != null) {
            ComparisonPicture.write(
                    request.pictures.resolve(name.replaceFirst("\\.[^.]+$", "") + ".png"),
                    new ComparisonPicture.Sound(name, clip.mono(), clip.sampleRateHz(), result.input()),
                    new ComparisonPicture.Sound(model.card().name(), output, result.audio().sampleRateHz(), heard),
                    true);
        }
    }

    private static double accuracy(Melody reference, Melody estimate) {
        return MelodyMetrics.compare(reference, estimate, Melodies.TOLERANCE_CENTS).rawPitchAccuracy();
    }

    private static double voicedShare(FeatureTrack track) {
        int voiced = 0;
        for (boolean v : track.voiced()) {
            voiced += v ? 1 : 0;
        }
        return (double) voiced / track.length();
    }

    private static double jumpsPerSecond(FeatureTrack track) {
        int jumps = 0;
        for (int i = 1; i < track.length(); i++) {
            boolean both = track.voiced()[i] && track.voiced()[i - 1];
            jumps += both && Math.abs(Units.cents(track.f0Hz()[i], track.f0Hz()[i - 1])) > JUMP_CENTS ? 1 : 0;
        }
        return jumps * track.controlRateHz() / track.length();
    }
}
