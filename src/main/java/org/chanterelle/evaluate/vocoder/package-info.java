/**
 * How near to a sound the vocoders come from its mel spectrogram.
 *
 * <p>Any one thread. May import what evaluate may.
 */
package org.chanterelle.evaluate.vocoder;
