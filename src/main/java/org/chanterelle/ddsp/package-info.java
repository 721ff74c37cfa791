/**
 * Differentiable digital signal processing on NDArrays: the twin, for training, of what {@code rt.dsp} plays, and the spectral losses.
 * Published conventions are parameters of these classes.
 *
 * <p>Off the audio thread. May import signal and DJL.
 */
package org.chanterelle.ddsp;
