package org.chanterelle.evaluate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleConsumer;
import org.chanterelle.analysis.FeatureExtractor;
import org.chanterelle.audiofile.AudioClip;
import org.chanterelle.evaluate.ExternalPitch.Method;
import org.chanterelle.generate.Room;
import org.chanterelle.generate.Transfer;
import org.chanterelle.generate.TransferResult;
import org.chanterelle.generate.TransferSettings;
import org.chanterelle.model.ModelFolder;
import org.chanterelle.signal.FeatureTrack;
import org.chanterelle.signal.Levels;

/** Resynthesis: plays a model from recordings of its own instrument and compares, beside baselines that bound the figures. */
public final class EvaluateTimbre {
    private static final long SEED = 1;
    private static final int HIGH_OCTAVE_HZ = 16_000;

    private final ModelFolder model;
    private final Transfer transfer;
    private final EqualisedSawtooth sawtooth;
    private final List<Path> files;
    private final List<AudioClip> clips;
    private final Optional<ExternalPitch> judge = ExternalPitch.find();

    private EvaluateTimbre(ModelFolder model, EqualisedSawtooth sawtooth, List<Path> files) {
        this.model = model;
        this.sawtooth = sawtooth;
        this.files = files;
        transfer = new Transfer(model);
        clips = files.stream().map(Recordings::levelled).toList();
    }

    /**
     * Evaluates.
     *
     * @param train recordings that the model learned from, for the baseline's filter
     * @param valid recordings that it has not heard
     * @param progress hears the share done, 0 to 1
     */
    public static TimbreReport run(ModelFolder model, Path train, Path valid, DoubleConsumer progress) {
        List<Path> files = Recordings.under(valid);
        Instrument learned = Instrument.under(train, model.card().config().controlRateHz());
        EqualisedSawtooth sawtooth = EqualisedSawtooth.fit(learned.recordings(), Recordings.RATE_HZ);
        EvaluateTimbre evaluation = new EvaluateTimbre(model, sawtooth, files);
        List<TimbreReport.Clip> figures = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            progress.accept((i + 1.0) / (files.size() + 1));
            figures.add(evaluation.figures(i));
        }
        List<String> notes = evaluation.judge.isPresent() ? List.of() : List.of(ExternalPitch.MISSING);
        return TimbreReport.of(model.card().name(), figures, notes);
    }

    private TimbreReport.Clip figures(int index) {
        AudioClip clip = clips.get(index);
        float[] audio = Recordings.at16k(clip);
        int rooms = Math.max(1, model.card().config().rooms());
        TransferResult best = null;
        int bestRoom = 0;
        double loss = Double.POSITIVE_INFINITY;
        double sawtoothLoss = Double.POSITIVE_INFINITY;
        for (int room = 0; room < rooms; room++) {
            TransferResult result = played(clip, room);
            double found = loss(audio, Recordings.at16k(result.audio()));
            if (found < loss) {
                loss = found;
                best = result;
                bestRoom = room;
            }
            float[] buzz = sawtooth.play(result.played(), audio.length);
            float[] inRoom = Room.of(model, new TransferSettings.Reverb.Own(room), Recordings.RATE_HZ).play(buzz);
            sawtoothLoss = Math.min(sawtoothLoss, loss(audio, inRoom));
        }
        float[] output = Arrays.copyOf(Recordings.at16k(best.audio()), audio.length);
        FeatureTrack heard = FeatureExtractor.extract(output, Recordings.RATE_HZ, best.input().controlRateHz());
        LoudnessAgreement level = LoudnessAgreement.between(best.input(), heard);
        float[] other = Recordings.at16k(clips.get((index + 1) % clips.size()));
        return new TimbreReport.Clip(
                files.get(index).getFileName().toString(),
                clip.seconds(),
                model.card().rooms().isEmpty() ? "none" : model.card().rooms().get(bestRoom),
                loss,
                sawtoothLoss,
                loss(audio, other),
                loss(audio, RandomPhases.of(audio, SEED)),
                CourseLoss.between(audio, new float[audio.length]),
                highOctaveDb(clip, bestRoom),
                accuracy(Method.YINFFT, best.played(), output),
                accuracy(Method.MCOMB, best.played(), output),
                accuracy(Method.YINFFT, best.played(), dry(clip, audio.length)),
                level.meanErrorDb(),
                level.rmsErrorDb(),
                level.correlation());
    }

    private Double highOctaveDb(AudioClip clip, int room) {
        if (clip.sampleRateHz() < 2 * HIGH_OCTAVE_HZ || model.card().config().sampleRateHz() < 2 * HIGH_OCTAVE_HZ) {
            return null;
        }
        TransferSettings settings = TransferSettings.DEFAULT.asResynthesis().withRateHz(clip.sampleRateHz());
        float[] output = transfer.run(clip, settings.withReverb(new TransferSettings.Reverb.Own(room))).audio().mono();
        return highOctaveDb(output, clip.sampleRateHz()) - highOctaveDb(clip.mono(), clip.sampleRateHz());
    }

    private static double highOctaveDb(float[] audio, int rateHz) {
        float[] levelled = Levels.atRms(audio, Recordings.LEVEL_DBFS);
        return ThirdOctaves.levelDb(levelled, rateHz, HIGH_OCTAVE_HZ / 2.0, HIGH_OCTAVE_HZ);
    }

    private TransferResult played(AudioClip clip, int room) {
        return played(clip, new TransferSettings.Reverb.Own(room));
    }

    private float[] dry(AudioClip clip, int length) {
        return Arrays.copyOf(Recordings.at16k(played(clip, new TransferSettings.Reverb.None()).audio()), length);
    }

    /** At the model's own rate: brought to 16 kHz as the recordings are, it has their steep end below 8 kHz. */
    private TransferResult played(AudioClip clip, TransferSettings.Reverb room) {
        int rateHz = model.card().config().sampleRateHz();
        return transfer.run(clip, TransferSettings.DEFAULT.asResynthesis().withRateHz(rateHz).withReverb(room));
    }

    private Double accuracy(Method method, FeatureTrack asked, float[] output) {
        Melody reference = Melodies.of(asked);
        return judge.map(j -> j.track(method, output, Recordings.RATE_HZ, Melodies.lowestHz(reference)))
                .map(heard -> MelodyMetrics.compare(reference, heard, Melodies.TOLERANCE_CENTS).rawPitchAccuracy())
                .orElse(null);
    }

    private static double loss(float[] clip, float[] output) {
        float[] cut = Arrays.copyOf(output, Math.min(output.length, clip.length));
        return CourseLoss.between(clip, Levels.atRms(cut, Recordings.LEVEL_DBFS));
    }
}
