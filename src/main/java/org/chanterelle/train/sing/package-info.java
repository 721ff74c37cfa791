/**
 * Training of SING in its three stages: autoencoder, generator matched to the encoder, both end to end.
 *
 * <p>Its own thread, for hours. May import what train may.
 */
package org.chanterelle.train.sing;
