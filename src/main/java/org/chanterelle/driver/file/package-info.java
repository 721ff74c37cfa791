/**
 * The driver without a device: a recording and a list of MIDI messages come in, the sound goes to a sink, in real time or as fast as
 * it can be made.
 *
 * <p>Its own thread. Imports driver, rt and signal; files are read and written by the caller.
 */
package org.chanterelle.driver.file;
