/**
 * Notes from sound fonts: what a font holds, one long score for each instrument and velocity played by fluidsynth, cut into notes and
 * written as a note folder.
 *
 * <p>Offline, any thread. May import what train may.
 */
package org.chanterelle.train.soundfont;
