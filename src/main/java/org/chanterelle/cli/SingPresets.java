package org.chanterelle.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.chanterelle.analysis.Timing;
import org.chanterelle.evaluate.Lufs;
import org.chanterelle.inference.ComputeDevice;
import org.chanterelle.inference.sing.SingBatch;
import org.chanterelle.inference.sing.SingWeights;
import org.chanterelle.model.sing.SingCard;
import org.chanterelle.model.sing.SingConfig;
import org.chanterelle.model.sing.SingFolder;
import org.chanterelle.preset.Preset;
import org.chanterelle.signal.ControlMapping;
import org.chanterelle.signal.Parameter;
import org.chanterelle.signal.Parameters;
import org.chanterelle.signal.TimedMidi;
import org.chanterelle.train.soundfont.MidiInstrument;

/** A preset for each instrument of a SING model: as loud as every other preset, and fading as its notes have been learnt to. */
final class SingPresets {
    /** Where SING presets are among MIDI programs; the number is General MIDI's where the name is known there. */
    private static final int BANK = 8;

    private static final int PROGRAMS = 128;
    private static final double LEVEL_LUFS = -18;
    private static final int VELOCITY = 90;
    private static final int RATE_HZ = 48_000;
    private static final int BLOCK_FRAMES = 128;
    private static final int[] MELODY = {0, 4, 7, 12, 7, 5, 2, -5};

    /** A released note's end, of which the fade's length is told: so far below its level before. */
    private static final double FALLEN_DB = 30;

    /** Share of the callback's fade, a squared line, in which it falls so far. */
    private static final double FALLEN_SHARE = 1 - Math.pow(10, -FALLEN_DB / 40);

    private static final double WINDOW_SECONDS = 0.02;
    private static final int LEAST_RELEASE_MS = 30;
    private static final int MOST_RELEASE_MS = 1500;

    private final String model;
    private final SingCard card;
    private final SingFolder folder;
    private final SingWeights weights;
    private final Preset.Notes notes;
    private final List<String> names = new ArrayList<>();
    private final List<Preset.Program> programs = new ArrayList<>();

    SingPresets(String model, SingFolder folder, Preset.Notes notes) {
        this.model = model;
        this.notes = notes;
        this.folder = folder;
        card = folder.card();
        weights = new SingWeights(folder);
        for (SingCard.Instrument instrument : card.instruments()) {
            names.add(unusedName("sing-" + plain(instrument.name())));
            programs.add(unusedProgram(instrument.name()));
        }
    }

    /** In the order of the model's instruments. */
    List<String> names() {
        return List.copyOf(names);
    }

    /** The preset of an instrument; plays a melody to measure its level. */
    Preset preset(int instrument) {
        Map<Parameter, Float> values = new LinkedHashMap<>();
        values.put(Parameters.ATTACK, 0f);
        values.put(Parameters.RELEASE, releaseMs(instrument));
        Preset plain = preset(instrument, values);
        FilePlay.Request request = new FilePlay.Request(plain, BLOCK_FRAMES, Timing.RECORD, Double.POSITIVE_INFINITY, false, 1,
                ComputeDevice.CPU);
        FilePlay.Result played = FilePlay.playNotes(request, melody(instrument), RATE_HZ, Home::model, name -> folder);
        double gainDb = LEVEL_LUFS - Lufs.integrated(played.audio().channels(), RATE_HZ);
        values.put(Parameters.GAIN, Parameters.GAIN.clamp(Math.round(10 * gainDb) / 10f));
        return preset(instrument, values);
    }

    private Preset preset(int instrument, Map<Parameter, Float> values) {
        SingCard.Instrument own = card.instruments().get(instrument);
        String other = neighbour(instrument);
        String words = own.name().replaceAll("[-_]", " ");
        String description = words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1)
                + ", every note made by SING" + (other == null ? "." : "; controller 70 morphs it to " + other + ".");
        List<ControlMapping> map = new ArrayList<>(List.of(
                new ControlMapping(72, Parameters.RELEASE, 20, 1000, 7), new ControlMapping(73, Parameters.ATTACK, 0, 400, 7),
                new ControlMapping(76, Parameters.VIBRATO_RATE, 3, 9, 7),
                new ControlMapping(77, Parameters.VIBRATO_DEPTH, 0, 100, 7)));
        if (other != null) {
            map.addFirst(new ControlMapping(70, Parameters.MORPH, 0, 1, 7));
        }
        return new Preset(names.get(instrument), description, model, Preset.Engine.SING, Preset.Input.MIDI,
                programs.get(instrument),
                values, map, null, new Preset.SingChoice(own.name(), other, notes));
    }

    /** The next instrument of the family, or the next one at all; null when there is none. */
    private String neighbour(int instrument) {
        List<SingCard.Instrument> all = card.instruments();
        for (int step = 1; step < all.size(); step++) {
            SingCard.Instrument other = all.get((instrument + step) % all.size());
            if (other.family().equals(all.get(instrument).family())) {
                return other.name();
            }
        }
        return all.size() == 1 ? null : all.get((instrument + 1) % all.size()).name();
    }

    private List<TimedMidi> melody(int instrument) {
        int middle = middle(instrument);
        List<TimedMidi> messages = new ArrayList<>();
        for (int i = 0; i < MELODY.length; i++) {
            messages.add(new TimedMidi(0.1 + 0.5 * i, 0x90, middle + MELODY[i], VELOCITY));
            messages.add(new TimedMidi(0.55 + 0.5 * i, 0x80, middle + MELODY[i], 0));
        }
        messages.sort(Comparator.comparingDouble(TimedMidi::seconds));
        return messages;
    }

    private int middle(int instrument) {
        SingCard.Instrument own = card.instruments().get(instrument);
        return (own.lowestPitch() + own.highestPitch()) / 2;
    }

    /** How long the fade must be to fall as the model has learnt that the instrument does. */
    private float releaseMs(int instrument) {
        SingConfig config = card.config();
        float[] note = SingBatch.notes(weights, new int[] {instrument}, new int[] {middle(instrument)},
                new double[] {VELOCITY})[0];
        int window = (int) (WINDOW_SECONDS * config.sampleRateHz());
        int released = (int) (config.holdSeconds() * config.sampleRateHz());
        double before = energy(note, released - 2 * window, window);
        int at = released;
        while (at + window < note.length && energy(note, at, window) > before * Math.pow(10, -FALLEN_DB / 10)) {
            at += window / 4;
        }
        double seconds = (double) (at - released) / config.sampleRateHz() / FALLEN_SHARE;
        return Math.clamp(10 * Math.round(100 * seconds), LEAST_RELEASE_MS, MOST_RELEASE_MS);
    }

    private static double energy(float[] audio, int from, int frames) {
        double sum = 0;
        for (int i = Math.max(0, from); i < Math.min(audio.length, from + frames); i++) {
            sum += (double) audio[i] * audio[i];
        }
        return sum;
    }

    private static String plain(String name) {
        String plain = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
        return plain.length() > 50 ? plain.substring(0, 50).replaceAll("-$", "") : plain;
    }

    private String unusedName(String wanted) {
        String name = wanted;
        for (int i = 2; names.contains(name); i++) {
            name = wanted + "-" + i;
        }
        return name;
    }

    private Preset.Program unusedProgram(String name) {
        int number = MidiInstrument.all().stream().filter(known -> known.name().equals(name)).mapToInt(MidiInstrument::program)
                .findFirst().orElse(0);
        Preset.Program program = new Preset.Program(BANK, number);
        for (int i = 1; programs.contains(program); i++) {
            program = new Preset.Program(BANK + (number + i) / PROGRAMS, (number + i) % PROGRAMS);
        }
        return program;
    }
}
