/**
 * SING where it plays: the generator and the decoder step by step for a batch of sounding notes, what makes endless notes of them, the
 * bank of notes rendered ahead, and the worker's side of its patches.
 *
 * <p>Off the audio thread; preallocated where notes sound. May import inference, model, rt, signal.
 */
package org.chanterelle.inference.sing;
