/**
 * Engines: what turns controls into sound, one class each, and the output stage behind them.
 *
 * <p>Constructors and {@code prepare} may allocate; everything marked {@code @RealTime} runs on the audio thread (or inline, offline).
 * Imports rt.dsp and signal.
 */
package org.chanterelle.rt.engine;
