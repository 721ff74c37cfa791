/**
 * Training: recordings to features, crops to batches, batches to weights; checkpoints that a killed job goes on from.
 *
 * <p>Its own thread, for hours. May import analysis, model, ddsp, signal, audiofile, DJL, and the
 * resampler of rt.dsp.
 */
package org.chanterelle.train;
