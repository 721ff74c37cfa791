/**
 * Music with what is known of it: recordings, renderings of scores and sung phrases, with artists, genres and lyrics, to train codes and
 * priors from.
 *
 * <p>Its own thread. May import train, signal, audiofile and the resampler of rt.dsp.
 */
package org.chanterelle.train.music;
