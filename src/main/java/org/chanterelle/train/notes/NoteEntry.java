package org.chanterelle.train.notes;

/**
 * One note of an index.
 *
 * @param name its name, and that of its file without ending
 * @param instrument the instrument's name
 * @param family the instrument's family; empty where the index tells none
 * @param pitch MIDI number, 0 to 127
 * @param velocity MIDI velocity, 1 to 127
 * @param sampleRateHz rate that the index tells
 * @param set name of the set that the index puts it in; empty where it tells none
 */
public record NoteEntry(String name, String instrument, String family, int pitch, int velocity, int sampleRateHz, String set) {}
