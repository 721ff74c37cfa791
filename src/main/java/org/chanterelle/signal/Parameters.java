package org.chanterelle.signal;

import java.util.List;

/** All that can be turned while playing. Ids never change; {@link #ALL} is in the order of indices, to which new ones are appended. */
public final class Parameters {
    /** Gain of the whole output. */
    public static final Parameter GAIN = new Parameter(0, "gain", "Gain", "dB", -60, 24, 0, 20);
    /** Reference pitch. */
    public static final Parameter TUNING = new Parameter(1, "tuning", "A4", "Hz", 415, 466, 440, 20);
    /** Transposition of a voice or a keyboard in whole octaves. */
    public static final Parameter OCTAVE = new Parameter(2, "octave", "Octave", "oct", -4, 4, 0, 0);
    /** Further transposition. */
    public static final Parameter SEMITONES = new Parameter(3, "semitones", "Transpose", "st", -24, 24, 0, 0);
    /** Fine tuning. */
    public static final Parameter FINE = new Parameter(4, "fine", "Fine tune", "cent", -100, 100, 0, 20);
    /** Gain of the room. */
    public static final Parameter ROOM = new Parameter(5, "room", "Room", "dB", -60, 12, 0, 20);
    /** Share of the microphone's own sound: 0 only the instrument, 1 only the microphone. */
    public static final Parameter DRY = new Parameter(6, "dry", "Dry voice", "", 0, 1, 0, 20);
    /** Plays harder or softer: timbre and level. */
    public static final Parameter LOUDNESS = new Parameter(7, "loudness", "Loudness", "dB", -40, 40, 0, 20);
    /** How much of the voice's loudness changes to play. */
    public static final Parameter DYNAMICS = new Parameter(8, "dynamics", "Dynamics", "", 0, 2, 0.75f, 20);
    /** How long a voice's pitch is averaged: 0 as it is. */
    public static final Parameter SMOOTHING = new Parameter(9, "smoothing", "Pitch smoothing", "ms", 0, 200, 0, 0);
    /** How far a voice's pitch is drawn to the nearest note of the scale: 0 not at all. */
    public static final Parameter SNAP = new Parameter(10, "snap", "Snap to scale", "", 0, 1, 0, 20);
    /** Notes of the scale, a sum of 2^pitch class, C = 1. */
    public static final Parameter SCALE = new Parameter(11, "scale", "Scale", "", 0, 4095, 4095, 0);
    /** Longest consonant over which the tone is held; 0 stops it at each (re-bow). */
    public static final Parameter BRIDGE = new Parameter(12, "bridge", "Bridge consonants", "ms", 0, 120, 0, 0);
    /** Level of the input from which the gate opens, on the scale of the loudness meter. */
    public static final Parameter GATE = new Parameter(13, "gate", "Gate", "dB", -80, 0, -36, 0);
    /** Time in which a released note fades. */
    public static final Parameter RELEASE = new Parameter(14, "release", "Release", "ms", 5, 2000, 90, 0);
    /** Time in which a note swells to its loudness. */
    public static final Parameter ATTACK = new Parameter(15, "attack", "Attack", "ms", 0, 500, 40, 0);
    /** Deepest vibrato, with the modulation wheel all up. */
    public static final Parameter VIBRATO_DEPTH = new Parameter(16, "vibrato-depth", "Vibrato depth", "cent", 0, 200, 30, 20);
    /** Vibrato rate. */
    public static final Parameter VIBRATO_RATE = new Parameter(17, "vibrato-rate", "Vibrato rate", "Hz", 0.5f, 12, 5.8f, 20);
    /** Pitch bend range until RPN 0 sets another. */
    public static final Parameter BEND_RANGE = new Parameter(18, "bend-range", "Bend range", "st", 0, 96, 2, 0);
    /** How far velocity changes the loudness: 1 the instrument's whole range. */
    public static final Parameter VELOCITY = new Parameter(19, "velocity", "Velocity", "", 0, 1, 1, 0);
    /** Voices that may sound at once. */
    public static final Parameter POLYPHONY = new Parameter(20, "polyphony", "Voices", "", 1, 16, 16, 0);

    /** How far each note is shaped of itself, as a player would: 0 all notes are alike and straight, 1 as recorded players do. */
    public static final Parameter SHAPING = new Parameter(21, "shaping", "Shaping of notes", "", 0, 1, 1, 20);
    /** How much of the vibrato that notes have of themselves, beside the modulation wheel's. */
    public static final Parameter VIBRATO = new Parameter(22, "vibrato", "Vibrato", "", 0, 2, 1, 20);
    /** From 0.5 on one bow: one note at a time, the last one; an overlapping note is a slur without a new attack. */
    public static final Parameter ONE_BOW = new Parameter(23, "one-bow", "One bow", "", 0, 1, 0, 0);
    /** Players of each note, as many as the voices allow. */
    public static final Parameter PLAYERS = new Parameter(24, "players", "Players a note", "", 1, 4, 1, 0);
    /** Between a preset's instrument, 0, and the one that it names to morph to, 1: the model's embeddings are interpolated. */
    public static final Parameter MORPH = new Parameter(25, "morph", "Morph", "", 0, 1, 0, 20);

    /** Every parameter; its place is its index. */
    public static final List<Parameter> ALL = List.of(GAIN, TUNING, OCTAVE, SEMITONES, FINE, ROOM, DRY, LOUDNESS, DYNAMICS,
            SMOOTHING, SNAP, SCALE, BRIDGE, GATE, RELEASE, ATTACK, VIBRATO_DEPTH, VIBRATO_RATE, BEND_RANGE, VELOCITY, POLYPHONY,
            SHAPING, VIBRATO, ONE_BOW, PLAYERS, MORPH);

    private Parameters() {}

    /** The parameter of an id, or null. */
    public static Parameter byId(String id) {
        for (Parameter parameter : ALL) {
            if (parameter.id().equals(id)) {
                return parameter;
            }
        }
        return null;
    }
}
