package org.chanterelle.train.soundfont;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.chanterelle.audiofile.AudioClip;
import org.chanterelle.audiofile.AudioWriter;
import org.chanterelle.audiofile.AudioWriter.SampleFormat;
import org.chanterelle.signal.UserError;
import org.chanterelle.train.notes.NoteFolder;
import org.chanterelle.train.notes.NoteSet;
import org.chanterelle.train.notes.NoteSplit;

/** Renders a sound font's notes into a note folder. What lies there already is kept, so that a stopped run goes on. One thread. */
public final class NoteRendering {
    private static final float SILENT_PEAK = 1e-3f;

    private final SoundFont font;
    private final Path folder;
    private final RenderSettings settings;
    private final Synthesiser synthesiser;
    private final List<PlannedNote> plan;
    private int rendered;

    /** Hears how far it is. */
    @FunctionalInterface
    public interface Listener {
        /** A share of all notes, 0 to 1, is there; {@code doing} says what comes next. */
        void progress(double share, String doing);
    }

    /**
     * What was made.
     *
     * @param notes in the folder, by set
     * @param rendered of them in this run
     * @param silent names of notes that the font does not sound; they are left out
     * @param sharing how far the font eases the split
     */
    public record Result(Map<NoteSet, Integer> notes, int rendered, List<String> silent, SampleSharing sharing) {}

    /** Plans the notes; throws UserError if there are none or the font lacks a program. */
    public NoteRendering(SoundFont font, Path folder, RenderSettings settings, Synthesiser synthesiser) {
        this.font = font;
        this.folder = folder;
        this.settings = settings;
        this.synthesiser = synthesiser;
        plan = plan();
    }

    /**
     * Renders what is missing, then writes the indexes.
     *
     * @throws UserError when the folder holds other notes, a note would clip or a file cannot be written
     */
    public Result run(Listener listener) {
        NoteFolderWriter writer = new NoteFolderWriter(folder, settings, font);
        writer.begin();
        List<String> silent = new ArrayList<>();
        int done = 0;
        for (List<PlannedNote> score : scores()) {
            PlannedNote first = score.getFirst();
            listener.progress((double) done / plan.size(), first.instrument().name() + ", velocity " + first.velocity());
            if (!score.stream().allMatch(note -> Files.exists(note.file(folder)))) {
                silent.addAll(render(score));
            }
            done += score.size();
        }
        SampleSharing sharing = SampleSharing.of(font, plan);
        return new Result(writer.finish(plan, silent, sharing), rendered, List.copyOf(silent), sharing);
    }

    private List<PlannedNote> plan() {
        List<PlannedNote> notes = new ArrayList<>();
        for (String name : settings.programs()) {
            MidiInstrument instrument = MidiInstrument.find(name);
            if (!font.hasProgram(instrument.program())) {
                throw new UserError(font.file() + ": has no program " + instrument.program() + " (" + name
                        + "). Leave it out of --programs or give a General MIDI font");
            }
            List<Integer> pitches = instrument.pitches(settings.lowest(), settings.highest());
            Map<Integer, NoteSet> sets = NoteSplit.ofPitches(name, pitches, settings.seed());
            for (int velocity : settings.velocities()) {
                pitches.forEach(pitch -> notes.add(new PlannedNote(instrument, pitch, velocity, sets.get(pitch))));
            }
        }
        if (notes.isEmpty()) {
            throw new UserError(
                    "no notes to render: no instrument plays between --lowest " + settings.lowest() + " and --highest "
                            + settings.highest() + ". Widen the range");
        }
        return List.copyOf(notes);
    }

    /** The plan in pieces that one score plays. */
    private List<List<PlannedNote>> scores() {
        List<List<PlannedNote>> scores = new ArrayList<>();
        List<PlannedNote> score = new ArrayList<>();
        for (PlannedNote note : plan) {
            boolean other = !score.isEmpty() && (score.size() == NoteScore.MAX_NOTES
                    || score.getFirst().velocity() != note.velocity()
                    || !score.getFirst().instrument().equals(note.instrument()));
            if (other) {
                scores.add(List.copyOf(score));
                score.clear();
            }
            score.add(note);
        }
        scores.add(List.copyOf(score));
        return scores;
    }

    /** Renders a score's missing notes; returns the silent ones. */
    private List<String> render(List<PlannedNote> score) {
        PlannedNote first = score.getFirst();
        List<Integer> pitches = score.stream().map(PlannedNote::pitch).toList();
        AudioClip sound = synthesiser.play(NoteScore.of(first.instrument().program(), pitches, first.velocity()));
        List<String> silent = new ArrayList<>();
        for (int i = 0; i < score.size(); i++) {
            PlannedNote note = score.get(i);
            float[] audio = NoteScore.cut(sound, i);
            float peak = peak(note, audio);
            if (peak < SILENT_PEAK) {
                silent.add(note.name());
            } else if (!Files.exists(note.file(folder))) {
                write(note.file(folder), audio);
                rendered++;
            }
        }
        return silent;
    }

    private float peak(PlannedNote note, float[] audio) {
        float peak = 0;
        for (float sample : audio) {
            peak = Math.max(peak, Math.abs(sample));
        }
        if (peak >= 1) {
            throw new UserError(String.format(Locale.ROOT,
                    "%s: would clip: its peak is %.2f of full scale at --gain %s. Give --gain"
                            + " %.2f or less, and another folder",
                    note.name(), peak, settings.gain(), 0.98 * settings.gain() / peak));
        }
        return peak;
    }

    private static void write(Path file, float[] audio) {
        try {
            Files.createDirectories(file.getParent());
        } catch (IOException e) {
            throw new UserError(file.getParent() + ": cannot be made: " + e.getMessage() + ". Name another folder", e);
        }
        AudioWriter.write(file, AudioClip.mono(audio, NoteFolder.RATE_HZ), SampleFormat.PCM_16, false);
    }
}
