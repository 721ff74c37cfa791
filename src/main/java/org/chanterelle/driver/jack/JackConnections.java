package org.chanterelle.driver.jack;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Remembers who was connected, for when the server comes back. A server that ends in good order disconnects everybody before it says
 * so: what was seen at either of the last two looks counts as wanted.
 */
final class JackConnections {
    private Set<JackClient.Connection> before = Set.of();
    private Set<JackClient.Connection> latest = Set.of();
    private final Set<JackClient.Connection> wanted = new LinkedHashSet<>();

    /** Looks again; full names of MIDI sources that are no longer connected. */
    List<String> look(JackClient client) {
        before = latest;
        latest = client.connections();
        return before.stream().filter(was -> was.port() == JackClient.Port.MIDI_IN && !latest.contains(was))
                .map(JackClient.Connection::other).toList();
    }

    /** The server is gone: what was there is wanted back. */
    void remember() {
        wanted.addAll(before);
        wanted.addAll(latest);
        before = Set.of();
        latest = Set.of();
    }

    /** Makes the connections that are still missing and possible. */
    void restore(JackClient client) {
        wanted.removeIf(client::connect);
    }
}
