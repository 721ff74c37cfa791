/**
 * SING, the symbol-to-instrument neural generator (Défossez et al. 2018): instrument, pitch and velocity in, a note's waveform out.
 *
 * <p>Off the audio thread. May import ddsp, signal and DJL.
 */
package org.chanterelle.model.sing;
