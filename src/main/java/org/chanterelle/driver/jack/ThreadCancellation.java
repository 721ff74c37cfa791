package org.chanterelle.driver.jack;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;

/** When a thread that {@code pthread_cancel} ends really does; see decision 136. */
final class ThreadCancellation {
    private static final int DEFERRED = 0;
    private static final long NOT_ASKED = 0;

    private final MethodHandle setType = link();

    @SuppressWarnings("restricted")
    private static MethodHandle link() {
        Linker linker = Linker.nativeLinker();
        return linker.defaultLookup().find("pthread_setcanceltype")
                .map(symbol -> linker.downcallHandle(symbol, FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG)))
                .orElse(null);
    }

    /** From now on the calling thread is cancelled only while it waits in a system call of the C library: not in the virtual machine. */
    void defer() {
        if (setType == null) {
            return;
        }
        try {
            int ignored = (int) setType.invokeExact(DEFERRED, NOT_ASKED);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("a native function threw", e);
        }
    }
}
