package org.chanterelle.preset;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.chanterelle.signal.ControlMapping;
import org.chanterelle.signal.Parameter;
import org.chanterelle.signal.Parameters;

/**
 * What a player chooses by one name.
 *
 * @param name lower-case letters, digits and hyphens; the file is called the same
 * @param description one sentence for a musician
 * @param model name or path of the model
 * @param engine what turns the model's output into sound
 * @param input what plays it
 * @param program by which it is chosen over MIDI; null when it cannot be
 * @param values of the parameters that differ from their defaults
 * @param midiMap which controllers turn which parameters
 * @param tuning of the keys; null for equal temperament
 * @param sing which of a SING model's instruments plays, with {@link Engine#SING}; else null
 * @param mel2mel which timbre of a Mel2Mel model plays, with {@link Engine#MEL2MEL}; else null
 * @param jukebox the models of all levels, with {@link Engine#JUKEBOX}; else null
 */
public record Preset(String name, String description, String model, Engine engine, Input input, Program program,
        Map<Parameter, Float> values, List<ControlMapping> midiMap, KeyTuning tuning, SingChoice sing, Mel2MelChoice mel2mel,
        JukeboxChoice jukebox) {

    /** The format that this version reads and writes. */
    public static final int FORMAT_VERSION = 1;

    /** Copies the collections, values in the order of {@link Parameters#ALL}, and rejects values out of range. */
    public Preset {
        Map<Parameter, Float> ordered = new LinkedHashMap<>();
        for (Parameter parameter : Parameters.ALL) {
            Float value = values.get(parameter);
            if (value != null) {
                if (!parameter.holds(value)) {
                    throw new IllegalArgumentException(parameter.id() + ": " + value + " is outside its range");
                }
                ordered.put(parameter, value);
            }
        }
        values = Collections.unmodifiableMap(ordered);
        midiMap = List.copyOf(midiMap);
    }

    /** A preset of any model but Jukebox's. */
    public Preset(String name, String description, String model, Engine engine, Input input, Program program,
            Map<Parameter, Float> values, List<ControlMapping> midiMap, KeyTuning tuning, SingChoice sing,
            Mel2MelChoice mel2mel) {
        this(name, description, model, engine, input, program, values, midiMap, tuning, sing, mel2mel, null);
    }

    /** A preset of a timbre model. */
    public Preset(String name, String description, String model, Engine engine, Input input, Program program,
            Map<Parameter, Float> values, List<ControlMapping> midiMap, KeyTuning tuning) {
        this(name, description, model, engine, input, program, values, midiMap, tuning, null, null);
    }

    /** A preset of a timbre model or of a SING model. */
    public Preset(String name, String description, String model, Engine engine, Input input, Program program,
            Map<Parameter, Float> values, List<ControlMapping> midiMap, KeyTuning tuning, SingChoice sing) {
        this(name, description, model, engine, input, program, values, midiMap, tuning, sing, null);
    }

    /** What turns a model's output into sound. */
    public enum Engine {
        /** {@link org.chanterelle.rt.engine.HarmonicNoiseConfig}, sized after the model. */
        HARMONIC_NOISE,
        /** {@link org.chanterelle.rt.engine.WaveConfig}: a SING model makes whole notes. */
        SING,
        /** A Mel2Mel model and a vocoder render a whole score; not live. */
        MEL2MEL,
        /** Jukebox's models make music by themselves; not live. */
        JUKEBOX
    }

    /** What plays a preset. */
    public enum Input {
        /** A keyboard, or a MIDI file. */
        MIDI,
        /** A microphone, or a recording. */
        VOICE,
        /** Nobody: it is generated. */
        NONE
    }

    /**
     * A place among MIDI programs.
     *
     * @param bank 0 to 16383
     * @param number 0 to 127, after General MIDI where it fits (40 is the violin)
     */
    public record Program(int bank, int number) {}

    /** Where a SING preset's notes come from. */
    public enum Notes {
        /** Rendered ahead and kept on disk, so that each sounds at once; until a note is there it is made as it sounds. */
        BANK,
        /** Made while they sound, at exactly the velocity played. */
        STREAMING
    }

    /**
     * Which of a SING model's instruments plays.
     *
     * @param instrument its name in the model
     * @param morphTo name of the one that the morph parameter leads to; null for none
     * @param notes where notes come from
     */
    public record SingChoice(String instrument, String morphTo, Notes notes) {}

    /**
     * Which timbre of a Mel2Mel model plays.
     *
     * @param instrument its name in the model; null with a timbre, and where each of the score's programs plays in its own
     * @param timbre an embedding; null where an instrument is named
     * @param vocoder griffin-lim, or name or path of a model
     */
    public record Mel2MelChoice(String instrument, List<Float> timbre, String vocoder) {
        /** Copies the list. */
        public Mel2MelChoice {
            timbre = timbre == null ? null : List.copyOf(timbre);
        }
    }

    /**
     * The models of Jukebox's levels, the bottom one first, and what is asked of them unless the user asks for something else.
     *
     * @param autoencoders name or path of a model for each level
     * @param priors likewise, the last of the top level
     * @param artist a name that the models know; null for none
     * @param genres likewise, none or some
     */
    public record JukeboxChoice(List<String> autoencoders, List<String> priors, String artist, List<String> genres) {
        /** Copies the lists. */
        public JukeboxChoice {
            autoencoders = List.copyOf(autoencoders);
            priors = List.copyOf(priors);
            genres = List.copyOf(genres);
        }
    }

    /** The value of a parameter under this preset. */
    public float value(Parameter parameter) {
        return values.getOrDefault(parameter, parameter.defaultValue());
    }

    /** This preset under another name, with the present state of things; it is chosen by no program. */
    public Preset saved(String newName, Map<Parameter, Float> newValues, List<ControlMapping> newMap) {
        Map<Parameter, Float> changed = new LinkedHashMap<>(newValues);
        changed.entrySet().removeIf(entry -> entry.getValue() == entry.getKey().defaultValue());
        return new Preset(newName, description, model, engine, input, newName.equals(name) ? program : null, changed, newMap,
                tuning, sing, mel2mel, jukebox);
    }

    /** This preset with other keys. */
    public Preset tuned(KeyTuning newTuning) {
        return new Preset(name, description, model, engine, input, program, values, midiMap, newTuning, sing, mel2mel, jukebox);
    }
}
