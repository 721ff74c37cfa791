/**
 * Transformers over codes that remember what they have read, for sampling one code after another.
 *
 * <p>Off the audio thread. May import model, signal, inference and DJL.
 */
package org.chanterelle.inference.jukebox;
