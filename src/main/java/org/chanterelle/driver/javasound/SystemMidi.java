package org.chanterelle.driver.javasound;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sound.midi.MidiDevice;
import javax.sound.midi.MidiMessage;
import javax.sound.midi.MidiSystem;
import javax.sound.midi.MidiUnavailableException;
import javax.sound.midi.Receiver;
import javax.sound.midi.Sequencer;
import javax.sound.midi.ShortMessage;
import javax.sound.midi.Synthesizer;
import javax.sound.midi.Transmitter;

/** The MIDI inputs that the JDK finds. */
final class SystemMidi implements MidiPorts {
    /** What each device turned out to be: making one to ask costs time and memory. Empty for what is no input. */
    private final Map<MidiDevice.Info, Optional<Port>> known = new HashMap<>();

    @Override
    public List<Port> present() {
        List<Port> ports = new ArrayList<>();
        List<MidiDevice.Info> infos = List.of(MidiSystem.getMidiDeviceInfo());
        known.keySet().retainAll(infos);
        for (MidiDevice.Info info : infos) {
            known.computeIfAbsent(info, SystemMidi::inputOf).ifPresent(ports::add);
        }
        return ports;
    }

    private static Optional<Port> inputOf(MidiDevice.Info info) {
        try {
            MidiDevice device = MidiSystem.getMidiDevice(info);
            boolean isInput = device.getMaxTransmitters() != 0 && !(device instanceof Sequencer)
                    && !(device instanceof Synthesizer);
            return isInput ? Optional.of(new Device(info)) : Optional.empty();
        } catch (MidiUnavailableException | IllegalArgumentException e) {
            // It went away between the two calls.
            return Optional.empty();
        }
    }

    /** An input by its description. */
    private record Device(MidiDevice.Info info) implements Port {
        @Override
        public String name() {
            return info.getName();
        }

        @Override
        public AutoCloseable open(Listener listener) throws MidiUnavailableException {
            MidiDevice device = MidiSystem.getMidiDevice(info);
            device.open();
            try {
                Transmitter transmitter = device.getTransmitter();
                transmitter.setReceiver(new Forwarding(listener, System.nanoTime() - device.getMicrosecondPosition() * 1000));
            } catch (MidiUnavailableException | RuntimeException e) {
                device.close();
                throw e;
            }
            return device;
        }
    }

    /**
     * Passes channel messages on.
     *
     * @param startNanos moment from which the device counts its microseconds
     */
    record Forwarding(Listener listener, long startNanos) implements Receiver {
        @Override
        public void send(MidiMessage message, long timeStampUs) {
            if (message instanceof ShortMessage channel && channel.getStatus() < 0xf0) {
                listener.message(momentNanos(timeStampUs, System.nanoTime()), channel.getStatus(), channel.getData1(),
                        channel.getLength() > 2 ? channel.getData2() : 0);
            }
        }

        /** When a message was played: by the device's clock, but not in the future; now, if it tells none. */
        long momentNanos(long timeStampUs, long nowNanos) {
            return timeStampUs < 0 ? nowNanos : Math.min(nowNanos, startNanos + timeStampUs * 1000);
        }

        @Override
        public void close() {}
    }
}
