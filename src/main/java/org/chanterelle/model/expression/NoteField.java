package org.chanterelle.model.expression;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** The fields of {@link NoteExpression} in their order, each with what may be stored and how far a drawn value strays. */
public enum NoteField {
    /** {@link NoteExpression#attackSeconds}. */
    ATTACK_SECONDS("attackSeconds", Group.ATTACK, 0, 1.5, 0.02, Jitter.RELATIVE, 0.08, NoteExpression::attackSeconds),
    /** {@link NoteExpression#attackDb}. */
    ATTACK_DB("attackDb", Group.ATTACK, 0, 60, 12, Jitter.RELATIVE, 0.06, NoteExpression::attackDb),
    /** {@link NoteExpression#attackNoiseDb}. */
    ATTACK_NOISE_DB("attackNoiseDb", Group.NOISE, -30, 40, 0, Jitter.ABSOLUTE, 0.5, NoteExpression::attackNoiseDb),
    /** {@link NoteExpression#levelDb}. */
    LEVEL_DB("levelDb", Group.LEVEL, -24, 24, 0, Jitter.ABSOLUTE, 0.3, NoteExpression::levelDb),
    /** {@link NoteExpression#swellDb}. */
    SWELL_DB("swellDb", Group.SWELL, 0, 24, 1, Jitter.RELATIVE, 0.1, NoteExpression::swellDb),
    /** {@link NoteExpression#swellSeconds}. */
    SWELL_SECONDS("swellSeconds", Group.SWELL, 0, 10, 0.3, Jitter.RELATIVE, 0.1, NoteExpression::swellSeconds),
    /** {@link NoteExpression#wobbleDb}. */
    WOBBLE_DB("wobbleDb", Group.SWELL, 0, 12, 0.5, Jitter.RELATIVE, 0.1, NoteExpression::wobbleDb),
    /** {@link NoteExpression#brightnessDbPerOctave}. */
    BRIGHTNESS_DB_PER_OCTAVE("brightnessDbPerOctave", Group.BRIGHTNESS, -12, 12, 0, Jitter.ABSOLUTE, 0.15,
            NoteExpression::brightnessDbPerOctave),
    /** {@link NoteExpression#vibratoDelaySeconds}. */
    VIBRATO_DELAY_SECONDS("vibratoDelaySeconds", Group.VIBRATO_SHAPE, 0, 5, 0.2, Jitter.RELATIVE, 0.08,
            NoteExpression::vibratoDelaySeconds),
    /** {@link NoteExpression#vibratoRateHz}. */
    VIBRATO_RATE_HZ("vibratoRateHz", Group.VIBRATO_SHAPE, 3, 10, 5.8, Jitter.RELATIVE, 0.02, NoteExpression::vibratoRateHz),
    /** {@link NoteExpression#vibratoDepthCents}. */
    VIBRATO_DEPTH_CENTS("vibratoDepthCents", Group.VIBRATO, 0, 150, 0, Jitter.RELATIVE, 0.06,
            NoteExpression::vibratoDepthCents),
    /** {@link NoteExpression#scoopCents}. */
    SCOOP_CENTS("scoopCents", Group.SCOOP, -200, 200, 0, Jitter.ABSOLUTE, 1.5, NoteExpression::scoopCents),
    /** {@link NoteExpression#scoopSeconds}. */
    SCOOP_SECONDS("scoopSeconds", Group.SCOOP, 0, 1, 0.02, Jitter.RELATIVE, 0.1, NoteExpression::scoopSeconds),
    /** {@link NoteExpression#glideSeconds}. */
    GLIDE_SECONDS("glideSeconds", Group.GLIDE, 0, 1, 0.04, Jitter.RELATIVE, 0.08, NoteExpression::glideSeconds),
    /** {@link NoteExpression#releaseSeconds}. */
    RELEASE_SECONDS("releaseSeconds", Group.RELEASE, 0, 5, 0.08, Jitter.RELATIVE, 0.08, NoteExpression::releaseSeconds);

    /** All fields, in the order of the record. */
    public static final List<NoteField> ALL = List.of(values());

    /** Fields that are known of a note together or not at all. */
    public enum Group {
        /** Level at the beginning. */
        ATTACK,
        /** Noise at the beginning. */
        NOISE,
        /** Level against the notes around. */
        LEVEL,
        /** Course of the level. */
        SWELL,
        /** Tilt of the spectrum. */
        BRIGHTNESS,
        /** Depth of the vibrato. */
        VIBRATO,
        /** Its delay and rate: unknown of straight notes. */
        VIBRATO_SHAPE,
        /** Pitch at the beginning of a detached note. */
        SCOOP,
        /** Way from the note before. */
        GLIDE,
        /** End before a silence. */
        RELEASE;

        /** Its fields. */
        public List<NoteField> fields() {
            return ALL.stream().filter(field -> field.group == this).toList();
        }
    }

    /** How a drawn value strays from the measured one. */
    enum Jitter {
        /** By a factor. */
        RELATIVE,
        /** By a sum. */
        ABSOLUTE
    }

    /** Name in files and tables: the record's component, unit included. */
    public final String label;

    /** What it is known with. */
    public final Group group;

    /** Smallest value that a file may hold. */
    public final float min;

    /** Largest value that a file may hold. */
    public final float max;

    /** Played where nothing was measured. */
    final float neutral;

    private final Jitter jitter;
    private final double spread;
    private final ToDoubleFunction<NoteExpression> getter;

    NoteField(String label, Group group, double min, double max, double neutral, Jitter jitter, double spread,
            ToDoubleFunction<NoteExpression> getter) {
        this.label = label;
        this.group = group;
        this.min = (float) min;
        this.max = (float) max;
        this.neutral = (float) neutral;
        this.jitter = jitter;
        this.spread = spread;
        this.getter = getter;
    }

    /** Its value in {@code note}; NaN where it is not known. */
    public float of(NoteExpression note) {
        return (float) getter.applyAsDouble(note);
    }

    /**
     * A value near the measured one, within range.
     *
     * @param normal a draw from the normal distribution
     */
    float strayed(float measured, double normal) {
        double strayed = jitter == Jitter.RELATIVE ? measured * Math.exp(spread * normal) : measured + spread * normal;
        return (float) Math.clamp(strayed, min, max);
    }

    /** Whether the value may be stored: in range, or NaN for unknown. */
    public boolean allows(float value) {
        return Float.isNaN(value) || value >= min && value <= max;
    }

    /** The names of all fields. */
    public static List<String> labels() {
        return Stream.of(values()).map(field -> field.label).toList();
    }
}
