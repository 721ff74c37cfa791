/**
 * Presets: what sounds, from which input, with which parameter values and under which controllers; files that are checked when read.
 *
 * <p>Not on the audio thread. Imports signal, rt.engine and audiofile.
 */
package org.chanterelle.preset;
