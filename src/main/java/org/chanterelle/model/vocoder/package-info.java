/**
 * The neural vocoders: a parallel one with an inverse-STFT head, and WaveNet. For each a configuration and the network on NDArrays, for
 * training.
 *
 * <p>Any one thread at a time. May import what model may.
 */
package org.chanterelle.model.vocoder;
