package org.chanterelle.train.scores;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.chanterelle.analysis.spectrum.MelSpectrum;
import org.chanterelle.audiofile.AudioClip;
import org.chanterelle.audiofile.AudioWriter;
import org.chanterelle.audiofile.AudioWriter.SampleFormat;
import org.chanterelle.audiofile.MidiFile;
import org.chanterelle.audiofile.MidiScore;
import org.chanterelle.audiofile.OutputFile;
import org.chanterelle.model.Safetensors;
import org.chanterelle.model.Tensor;
import org.chanterelle.rt.dsp.HighPass;
import org.chanterelle.rt.dsp.Resampler;
import org.chanterelle.signal.ScoreNote;
import org.chanterelle.signal.UserError;
import org.chanterelle.train.notes.NoteSet;
import org.chanterelle.train.soundfont.MidiInstrument;
import org.chanterelle.train.soundfont.SoundFont;
import org.chanterelle.train.soundfont.Synthesiser;

/**
 * Renders pieces for several instruments, on all processors. What lies in the folder already is kept, so that a stopped run goes on. To
 * be run by one thread.
 */
public final class ScoreRendering {
    private static final String SOURCE = "source.json";
    private static final int SOUND_RATE_HZ = 48_000;

    /** Fluidsynth reads messages once in 64 audio frames and sounds them 2 ms later on the average. */
    private static final int LATE_FRAMES = 96;

    /** As for single notes: fonts have offsets in their samples. */
    private static final double LOWEST_HZ = 10;

    private static final int MAX_SECONDS = 600;
    private static final Gson GSON = new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    private final SoundFont font;
    private final Path folder;
    private final ScoreSettings settings;
    private final Synthesiser synthesiser;
    private final List<ScorePiece> pieces;
    private final List<MidiInstrument> instruments;
    private int rendered;

    /** Hears how far it is. */
    @FunctionalInterface
    public interface Listener {
        /** A share of all, 0 to 1, is there; {@code doing} says what comes next. */
        void progress(double share, String doing);
    }

    /**
     * What was made.
     *
     * @param entries in the folder, by set
     * @param rendered of them in this run
     * @param leftOut one line for each piece or stretch that could not be used
     */
    public record Result(Map<NoteSet, Integer> entries, int rendered, List<String> leftOut) {}

    /**
     * What became of one stretch.
     *
     * @param rendered or was there already
     * @param problem why it is left out; null when it is there
     */
    private record Outcome(boolean rendered, String problem) {}

    /**
     * Plans.
     *
     * @param scores folder of MIDI files
     * @throws UserError when there are none, or the font lacks a program
     */
    public ScoreRendering(Path scores, SoundFont font, Path folder, ScoreSettings settings, Synthesiser synthesiser) {
        if (!(settings.seconds() >= 1 && settings.seconds() <= MAX_SECONDS) || settings.crops() < 1) {
            throw new UserError("prepare scores: " + settings.crops() + " stretches of " + settings.seconds()
                    + " s; expected at least one, of 1 to " + MAX_SECONDS + " s");
        }
        this.font = font;
        this.folder = folder;
        this.settings = settings;
        this.synthesiser = synthesiser;
        instruments = settings.instruments().stream().map(MidiInstrument::find).toList();
        for (MidiInstrument instrument : instruments) {
            if (!font.hasProgram(instrument.program())) {
                throw new UserError(font.file() + ": has no program " + instrument.program() + " (" + instrument.name()
                        + "). Leave it out of --programs or give a General MIDI font");
            }
        }
        pieces = ScorePieces.of(scores, settings.seed());
    }

    /**
     * Renders what is missing, then writes the index.
     *
     * @throws UserError when the folder holds something else or a file cannot be written
     */
    public Result run(Listener listener) {
        begin();
        List<ScoreEntry> entries = new ArrayList<>();
        List<String> leftOut = new ArrayList<>();
        ExecutorService workers = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
        try (workers) {
            for (int i = 0; i < pieces.size(); i++) {
                render(workers, i, listener, entries, leftOut);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UserError(1, folder + ": interrupted. The same command goes on", e);
        }
        if (entries.isEmpty()) {
            throw new UserError(folder + ": no piece could be rendered: " + String.join("; ", leftOut));
        }
        ScoreFolder.write(folder, entries);
        Map<NoteSet, Integer> counts = new EnumMap<>(NoteSet.class);
        for (NoteSet set : NoteSet.values()) {
            counts.put(set, (int) entries.stream().filter(entry -> entry.set() == set).count());
        }
        return new Result(counts, rendered, List.copyOf(leftOut));
    }

    /** One piece for all instruments; what cannot be written ends the run. */
    private void render(ExecutorService workers, int index, Listener listener, List<ScoreEntry> entries, List<String> leftOut)
            throws InterruptedException {
        ScorePiece piece = pieces.get(index);
        List<ScoreNote> notes = read(piece, leftOut);
        if (notes.isEmpty()) {
            return;
        }
        Map<ScoreEntry, Future<Outcome>> outcomes = new LinkedHashMap<>();
        for (MidiInstrument instrument : instruments) {
            for (ScoreEntry entry : piece.entries(notes, instrument, settings)) {
                outcomes.put(entry, workers.submit(() -> render(entry, notes)));
            }
        }
        int done = 0;
        for (Map.Entry<ScoreEntry, Future<Outcome>> each : outcomes.entrySet()) {
            ScoreEntry entry = each.getKey();
            double share = (index + (double) done++ / outcomes.size()) / pieces.size();
            listener.progress(share, piece.name() + ", " + entry.instrument());
            Outcome outcome = outcome(workers, each.getValue());
            if (outcome.problem() != null) {
                leftOut.add(entry.instrument() + ", " + entry.name() + ": " + outcome.problem());
            } else {
                entries.add(entry);
                rendered += outcome.rendered() ? 1 : 0;
            }
        }
    }

    private static Outcome outcome(ExecutorService workers, Future<Outcome> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            workers.shutdownNow();
            throw e.getCause() instanceof UserError error ? error : new IllegalStateException(e.getCause());
        }
    }

    private void begin() {
        Path file = folder.resolve(SOURCE);
        Map<String, Object> source = new LinkedHashMap<>();
        source.put("settings", settings);
        source.put("soundFontName", font.info("INAM"));
        source.put("copyright", font.info("ICOP"));
        source.put("renderer", "fluidsynth, no reverb or chorus, 48 kHz resampled to 16 kHz; pedal applied to the notes' ends");
        source.put("sets", pieces.stream().map(piece -> piece.name() + " " + piece.set().folder()).toList());
        String json = GSON.toJson(source) + "\n";
        try {
            Files.createDirectories(folder);
            if (Files.exists(file)) {
                if (!Files.readString(file).equals(json)) {
                    throw new UserError(file + ": the scores here were begun with other settings, another font or other pieces."
                            + " Repeat that command or name another folder");
                }
                return;
            }
            try (var files = Files.newDirectoryStream(folder)) {
                if (files.iterator().hasNext()) {
                    throw new UserError(folder + ": holds other files and no " + SOURCE + ". Name a new or an empty folder");
                }
            }
        } catch (IOException e) {
            throw new UserError(folder + ": cannot be used: " + e.getMessage() + ". Name another folder", e);
        }
        OutputFile.write(file, true, partial -> Files.writeString(partial, json));
    }

    /** A piece's notes, and a copy of its file in the folder; nothing when it cannot be used. */
    private List<ScoreNote> read(ScorePiece piece, List<String> leftOut) {
        try {
            List<ScoreNote> notes = MidiScore.of(MidiFile.read(piece.file())).notes();
            if (notes.stream().noneMatch(note -> org.chanterelle.model.mel2mel.PianoRoll.isKey(note.pitch()))) {
                leftOut.add(piece.name() + ": no notes that a piano has");
                return List.of();
            }
            Path copy = ScoreFolder.midi(folder, piece.name());
            if (!Files.exists(copy)) {
                makeParent(copy);
                OutputFile.write(copy, true,
                        partial -> Files.copy(piece.file(), partial, StandardCopyOption.REPLACE_EXISTING));
            }
            return notes;
        } catch (UserError e) {
            leftOut.add(e.getMessage());
            return List.of();
        }
    }

    /** Any thread. */
    private Outcome render(ScoreEntry entry, List<ScoreNote> notes) {
        Path melFile = ScoreFolder.mel(folder, entry);
        if (Files.exists(melFile)) {
            return new Outcome(false, null);
        }
        float[] audio = sound(entry, ScorePiece.crop(notes, entry));
        float peak = 0;
        for (float sample : audio) {
            peak = Math.max(peak, Math.abs(sample));
        }
        if (peak >= 1) {
            return new Outcome(false, "its peak is " + peak + " of full scale");
        }
        if (settings.audio()) {
            Path file = ScoreFolder.audio(folder, entry);
            makeParent(file);
            AudioWriter.write(file, AudioClip.mono(audio, MelSpectrum.SAMPLE_RATE_HZ), SampleFormat.PCM_16, true);
        }
        // Last, as it tells that the entry is done.
        write(melFile, new MelSpectrum().of(audio));
        return new Outcome(true, null);
    }

    private float[] sound(ScoreEntry entry, List<ScoreNote> notes) {
        AudioClip clip = synthesiser.play(ScorePiece.messages(notes, entry));
        int frames = (int) Math.round(entry.seconds() * MelSpectrum.SAMPLE_RATE_HZ);
        float[] mono = clip.mono();
        float[] late = Arrays.copyOfRange(mono, LATE_FRAMES, Math.max(LATE_FRAMES + 1, mono.length));
        float[] audio = Arrays.copyOf(
                Resampler.resample(late, SOUND_RATE_HZ, MelSpectrum.SAMPLE_RATE_HZ), frames);
        new HighPass(LOWEST_HZ, MelSpectrum.SAMPLE_RATE_HZ).process(audio, 0, frames);
        return audio;
    }

    private static void write(Path file, float[][] rows) {
        float[] values = new float[rows.length * MelSpectrum.BANDS];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(rows[i], 0, values, i * MelSpectrum.BANDS, MelSpectrum.BANDS);
        }
        makeParent(file);
        OutputFile.write(file, true, partial -> {
            try (var out = Files.newOutputStream(partial)) {
                Safetensors.write(out, Map.of(ScoreFolder.MEL, new Tensor(new int[] {rows.length, MelSpectrum.BANDS}, values)),
                        Safetensors.Precision.F16);
            }
        });
    }

    private static void makeParent(Path file) {
        try {
            Files.createDirectories(file.getParent());
        } catch (IOException e) {
            throw new UserError(file.getParent() + ": cannot be made: " + e.getMessage() + ". Name another folder", e);
        }
    }
}
