package org.chanterelle.driver.jack;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.invoke.MethodHandle;
import org.chanterelle.signal.RealTime;

/**
 * The functions of libjack that the audio thread calls. All are short and never wait, so they are linked as critical: without the
 * virtual machine's bookkeeping on the way. Pointers are longs: memory segments would be objects.
 */
final class JackRealTime {
    private static final MethodHandle PORT_GET_BUFFER = critical("jack_port_get_buffer", JAVA_LONG, JAVA_LONG, JAVA_INT);
    private static final MethodHandle LAST_FRAME_TIME = critical("jack_last_frame_time", JAVA_INT, JAVA_LONG);
    private static final MethodHandle TRANSPORT_QUERY = critical("jack_transport_query", JAVA_INT, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle EVENT_COUNT = critical("jack_midi_get_event_count", JAVA_INT, JAVA_LONG);
    private static final MethodHandle EVENT_GET = critical("jack_midi_event_get", JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT);
    private static final MethodHandle CLEAR_BUFFER = clearBuffer();
    private static final MethodHandle EVENT_RESERVE = critical("jack_midi_event_reserve", JAVA_LONG, JAVA_LONG, JAVA_INT,
            JAVA_LONG);

    private JackRealTime() {}

    private static MethodHandle critical(String name, MemoryLayout result, MemoryLayout... arguments) {
        return JackLibrary.link(name, FunctionDescriptor.of(result, arguments), Linker.Option.critical(false));
    }

    private static MethodHandle clearBuffer() {
        return JackLibrary.link("jack_midi_clear_buffer", FunctionDescriptor.ofVoid(JAVA_LONG), Linker.Option.critical(false));
    }

    /** Address of a port's buffer in this cycle; PipeWire may answer 0. */
    @RealTime
    static long portBuffer(long port, int frames) throws Throwable {
        return (long) PORT_GET_BUFFER.invokeExact(port, frames);
    }

    /** The server's clock at the cycle's first frame; wraps around at 32 bits. */
    @RealTime
    static int cycleTime(long client) throws Throwable {
        return (int) LAST_FRAME_TIME.invokeExact(client);
    }

    /** Whether the transport rolls. */
    @RealTime
    static boolean rolls(long client) throws Throwable {
        return (int) TRANSPORT_QUERY.invokeExact(client, 0L) == 1;
    }

    /** Events in an incoming MIDI buffer. */
    @RealTime
    static int eventCount(long buffer) throws Throwable {
        return (int) EVENT_COUNT.invokeExact(buffer);
    }

    /** Fills a {@code jack_midi_event_t}: time (4 bytes, 4 of padding), size (8), address of the bytes (8). */
    @RealTime
    static boolean getEvent(long event, long buffer, int index) throws Throwable {
        return (int) EVENT_GET.invokeExact(event, buffer, index) == 0;
    }

    /** Empties an outgoing MIDI buffer; due in every cycle. */
    @RealTime
    static void clear(long buffer) throws Throwable {
        CLEAR_BUFFER.invokeExact(buffer);
    }

    /** Address to write an event's bytes to, or 0 when there is no room or the event is earlier than the last. */
    @RealTime
    static long reserve(long buffer, int frame, long bytes) throws Throwable {
        return (long) EVENT_RESERVE.invokeExact(buffer, frame, bytes);
    }
}
