/**
 * Streaming signal processing on {@code float[]}: transforms, resampling, oscillators, filters. Allocates in constructors and
 * {@code prepare} only.
 *
 * <p>Any thread, one at a time for each object; the audio thread among them. Imports signal only.
 */
package org.chanterelle.rt.dsp;
