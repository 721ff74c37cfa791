/**
 * Spectra of whole sounds: short-time Fourier transforms and mel bands, each convention a parameter.
 *
 * <p>Off the audio thread; an object serves one thread at a time. May import rt.dsp and signal.
 */
package org.chanterelle.analysis.spectrum;
