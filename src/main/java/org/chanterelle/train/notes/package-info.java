/**
 * Folders of single notes in NSynth's layout: their index, their classes, the split by (instrument, pitch), and their sound.
 *
 * <p>Offline, any thread. May import what train may.
 */
package org.chanterelle.train.notes;
