package org.chanterelle.driver.jack;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.util.List;

/** A client without ports that connects others, asks, and commands the server, as a patch bay does. */
final class Patchbay implements AutoCloseable {
    private final long client;

    Patchbay(DummyServer server) {
        client = JackClient.connect("patchbay", server.name);
    }

    long pointer() {
        return client;
    }

    void connect(String source, String destination) {
        LibJack.CONNECT.call(client, source, destination);
        DummyServer.await(() -> connections(source).contains(destination));
    }

    void disconnect(String source, String destination) {
        LibJack.DISCONNECT.call(client, source, destination);
        DummyServer.await(() -> !connections(source).contains(destination));
    }

    boolean has(String port) {
        return LibJack.PORT_BY_NAME.callLong(client, port) != 0;
    }

    List<String> connections(String port) {
        return has(port) ? LibJack.takeNames(LibJack.CONNECTIONS.callLong(client, port(port))) : List.of();
    }

    /** {min, max} in frames. */
    List<Integer> latency(String port, int mode) {
        try (Arena arena = Arena.ofConfined()) {
            var range = arena.allocate(8, 4);
            LibJack.GET_LATENCY.call(port(port), mode, range.address());
            return List.of(range.get(JAVA_INT, 0), range.get(JAVA_INT, 4));
        }
    }

    long port(String name) {
        return LibJack.PORT_BY_NAME.callLong(client, name);
    }

    void setBufferFrames(int frames) {
        LibJack.SET_BUFFER_SIZE.call(client, frames);
    }

    void setFreewheel(boolean on) {
        LibJack.SET_FREEWHEEL.call(client, on ? 1 : 0);
    }

    @Override
    public void close() {
        OpenClients.close(client);
    }
}
