package org.chanterelle.evaluate.synthetic;

/**
 * One sung event: a syllable on one note, or silence.
 *
 * @param onset how it begins
 * @param vowel sung; of a rest or breath the mouth's position
 * @param midiNote pitch; of a rest the one that the next note starts from
 * @param seconds length, the onset included
 * @param startDb effort at the beginning, in dB; 0 is a full voice
 * @param endDb effort at the end
 * @param glideSeconds time in which the pitch moves from the note before
 * @param vibratoCents depth that the vibrato grows to on a long note
 */
public record Syllable(Onset onset, Vowel vowel, double midiNote, double seconds, double startDb, double endDb,
        double glideSeconds,
        double vibratoCents) {

    /** How a syllable begins. */
    public enum Onset {
        /** The voice goes on, only pitch and vowel change. */
        LEGATO,
        /** The voice is taken back a little, as by the tongue of an l. */
        L,
        /** A voiceless s, then the voice. */
        S,
        /** No voice at all, breath is taken. */
        BREATH,
        /** No voice, no breath. */
        REST;

        boolean isVoiced() {
            return this != BREATH && this != REST;
        }
    }

    /** A note of steady effort with a short glide and no vibrato. */
    public static Syllable note(Onset onset, Vowel vowel, double midiNote, double seconds, double effortDb) {
        return new Syllable(onset, vowel, midiNote, seconds, effortDb, effortDb, 0.05, 0);
    }

    /** The same with another effort at its end. */
    public Syllable to(double db) {
        return new Syllable(onset, vowel, midiNote, seconds, startDb, db, glideSeconds, vibratoCents);
    }

    /** The same, with the pitch sliding from the note before in so many seconds. */
    public Syllable sliding(double slideSeconds) {
        return new Syllable(onset, vowel, midiNote, seconds, startDb, endDb, slideSeconds, vibratoCents);
    }

    /** The same with vibrato. */
    public Syllable vibrato(double cents) {
        return new Syllable(onset, vowel, midiNote, seconds, startDb, endDb, glideSeconds, cents);
    }

    /** Silence, with or without a breath. */
    public static Syllable pause(Onset onset, double nextMidiNote, double seconds) {
        return new Syllable(onset, Vowel.E, nextMidiNote, seconds, 0, 0, seconds, 0);
    }
}
