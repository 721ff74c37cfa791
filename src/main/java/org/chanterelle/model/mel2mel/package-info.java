/**
 * Mel2Mel (Kim, Bittner, Kumar and Bello 2018): a piano roll and a timbre become a log-mel spectrogram.
 *
 * <p>Off the audio thread. May import ddsp, signal and DJL.
 */
package org.chanterelle.model.mel2mel;
