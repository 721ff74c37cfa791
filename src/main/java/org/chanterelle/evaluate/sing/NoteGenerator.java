package org.chanterelle.evaluate.sing;

/** What makes a note of three symbols. */
@FunctionalInterface
public interface NoteGenerator {
    /**
     * Makes a note.
     *
     * @param instrument a name that the generator knows
     * @param pitch MIDI number
     * @param velocity MIDI velocity
     * @return one channel at 16 kHz, four seconds
     */
    float[] render(String instrument, int pitch, int velocity);
}
