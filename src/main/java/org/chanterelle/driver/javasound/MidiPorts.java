package org.chanterelle.driver.javasound;

import java.util.List;
import javax.sound.midi.MidiUnavailableException;

/** The MIDI inputs of a machine. */
interface MidiPorts {
    /** Those that are there now. Two that are equal are the same device. */
    List<Port> present();

    /** A MIDI input. */
    interface Port {
        /** The device's name. */
        String name();

        /** Opens it; closing what is returned closes it. */
        AutoCloseable open(Listener listener) throws MidiUnavailableException;
    }

    /** Takes the messages of an input, on a thread of the JDK. */
    interface Listener {
        /** A channel message, played at {@code nanos} on the clock of {@link System#nanoTime}. */
        void message(long nanos, int status, int data1, int data2);
    }
}
