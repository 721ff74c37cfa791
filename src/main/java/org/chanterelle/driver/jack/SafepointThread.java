package org.chanterelle.driver.jack;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.OptionalInt;

/**
 * The virtual machine's thread that carries out safepoints. A callback that meets a safepoint waits for it, and at ordinary priority
 * it stands behind compilers, collectors and other programs while the callback's own real-time priority is of no use.
 */
final class SafepointThread {
    /** What Linux calls first in, first out: a thread runs until it waits or one of higher priority comes. */
    static final int FIFO = 1;

    /** The ordinary, time-shared policy. */
    static final int OTHER = 0;

    private static final Path TASKS = Path.of("/proc/self/task");
    private static final String NAME = "VM Thread";

    private SafepointThread() {}

    /**
     * Schedules it. Whoever may give JACK's threads a real-time priority may do this.
     *
     * @param policy {@link #FIFO} or {@link #OTHER}
     * @param priority 1 to 99; 0 with {@link #OTHER}
     * @return whether the system allowed it
     */
    static boolean schedule(int policy, int priority) {
        OptionalInt thread = id();
        if (thread.isEmpty()) {
            return false;
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment parameter = arena.allocateFrom(JAVA_INT, priority);
            return (int) setScheduler().invokeExact(thread.getAsInt(), policy, parameter.address()) == 0;
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("a native function threw", e);
        }
    }

    /** The thread's number in the system; empty on systems that do not list threads under /proc. */
    static OptionalInt id() {
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(TASKS)) {
            for (Path task : tasks) {
                if (name(task).equals(NAME)) {
                    return OptionalInt.of(Integer.parseInt(task.getFileName().toString()));
                }
            }
        } catch (IOException e) {
            return OptionalInt.empty();
        }
        return OptionalInt.empty();
    }

    /** Threads end while they are listed: those have no name any more. */
    private static String name(Path task) throws IOException {
        try {
            return Files.readString(task.resolve("comm")).strip();
        } catch (NoSuchFileException e) {
            return "";
        }
    }

    @SuppressWarnings("restricted")
    private static MethodHandle setScheduler() {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(
                linker.defaultLookup().find("sched_setscheduler").orElseThrow(),
                FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG));
    }
}
