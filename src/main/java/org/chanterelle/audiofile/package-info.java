/**
 * Reads and writes audio files, reads MIDI files and Scala's tunings, and writes any output file so that it is whole or not there.
 *
 * <p>{@link org.chanterelle.audiofile.AudioReader} tells the format from the file's first bytes, never from its name, believes no size
 * that a file states, and refuses in one line ({@link org.chanterelle.signal.UserError}) whatever cannot be read. WAV and AIFF are read
 * here; FLAC, Ogg Vorbis and MIDI by libraries.
 *
 * <p>Any thread but the audio thread. Imports signal, jFLAC, javaFlacEncoder, JOrbis and javax.sound.midi.
 */
package org.chanterelle.audiofile;
