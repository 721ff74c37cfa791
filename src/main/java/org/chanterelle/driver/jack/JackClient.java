package org.chanterelle.driver.jack;

import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.chanterelle.signal.UserError;

/** A client of one server, from its opening to its end. Used by one thread at a time; not by libjack's. */
final class JackClient {
    private static final String METADATA = "http://jackaudio.org/metadata/";
    private static final String INTEGER = "http://www.w3.org/2001/XMLSchema#int";

    /** One of our ports, by its short name, and a port of somebody else, by its full one. */
    record Connection(Port port, String other) {}

    /** Our ports, in the order in which they should be shown. */
    enum Port {
        IN("in_1", "Microphone", true, true),
        MIDI_IN("midi_in", "Keyboard", true, false),
        LEFT("out_l", "Left", false, true),
        RIGHT("out_r", "Right", false, true),
        MIDI_OUT("midi_out", "Melody", false, false);

        final String shortName;
        final String prettyName;
        final boolean input;
        final boolean audio;

        Port(String shortName, String prettyName, boolean input, boolean audio) {
            this.shortName = shortName;
            this.prettyName = prettyName;
            this.input = input;
            this.audio = audio;
        }
    }

    private final long pointer;
    private final String name;
    private final JackPorts ports;

    private JackClient(long pointer) {
        this.pointer = pointer;
        name = LibJack.text(LibJack.CLIENT_NAME.callLong(pointer));
        ports = new JackPorts(pointer, register(Port.IN), register(Port.MIDI_IN), register(Port.LEFT), register(Port.RIGHT),
                register(Port.MIDI_OUT));
    }

    /**
     * Opens a client with its ports; it is not active yet.
     *
     * @param server null for the default one
     * @throws UserError when libjack is missing, no server answers, or it refuses
     */
    static JackClient open(String clientName, String server) {
        long pointer = connect(clientName, server);
        try {
            return new JackClient(pointer);
        } catch (RuntimeException e) {
            OpenClients.close(pointer);
            throw e;
        }
    }

    /** A bare client, as a pointer. */
    static long connect(String clientName, String server) {
        JackLibrary.load();
        int room = LibJack.CLIENT_NAME_SIZE.callInt() - 1;
        if (clientName.isBlank() || clientName.length() > room || clientName.indexOf(':') >= 0) {
            throw new UserError("JACK: client name '" + clientName + "'; expected 1 to " + room + " characters without ':'");
        }
        try (Arena arena = Arena.ofConfined()) {
            var status = arena.allocate(ValueLayout.JAVA_INT);
            int options = LibJack.NO_START_SERVER | (server == null ? 0 : LibJack.SERVER_NAME);
            status.set(ValueLayout.JAVA_INT, 0, LibJack.STATUS_SERVER_FAILED);
            long client = OpenClients.open(server, () -> LibJack.OPEN.callLong(clientName, options, status.address(), server));
            if (client == 0) {
                throw refused(server, status.get(ValueLayout.JAVA_INT, 0));
            }
            return client;
        }
    }

    private static UserError refused(String server, int status) {
        String which = server == null ? "the default server" : "server '" + server + "'";
        if ((status & LibJack.STATUS_SERVER_FAILED) != 0) {
            return new UserError("JACK: " + which + " does not answer; start it (jackd -d alsa, or run this through pw-jack where"
                    + " PipeWire runs), name another with --server, or choose another driver");
        }
        return new UserError(
                String.format("JACK: %s refused the client (status 0x%x); see the server's own messages", which, status));
    }

    private long register(Port port) {
        long flags = port.input ? LibJack.PORT_IS_INPUT : LibJack.PORT_IS_OUTPUT;
        String type = port.audio ? LibJack.AUDIO_TYPE : LibJack.MIDI_TYPE;
        long registered = LibJack.REGISTER.callLong(pointer, port.shortName, type, flags, 0L);
        if (registered == 0) {
            throw new UserError("JACK: the server gave " + name + " no port " + port.shortName
                    + "; it may have reached its port limit (jackd --port-max)");
        }
        return registered;
    }

    JackPorts ports() {
        return ports;
    }

    /** The name that the server gave. */
    String name() {
        return name;
    }

    int sampleRateHz() {
        return LibJack.SAMPLE_RATE.callInt(pointer);
    }

    int bufferFrames() {
        return LibJack.BUFFER_SIZE.callInt(pointer);
    }

    /** Per cent of a cycle that all clients need, by the server's estimate. */
    double loadPercent() {
        return LibJack.CPU_LOAD.call(pointer).doubleValue();
    }

    /** Cycles begin. */
    void activate() {
        if (LibJack.ACTIVATE.callInt(pointer) != 0) {
            throw new UserError("JACK: the server did not activate " + name + "; see the server's own messages");
        }
        for (Port port : Port.values()) {
            describe(port);
        }
    }

    /** Priority of the thread that calls back, 1 to 99; -1 where the server does not run in real time. */
    int realTimePriority() {
        return LibJack.REAL_TIME_PRIORITY.callInt(pointer);
    }

    /** Metadata is a courtesy: a server without it is as good. */
    private void describe(Port port) {
        long uuid = LibJack.PORT_UUID.callLong(portOf(port));
        property(uuid, "pretty-name", port.prettyName, "text/plain");
        property(uuid, "order", Integer.toString(port.ordinal() + 1), INTEGER);
        property(uuid, port.audio ? "signal-type" : "event-types", port.audio ? "AUDIO" : "MIDI", "text/plain");
    }

    private void property(long uuid, String key, String value, String type) {
        LibJack.SET_PROPERTY.call(pointer, uuid, METADATA + key, value, type);
    }

    private long portOf(Port port) {
        return switch (port) {
            case IN -> ports.in();
            case MIDI_IN -> ports.midiIn();
            case LEFT -> ports.left();
            case RIGHT -> ports.right();
            case MIDI_OUT -> ports.midiOut();
        };
    }

    /** Full names of what a port is connected to. */
    List<String> connectionsOf(long port) {
        return LibJack.takeNames(LibJack.CONNECTIONS.callLong(pointer, port));
    }

    /** All connections at this moment. */
    Set<Connection> connections() {
        Set<Connection> found = new LinkedHashSet<>();
        for (Port port : Port.values()) {
            connectionsOf(portOf(port)).forEach(other -> found.add(new Connection(port, other)));
        }
        return found;
    }

    /** Makes a connection if the other port is there; whether it stands. */
    boolean connect(Connection wanted) {
        if (LibJack.PORT_BY_NAME.callLong(pointer, wanted.other) == 0) {
            return false;
        }
        String ours = name + ":" + wanted.port.shortName;
        LibJack.CONNECT.call(pointer, wanted.port.input ? wanted.other : ours, wanted.port.input ? ours : wanted.other);
        return connectionsOf(portOf(wanted.port)).contains(wanted.other);
    }

    /** The first physical source to the input, the first two physical destinations to the outputs; a single one takes both. */
    void connectPhysical() {
        List<String> sources = JackServer.physical(pointer, LibJack.PORT_IS_OUTPUT, LibJack.AUDIO_TYPE);
        List<String> destinations = JackServer.physical(pointer, LibJack.PORT_IS_INPUT, LibJack.AUDIO_TYPE);
        if (!sources.isEmpty()) {
            connect(new Connection(Port.IN, sources.getFirst()));
        }
        if (!destinations.isEmpty()) {
            connect(new Connection(Port.LEFT, destinations.getFirst()));
            connect(new Connection(Port.RIGHT, destinations.get(Math.min(1, destinations.size() - 1))));
        }
    }

    /** Has the server ask everybody for latencies again. */
    void recomputeLatencies() {
        LibJack.RECOMPUTE_LATENCIES.call(pointer);
    }

    /** The end. Returns when no callback runs any more. */
    void close(boolean serverAlive) {
        if (serverAlive) {
            for (Port port : Port.values()) {
                LibJack.REMOVE_PROPERTIES.call(pointer, LibJack.PORT_UUID.callLong(portOf(port)));
            }
            LibJack.DEACTIVATE.call(pointer);
        }
        OpenClients.close(pointer);
    }
}
