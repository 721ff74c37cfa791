package org.chanterelle.driver.jack;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** A function of libjack that is not called on the audio thread. Strings become C strings for the time of the call. */
final class NativeFunction {
    static final MemoryLayout INT = ValueLayout.JAVA_INT;
    static final MemoryLayout POINTER = ValueLayout.JAVA_LONG;
    static final MemoryLayout LONG = ValueLayout.JAVA_LONG;
    static final MemoryLayout FLOAT = ValueLayout.JAVA_FLOAT;
    static final MemoryLayout VOID = null;

    private final MethodHandle handle;

    /** @param result {@link #VOID} for none */
    NativeFunction(String name, MemoryLayout result, MemoryLayout... arguments) {
        this(JackLibrary.link(name, type(result, arguments)));
    }

    private NativeFunction(MethodHandle handle) {
        this.handle = handle;
    }

    /** A function whose arguments after the first few vary: C passes those in another way. */
    static NativeFunction variadic(String name, int firstVariadic, MemoryLayout result, MemoryLayout... arguments) {
        return new NativeFunction(
                JackLibrary.link(name, type(result, arguments), Linker.Option.firstVariadicArg(firstVariadic)));
    }

    private static FunctionDescriptor type(MemoryLayout result, MemoryLayout... arguments) {
        return result == VOID ? FunctionDescriptor.ofVoid(arguments) : FunctionDescriptor.of(result, arguments);
    }

    /** @param arguments integers, longs, strings, or null for a null pointer */
    Number call(Object... arguments) {
        try (Arena arena = Arena.ofConfined()) {
            Object[] natives = new Object[arguments.length];
            for (int i = 0; i < arguments.length; i++) {
                natives[i] = switch (arguments[i]) {
                    case null -> 0L;
                    case String text -> arena.allocateFrom(text).address();
                    case Object other -> other;
                };
            }
            return (Number) handle.invokeWithArguments(natives);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("a native function threw", e);
        }
    }

    /** As {@link #call}, where the result is a pointer or a long. */
    long callLong(Object... arguments) {
        return call(arguments).longValue();
    }

    /** As {@link #call}, where the result is an int. */
    int callInt(Object... arguments) {
        return call(arguments).intValue();
    }
}
