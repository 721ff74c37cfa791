package org.chanterelle.inference.sing;

/**
 * Which of a model's instruments plays.
 *
 * @param instrument row of the look-up table
 * @param morphTo the one that the morph parameter leads to; the same where there is none
 * @param lowPitch lowest MIDI note number that is asked of the model
 * @param highPitch highest
 */
public record SingSound(int instrument, int morphTo, int lowPitch, int highPitch) {
    /** Whether the morph parameter changes anything. */
    public boolean morphs() {
        return instrument != morphTo;
    }
}
