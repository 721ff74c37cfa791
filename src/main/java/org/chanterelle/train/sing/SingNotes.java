package org.chanterelle.train.sing;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.DoubleConsumer;
import java.util.stream.Stream;
import org.chanterelle.model.sing.SingCard;
import org.chanterelle.model.sing.SingConfig;
import org.chanterelle.signal.UserError;
import org.chanterelle.train.notes.NoteClasses;
import org.chanterelle.train.notes.NoteEntry;
import org.chanterelle.train.notes.NoteFolder;
import org.chanterelle.train.notes.NoteSet;

/** The notes of a training job, as batches. Sound is kept in memory as 16-bit numbers while it fits, else read again. */
final class SingNotes {
    private static final long CACHE_BYTES = 1L << 30;
    private static final float FULL_SCALE = 32767f;

    private final NoteFolder folder;
    private final List<NoteEntry> train;
    private final List<NoteEntry> valid;
    private final NoteClasses classes;
    private final float gain;
    private final Map<String, short[]> cache = new HashMap<>();
    private SingConfig config;

    private SingNotes(NoteFolder folder, SingTrainingConfig settings) {
        this.folder = folder;
        train = folder.notes(NoteSet.TRAIN);
        valid = spread(folder.notes(NoteSet.VALID), settings.validNotes());
        classes = classes(folder);
        gain = (float) Math.pow(10, settings.gainDb() / 20);
    }

    /**
     * A batch of notes by rows of the look-up tables.
     *
     * @param instruments one for each note
     * @param pitches counted from the lowest
     * @param velocities one for each note
     */
    record Symbols(int[] instruments, int[] pitches, int[] velocities) {
        int size() {
            return instruments.length;
        }
    }

    /** Opens a folder and fits the network to it. */
    static SingNotes open(Path path, SingTrainingConfig settings) {
        NoteFolder folder = NoteFolder.open(path, settings.seed());
        SingNotes notes = new SingNotes(folder, settings);
        if (notes.valid.isEmpty()) {
            throw new UserError(path + ": no notes to validate by; expected some in 'valid', or instruments of at least three"
                    + " pitches, of which some are held out. Add notes");
        }
        notes.config = settings.model(notes.classes);
        return notes;
    }

    /** Held-out pitches may lie beyond those of training: their rows are there, though never learned. */
    private static NoteClasses classes(NoteFolder folder) {
        NoteClasses learned = folder.classes();
        int lowest = learned.lowestPitch();
        int highest = learned.highestPitch();
        for (NoteSet set : NoteSet.values()) {
            for (NoteEntry note : folder.notes(set)) {
                lowest = Math.min(lowest, note.pitch());
                highest = Math.max(highest, note.pitch());
            }
        }
        return new NoteClasses(learned.instruments(), learned.families(), learned.velocities(), lowest, highest);
    }

    private static List<NoteEntry> spread(List<NoteEntry> notes, int most) {
        int count = Math.min(most, notes.size());
        List<NoteEntry> some = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            some.add(notes.get((int) ((long) i * notes.size() / count)));
        }
        return some;
    }

    /** The network that these notes need. */
    SingConfig config() {
        return config;
    }

    /** To learn from. */
    List<NoteEntry> train() {
        return train;
    }

    /** To judge by. */
    List<NoteEntry> valid() {
        return valid;
    }

    /** Each instrument with its trained range, for the card. */
    List<SingCard.Instrument> instruments() {
        List<SingCard.Instrument> instruments = new ArrayList<>();
        for (int i = 0; i < classes.instruments().size(); i++) {
            String name = classes.instruments().get(i);
            List<Integer> pitches = train.stream().filter(n -> n.instrument().equals(name)).map(NoteEntry::pitch).toList();
            instruments.add(new SingCard.Instrument(
                    name, classes.families().get(i), Collections.min(pitches), Collections.max(pitches), null));
        }
        return instruments;
    }

    /** Training notes of a step: every note once in an order of its own, then all again in another. */
    List<NoteEntry> draw(long step, int batch, long seed) {
        List<NoteEntry> drawn = new ArrayList<>();
        long epoch = -1;
        List<NoteEntry> order = List.of();
        for (int i = 0; i < batch; i++) {
            long place = step * batch + i;
            if (place / train.size() != epoch) {
                epoch = place / train.size();
                order = new ArrayList<>(train);
                Collections.shuffle(order, new Random(seed * 1_000_003L + epoch));
            }
            drawn.add(order.get((int) (place % train.size())));
        }
        return drawn;
    }

    /** Rows of the look-up tables. */
    Symbols symbols(List<NoteEntry> notes) {
        return new Symbols(
                notes.stream().mapToInt(note -> classes.instrument(note.instrument())).toArray(),
                notes.stream().mapToInt(note -> note.pitch() - classes.lowestPitch()).toArray(),
                notes.stream().mapToInt(note -> classes.velocity(note.velocity())).toArray());
    }

    /** Sound of notes, each with silence before and after as the network wants it, note after note, raised by the gain. */
    float[] audio(List<NoteEntry> notes) {
        int length = config.noteSamples() + 2 * config.padding();
        float[] audio = new float[notes.size() * length];
        for (int i = 0; i < notes.size(); i++) {
            short[] note = samples(notes.get(i));
            int count = Math.min(note.length, config.noteSamples());
            for (int n = 0; n < count; n++) {
                audio[i * length + config.padding() + n] = gain * note[n] / FULL_SCALE;
            }
        }
        return audio;
    }

    /** Reads and checks the sound that training will need, as far as it fits into memory. */
    void preload(DoubleConsumer progress) {
        List<NoteEntry> needed = Stream.concat(valid.stream(), train.stream()).toList();
        for (int i = 0; i < needed.size() && cache.size() == i; i++) {
            samples(needed.get(i));
            progress.accept((i + 1.0) / needed.size());
        }
    }

    /** Sound of a note in 16 bits, not raised. */
    short[] samples(NoteEntry note) {
        short[] kept = cache.get(note.name());
        if (kept != null) {
            return kept;
        }
        float[] sound = folder.load(note);
        short[] samples = new short[sound.length];
        for (int n = 0; n < samples.length; n++) {
            samples[n] = (short) Math.round(Math.clamp(sound[n], -1f, 1f) * FULL_SCALE);
        }
        if ((cache.size() + 1L) * samples.length * Short.BYTES <= CACHE_BYTES) {
            cache.put(note.name(), samples);
        }
        return samples;
    }

    /** Sound of a note as it is in the folder. */
    float[] unraised(NoteEntry note) {
        short[] samples = samples(note);
        float[] audio = new float[Math.max(samples.length, config.noteSamples())];
        for (int n = 0; n < samples.length; n++) {
            audio[n] = samples[n] / FULL_SCALE;
        }
        return audio;
    }

    /** All notes in the order train, valid, test. */
    List<NoteEntry> all() {
        return Stream.of(NoteSet.values()).flatMap(set -> folder.notes(set).stream()).toList();
    }

    /** The set that a note of {@link #all} is in. */
    NoteSet set(int index) {
        int left = index;
        for (NoteSet set : NoteSet.values()) {
            if (left < folder.notes(set).size()) {
                return set;
            }
            left -= folder.notes(set).size();
        }
        throw new IndexOutOfBoundsException(index);
    }
}
