/**
 * Training of the neural vocoders from any folder of recordings.
 *
 * <p>Its own thread, for hours. May import what train may.
 */
package org.chanterelle.train.vocoder;
