/**
 * Jukebox (Dhariwal et al. 2020): autoencoders with a codebook, one for each level, from audio to codes and back.
 *
 * <p>Off the audio thread. May import ddsp, signal and DJL.
 */
package org.chanterelle.model.jukebox;
