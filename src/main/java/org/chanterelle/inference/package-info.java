/**
 * From features through the network to controls, one control frame at a time, preallocated.
 *
 * <p>The inference thread; never the audio thread. May import analysis, model, rt, signal and DJL.
 */
package org.chanterelle.inference;
