/**
 * The body of the audio callback: MIDI to voices, voices to sound, and every message between the threads ({@code Rings}).
 *
 * <p>Constructors and {@code prepare} may allocate; everything marked {@code @RealTime} runs on the audio thread. Imports rt.dsp,
 * rt.engine, analysis, signal and the Disruptor.
 */
package org.chanterelle.rt;
