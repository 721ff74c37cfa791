package org.chanterelle.model.expression;

/**
 * How one note is played; drawn when it begins, without knowing how long it will last. In measured notes NaN stands for what that note
 * does not tell.
 *
 * @param attackSeconds from the onset until the level is within 3 dB of {@code levelDb}
 * @param attackDb level at the onset below that, positive
 * @param attackNoiseDb how much louder the noise is at the onset than in the body, over the harmonics; fades within the attack
 * @param levelDb mean level of the body above the level asked for
 * @param swellDb level at the peak above the mean
 * @param swellSeconds from the onset to the peak
 * @param wobbleDb standard deviation of the level within the body beyond the swell
 * @param brightnessDbPerOctave tilt of the harmonics beyond what pitch and level explain
 * @param vibratoDelaySeconds from the onset to the beginning of the vibrato
 * @param vibratoRateHz cycles a second
 * @param vibratoDepthCents amplitude (half the way from lowest to highest); 0 for a straight tone
 * @param scoopCents pitch at the onset against the body's; negative from below
 * @param scoopSeconds until half of it is gone
 * @param glideSeconds of the way from the note before when that still sounded
 * @param releaseSeconds from the end of the note to 20 dB below its level
 */
public record NoteExpression(
        float attackSeconds,
        float attackDb,
        float attackNoiseDb,
        float levelDb,
        float swellDb,
        float swellSeconds,
        float wobbleDb,
        float brightnessDbPerOctave,
        float vibratoDelaySeconds,
        float vibratoRateHz,
        float vibratoDepthCents,
        float scoopCents,
        float scoopSeconds,
        float glideSeconds,
        float releaseSeconds) {

    /**
     * From the values of all fields in the order of {@link NoteField}.
     *
     * @throws IllegalArgumentException when there are more or fewer
     */
    public static NoteExpression of(float[] values) {
        if (values.length != NoteField.ALL.size()) {
            throw new IllegalArgumentException(values.length + " values; expected " + NoteField.ALL.size());
        }
        return new NoteExpression(values[0], values[1], values[2], values[3], values[4], values[5], values[6], values[7],
                values[8], values[9], values[10], values[11], values[12], values[13], values[14]);
    }

    /** The same with another value of one field. */
    public NoteExpression with(NoteField field, float value) {
        float[] values = new float[NoteField.ALL.size()];
        for (NoteField other : NoteField.ALL) {
            values[other.ordinal()] = other == field ? value : other.of(this);
        }
        return of(values);
    }

    /** Whether the fields of {@code group} are known (all of them are, or none). */
    public boolean knows(NoteField.Group group) {
        for (NoteField field : NoteField.ALL) {
            if (field.group == group) {
                return !Float.isNaN(field.of(this));
            }
        }
        return false;
    }
}
