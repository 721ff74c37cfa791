package org.chanterelle.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.chanterelle.analysis.spectrum.MelSpectrum;
import org.chanterelle.audiofile.AudioClip;
import org.chanterelle.audiofile.AudioWriter;
import org.chanterelle.audiofile.MidiScore;
import org.chanterelle.audiofile.OutputFile;
import org.chanterelle.generate.GriffinLim;
import org.chanterelle.generate.Vocoder;
import org.chanterelle.generate.Vocoders;
import org.chanterelle.generate.mel2mel.Mel2MelPredictor;
import org.chanterelle.generate.mel2mel.ResumeFolder;
import org.chanterelle.generate.mel2mel.ScorePart;
import org.chanterelle.generate.mel2mel.ScoreRenderer;
import org.chanterelle.model.ModelFolder;
import org.chanterelle.model.mel2mel.Mel2MelFolder;
import org.chanterelle.model.mel2mel.PianoRoll;
import org.chanterelle.rt.dsp.Resampler;
import org.chanterelle.signal.ScoreNote;
import org.chanterelle.signal.UserError;

/** A MIDI file through Mel2Mel into an audio file; the same command goes on where it was stopped. */
final class Mel2MelRender {
    static final String GRIFFIN_LIM = Vocoders.GRIFFIN_LIM;

    private final Path in;
    private final TempoOption tempo;
    private final Path out;
    private final int rateHz;
    private final boolean force;
    private final Reporting reporting;

    /** Checks the output before anything is read. */
    Mel2MelRender(Path in, TempoOption tempo, Path out, int rateHz, boolean force, Reporting reporting) {
        AudioWriter.checkExtension(out);
        OutputFile.check(out, force);
        Rates.check("--rate", rateHz);
        this.in = in;
        this.tempo = tempo;
        this.out = out;
        this.rateHz = rateHz;
        this.force = force;
        this.reporting = reporting;
    }

    /** The vocoder of a name; throws UserError when there is none. */
    static Vocoder vocoder(String name) {
        return name.equals(GRIFFIN_LIM) ? new GriffinLim() : Vocoders.load(Home.folder(name));
    }

    /** An embedding of the model's size. */
    static float[] timbre(Mel2MelFolder model, List<Float> numbers) {
        int size = model.card().config().timbreSize();
        if (numbers.size() != size) {
            throw new UserError("a timbre of " + numbers.size() + " numbers; those of " + model.card().name() + " have " + size);
        }
        float[] timbre = new float[size];
        for (int i = 0; i < size; i++) {
            timbre[i] = numbers.get(i);
        }
        return timbre;
    }

    /** The score's notes that a piano has; throws UserError when there are none. */
    List<ScoreNote> notes() {
        MidiScore score = MidiScore.of(tempo.read(in));
        List<ScoreNote> notes = score.notes().stream().filter(note -> PianoRoll.isKey(note.pitch())).toList();
        if (notes.isEmpty()) {
            String why = score.drumNotes() > 0 && score.notes().isEmpty()
                    ? "only drums (" + score.drumNotes() + " notes on channel 10)"
                    : score.notes().isEmpty() ? "no notes" : "no notes between MIDI numbers 21 and 108";
            throw new UserError(in + ": holds " + why + "; expected notes of a pitch. Give another file");
        }
        if (notes.size() < score.notes().size()) {
            reporting.note(score.notes().size() - notes.size() + " notes outside of a piano's keys are left out");
        }
        return notes;
    }

    /** Renders and tells. */
    void run(Mel2MelFolder model, List<ScorePart> parts, String vocoderName, double gain, String kind, String name) {
        Vocoder vocoder = vocoder(vocoderName);
        long start = System.nanoTime();
        StringBuilder settings = new StringBuilder(vocoderName + " " + gain + " " + tempo.value());
        for (ScorePart part : parts) {
            settings.append(' ').append(part.name()).append(java.util.Arrays.toString(part.timbre().from()))
                    .append(java.util.Arrays.toString(part.timbre().to()));
        }
        List<Path> files = new ArrayList<>(List.of(in, model.path().resolve(ModelFolder.WEIGHTS)));
        if (!vocoderName.equals(GRIFFIN_LIM)) {
            files.add(Home.folder(vocoderName).resolve(ModelFolder.WEIGHTS));
        }
        ResumeFolder kept = ResumeFolder.of(out, files, settings.toString());
        ScoreRenderer.Rendering rendering;
        try (ProgressBar bar = reporting.progress("render");
                Mel2MelPredictor predictor = new Mel2MelPredictor(model.card().config(), model.weights())) {
            rendering = new ScoreRenderer(predictor, vocoder).render(parts, gain, kept, bar::show);
        }
        float[] audio = Resampler.resample(rendering.audio(), MelSpectrum.SAMPLE_RATE_HZ, rateHz);
        AudioWriter.write(out, AudioClip.mono(audio, rateHz), force);
        kept.delete();
        double seconds = (double) rendering.audio().length / MelSpectrum.SAMPLE_RATE_HZ;
        double took = (System.nanoTime() - start) * 1e-9;
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("input", in.toString());
        object.put("output", out.toString());
        object.put(kind, name);
        object.put("model", model.card().name());
        object.put("vocoder", vocoderName);
        object.put("parts", parts.stream().map(ScorePart::name).toList());
        object.put("seconds", seconds);
        object.put("timesRealTime", seconds / took);
        object.put("reductionDb", rendering.reductionDb());
        reporting.tell(object, String.format(Locale.ROOT, "%s: %.2f s of %s, %.1f x real time%s", out, seconds, name,
                seconds / took, rendering.reductionDb() > 0
                        ? String.format(Locale.ROOT, ", lowered by %.1f dB to stay within full scale", rendering.reductionDb())
                        : ""));
    }
}
