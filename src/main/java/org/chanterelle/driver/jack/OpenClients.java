package org.chanterelle.driver.jack;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * The clients of this process. When one is opened after the server of others ended, JACK2 deletes those, and who closes them later
 * closes freed memory. So nothing is opened until each client of a server that ended is closed.
 */
final class OpenClients {
    private static final Map<Long, String> SERVERS = new HashMap<>();
    private static final Set<Long> ORPHANS = new HashSet<>();

    private OpenClients() {}

    /** @return the client, or 0 when it could not or must not be opened */
    static synchronized long open(String server, LongSupplier opening) {
        if (!ORPHANS.isEmpty()) {
            return 0;
        }
        long client = opening.getAsLong();
        if (client != 0) {
            SERVERS.put(client, server);
        }
        return client;
    }

    /** A client was told that its server is gone; those beside it are told soon. */
    static synchronized void serverGone(long client) {
        String server = SERVERS.get(client);
        SERVERS.forEach((other, itsServer) -> {
            if (Objects.equals(itsServer, server)) {
                ORPHANS.add(other);
            }
        });
    }

    /** Returns when no callback of the client runs any more. */
    static void close(long client) {
        LibJack.CLOSE.call(client);
        synchronized (OpenClients.class) {
            SERVERS.remove(client);
            ORPHANS.remove(client);
        }
    }
}
