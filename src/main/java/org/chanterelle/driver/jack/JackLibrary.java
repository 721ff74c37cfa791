package org.chanterelle.driver.jack;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import org.chanterelle.signal.UserError;

/** Finds libjack and what is in it. The loader's search path decides whose: {@code pw-jack} puts PipeWire's first. */
@SuppressWarnings("restricted")
final class JackLibrary {
    /** All of the process's memory, so that an address is an offset and no object is made to read it. */
    static final MemorySegment MEMORY = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

    private static final String FILE = "libjack.so.0";
    private static SymbolLookup symbols;

    private JackLibrary() {}

    /**
     * Loads libjack, once.
     *
     * @throws UserError when there is none
     */
    static synchronized void load() {
        if (symbols == null) {
            symbols = open(FILE);
            beSilent();
        }
    }

    static SymbolLookup open(String file) {
        try {
            return SymbolLookup.libraryLookup(file, Arena.global());
        } catch (IllegalArgumentException e) {
            throw new UserError("JACK: " + file + " was not found; expected the library of JACK or of PipeWire's JACK; install it"
                    + " (on Debian: apt-get install libjack-jackd2-0) or choose another driver", e);
        }
    }

    /** libjack tells each failure on standard error, even those that we expect and explain; strlen listens and says nothing. */
    private static void beSilent() {
        long listener = Linker.nativeLinker().defaultLookup().find("strlen").orElseThrow().address();
        new NativeFunction("jack_set_error_function", NativeFunction.VOID, NativeFunction.POINTER).call(listener);
        new NativeFunction("jack_set_info_function", NativeFunction.VOID, NativeFunction.POINTER).call(listener);
    }

    /** A function as a method handle; {@link #load} comes first. */
    static synchronized MethodHandle link(String function, FunctionDescriptor type, Linker.Option... options) {
        MemorySegment address = symbols.find(function)
                .orElseThrow(() -> new UserError("JACK: " + FILE + " has no " + function + "; expected JACK 1.9.9 or later"));
        return Linker.nativeLinker().downcallHandle(address, type, options);
    }
}
