/**
 * Jukebox's sampling: codes of each level from its prior, window after window, from the top level down, and the audio of them.
 *
 * <p>One thread of its own. May import model, generate.codes, audiofile, signal and DJL.
 */
package org.chanterelle.generate.jukebox;
