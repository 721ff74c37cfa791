package org.chanterelle.driver.jack;

import static org.chanterelle.driver.jack.JackLibrary.MEMORY;
import static org.chanterelle.driver.jack.NativeFunction.FLOAT;
import static org.chanterelle.driver.jack.NativeFunction.INT;
import static org.chanterelle.driver.jack.NativeFunction.LONG;
import static org.chanterelle.driver.jack.NativeFunction.POINTER;
import static org.chanterelle.driver.jack.NativeFunction.VOID;

import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/** The functions of libjack that are called from ordinary threads, and the constants of its headers. */
final class LibJack {
    static final String AUDIO_TYPE = "32 bit float mono audio";
    static final String MIDI_TYPE = "8 bit raw midi";
    static final int NO_START_SERVER = 0x01;
    static final int SERVER_NAME = 0x04;
    static final int STATUS_SERVER_FAILED = 0x10;
    static final int PORT_IS_INPUT = 0x1;
    static final int PORT_IS_OUTPUT = 0x2;
    static final int PORT_IS_PHYSICAL = 0x4;
    static final int CAPTURE = 0;
    static final int PLAYBACK = 1;

    static final NativeFunction OPEN = NativeFunction.variadic("jack_client_open", 3, POINTER, POINTER, INT, POINTER, POINTER);
    static final NativeFunction CLOSE = new NativeFunction("jack_client_close", INT, POINTER);
    static final NativeFunction ACTIVATE = new NativeFunction("jack_activate", INT, POINTER);
    static final NativeFunction DEACTIVATE = new NativeFunction("jack_deactivate", INT, POINTER);
    static final NativeFunction CLIENT_NAME = new NativeFunction("jack_get_client_name", POINTER, POINTER);
    static final NativeFunction CLIENT_NAME_SIZE = new NativeFunction("jack_client_name_size", INT);
    static final NativeFunction SAMPLE_RATE = new NativeFunction("jack_get_sample_rate", INT, POINTER);
    static final NativeFunction BUFFER_SIZE = new NativeFunction("jack_get_buffer_size", INT, POINTER);
    static final NativeFunction SET_BUFFER_SIZE = new NativeFunction("jack_set_buffer_size", INT, POINTER, INT);
    static final NativeFunction SET_FREEWHEEL = new NativeFunction("jack_set_freewheel", INT, POINTER, INT);
    static final NativeFunction REAL_TIME_PRIORITY = new NativeFunction("jack_client_real_time_priority", INT, POINTER);
    static final NativeFunction CPU_LOAD = new NativeFunction("jack_cpu_load", FLOAT, POINTER);

    static final NativeFunction REGISTER = new NativeFunction("jack_port_register", POINTER, POINTER, POINTER, POINTER, LONG,
            LONG);
    static final NativeFunction PORT_UUID = new NativeFunction("jack_port_uuid", LONG, POINTER);
    static final NativeFunction PORT_BY_NAME = new NativeFunction("jack_port_by_name", POINTER, POINTER, POINTER);
    static final NativeFunction GET_PORTS = new NativeFunction("jack_get_ports", POINTER, POINTER, POINTER, POINTER, LONG);
    static final NativeFunction CONNECTIONS = new NativeFunction("jack_port_get_all_connections", POINTER, POINTER, POINTER);
    static final NativeFunction CONNECT = new NativeFunction("jack_connect", INT, POINTER, POINTER, POINTER);
    static final NativeFunction DISCONNECT = new NativeFunction("jack_disconnect", INT, POINTER, POINTER, POINTER);
    static final NativeFunction GET_LATENCY = new NativeFunction("jack_port_get_latency_range", VOID, POINTER, INT, POINTER);
    static final NativeFunction SET_LATENCY = new NativeFunction("jack_port_set_latency_range", VOID, POINTER, INT, POINTER);
    static final NativeFunction RECOMPUTE_LATENCIES = new NativeFunction("jack_recompute_total_latencies", INT, POINTER);
    static final NativeFunction SET_PROPERTY = new NativeFunction("jack_set_property", INT, POINTER, LONG, POINTER, POINTER,
            POINTER);
    static final NativeFunction REMOVE_PROPERTIES = new NativeFunction("jack_remove_properties", INT, POINTER, LONG);
    static final NativeFunction TRANSPORT_START = new NativeFunction("jack_transport_start", VOID, POINTER);
    static final NativeFunction TRANSPORT_STOP = new NativeFunction("jack_transport_stop", VOID, POINTER);

    /** Whether this is PipeWire's libjack. */
    static final boolean PIPEWIRE = text(new NativeFunction("jack_get_version_string", POINTER).callLong()).contains("PipeWire");

    private static final NativeFunction FREE = new NativeFunction("jack_free", VOID, POINTER);

    private LibJack() {}

    /** One of the functions that register a callback: {@code int f(client, callback, argument)}. */
    static NativeFunction setter(String name) {
        return new NativeFunction(name, INT, POINTER, POINTER, POINTER);
    }

    /** A string that libjack keeps. */
    static String text(long address) {
        return MEMORY.getString(address);
    }

    /** A list of names that libjack made for us: read and freed. Null is the empty list. */
    static List<String> takeNames(long array) {
        List<String> names = new ArrayList<>();
        if (array != 0) {
            for (long at = array; MEMORY.get(ValueLayout.JAVA_LONG, at) != 0; at += 8) {
                names.add(text(MEMORY.get(ValueLayout.JAVA_LONG, at)));
            }
            FREE.call(array);
        }
        return names;
    }
}
