/**
 * Training of Jukebox's autoencoders, one level at a time: recordings to crops, crops to a loss, a codebook by moving averages.
 *
 * <p>Its own thread, for hours. May import model, ddsp, signal, audiofile, train, DJL, and the resampler of rt.dsp.
 */
package org.chanterelle.train.jukebox;
