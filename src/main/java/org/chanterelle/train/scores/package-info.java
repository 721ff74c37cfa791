/**
 * Scores as training data: MIDI files rendered by a sound font for several instruments, split by piece, and read again.
 *
 * <p>Offline, any thread. May import analysis, audiofile, model, rt.dsp, signal and train's note sets.
 */
package org.chanterelle.train.scores;
