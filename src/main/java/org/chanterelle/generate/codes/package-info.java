/**
 * Recordings of any length to files of codes (Jukebox's autoencoders) and back, piece by piece.
 *
 * <p>One thread of its own. May import model, audiofile, rt.dsp's resampler, signal and DJL.
 */
package org.chanterelle.generate.codes;
