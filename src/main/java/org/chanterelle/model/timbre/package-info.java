/**
 * The DDSP timbre model: pitch and loudness in, controls of the harmonic-plus-noise synthesiser out (Engel et al. 2020).
 *
 * <p>Off the audio thread. May import ddsp, signal and DJL.
 */
package org.chanterelle.model.timbre;
