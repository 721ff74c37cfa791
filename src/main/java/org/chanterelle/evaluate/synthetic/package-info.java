/**
 * A singer made of formants, for the demo's phrase and for tests that need a voice whose pitch is known exactly.
 *
 * <p>Offline, any thread. Imports rt.dsp, audiofile and signal.
 */
package org.chanterelle.evaluate.synthetic;
