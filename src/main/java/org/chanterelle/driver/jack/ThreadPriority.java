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
 * Real-time priorities for the two threads that the callback depends on. Whoever may give JACK's threads one may do this; refused, all is
 * as it was.
 */
final class ThreadPriority {
    /** What {@code sched_setscheduler} takes for the thread that calls it. */
    static final int CALLER = 0;

    private static final int ORDINARY_POLICY = 0;
    private static final int FIFO_POLICY = 1;
    private static final Path TASKS = Path.of("/proc/self/task");
    private static final String SAFEPOINT_THREAD = "VM Thread";

    private ThreadPriority() {}

    /**
     * Lets a thread run first in, first out, until it waits or one of higher priority comes.
     *
     * @param thread its number in the system, or {@link #CALLER}
     * @param priority 1 to 99
     * @return whether the system allowed it
     */
    static boolean raise(int thread, int priority) {
        return schedule(thread, FIFO_POLICY, priority);
    }

    /** Makes a thread an ordinary, time-shared one. */
    static boolean lower(int thread) {
        return schedule(thread, ORDINARY_POLICY, 0);
    }

    /** The virtual machine's thread that carries out safepoints; empty on systems that do not list threads under /proc. */
    static OptionalInt safepointThread() {
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(TASKS)) {
            for (Path task : tasks) {
                if (name(task).equals(SAFEPOINT_THREAD)) {
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

    private static boolean schedule(int thread, int policy, int priority) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment parameter = arena.allocateFrom(JAVA_INT, priority);
            return (int) setScheduler().invokeExact(thread, policy, parameter.address()) == 0;
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("a native function threw", e);
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
