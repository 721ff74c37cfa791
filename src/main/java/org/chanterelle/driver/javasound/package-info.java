/**
 * Sound and MIDI by the JDK's own javax.sound, for machines without JACK, and MIDI devices beside JACK's.
 *
 * <p>The driver has one thread, which waits in the device's lines and calls the process between; MIDI arrives on the JDK's threads and
 * goes through {@link org.chanterelle.rt.MidiInbox}. {@code SystemLines} and {@code SystemMidi} alone touch the JDK's devices, so that
 * tests can play on others. Imports driver, rt, signal and javax.sound.
 */
package org.chanterelle.driver.javasound;
