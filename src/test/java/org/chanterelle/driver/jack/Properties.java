package org.chanterelle.driver.jack;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;

/** Metadata as another client reads it. */
final class Properties {
    private static final NativeFunction GET = new NativeFunction("jack_get_property", NativeFunction.INT, NativeFunction.LONG,
            NativeFunction.POINTER, NativeFunction.POINTER, NativeFunction.POINTER);

    private Properties() {}

    static String get(long port, String key) {
        try (Arena arena = Arena.ofConfined()) {
            var value = arena.allocate(JAVA_LONG);
            var type = arena.allocate(JAVA_LONG);
            int result = GET.callInt(LibJack.PORT_UUID.callLong(port), key, value.address(), type.address());
            return result == 0 ? LibJack.text(value.get(JAVA_LONG, 0)) : "nothing";
        }
    }
}
