/**
 * Pitch and loudness of a sound, one control frame at a time: the same extractor in training and in playing.
 *
 * <p>Runs on the analysis thread, behind the input ring: pitch candidates come from TarsosDSP, which allocates. One thread at a
 * time for each object. Imports rt.dsp, signal and TarsosDSP.
 */
package org.chanterelle.analysis;
