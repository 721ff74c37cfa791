package org.chanterelle.driver.jack;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static org.chanterelle.driver.jack.JackLibrary.MEMORY;

import java.lang.foreign.Arena;
import java.util.List;

/**
 * Passes latencies on: what has come to our inputs plus our own is what leaves by the outputs, and the same against the stream. Inputs
 * that nothing is connected to do not count: their range is 0 and means nothing.
 */
final class JackLatency {
    private JackLatency() {}

    /** From one side of the client to the other. */
    static void update(JackClient client, int mode, int minFrames, int maxFrames) {
        JackPorts ports = client.ports();
        List<Long> inputs = List.of(ports.in(), ports.midiIn());
        List<Long> outputs = List.of(ports.left(), ports.right(), ports.midiOut());
        if (mode == LibJack.CAPTURE) {
            pass(client, mode, inputs, outputs, minFrames, maxFrames);
        } else {
            pass(client, mode, outputs, inputs, minFrames, maxFrames);
        }
    }

    private static void pass(JackClient client, int mode, List<Long> from, List<Long> to, int minFrames, int maxFrames) {
        try (Arena arena = Arena.ofConfined()) {
            long range = arena.allocate(8, 4).address();
            long least = Long.MAX_VALUE;
            long most = 0;
            for (long port : from) {
                if (!client.connectionsOf(port).isEmpty()) {
                    LibJack.GET_LATENCY.call(port, mode, range);
                    least = Math.min(least, Integer.toUnsignedLong(MEMORY.get(JAVA_INT, range)));
                    most = Math.max(most, Integer.toUnsignedLong(MEMORY.get(JAVA_INT, range + 4)));
                }
            }
            MEMORY.set(JAVA_INT, range, (int) ((least == Long.MAX_VALUE ? 0 : least) + minFrames));
            MEMORY.set(JAVA_INT, range + 4, (int) (most + maxFrames));
            for (long port : to) {
                LibJack.SET_LATENCY.call(port, mode, range);
            }
        }
    }
}
