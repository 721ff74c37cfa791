/**
 * Offline rendering: a recording into another instrument's sound, a mel spectrogram into sound.
 *
 * <p>Any thread but the audio thread; deterministic in its arguments. May import model, ddsp, rt, inference, analysis, signal,
 * audiofile and DJL.
 */
package org.chanterelle.generate;
