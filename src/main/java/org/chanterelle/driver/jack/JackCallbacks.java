package org.chanterelle.driver.jack;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.stream.Stream;

/**
 * The C functions that libjack calls, and their registration. They live as long as the driver, through all reconnections, so that
 * they are warmed once. Whatever is thrown stays here: through native code it would end the virtual machine.
 */
final class JackCallbacks {
    /** A thread that is about to end by itself. */
    private static final long ENDING_MS = 2000;

    /** A thread that may as well wait for a cycle that never comes. */
    private static final long WAITING_MS = 100;

    private final JackCycle cycle;
    private final JackEvents events;
    private final Failures failures;
    private final Arena arena;
    private final MemorySegment process;
    private final MemorySegment threadInit;
    private final MemorySegment bufferSize;
    private final MemorySegment sampleRate;
    private final MemorySegment xrun;
    private final MemorySegment freewheel;
    private final MemorySegment latency;
    private final MemorySegment shutdown;
    private final MemorySegment plainShutdown;
    private final Presence playing = new Presence();
    private final Presence telling = new Presence();
    private final ThreadCancellation cancellation = new ThreadCancellation();
    private volatile Thread player;
    private volatile Thread teller;
    private volatile Thread lastTeller;

    /** @param arena how long the functions live */
    JackCallbacks(Arena arena, JackCycle cycle, JackEvents events, Failures failures) {
        this.arena = arena;
        this.cycle = cycle;
        this.events = events;
        this.failures = failures;
        process = stub("process", int.class, int.class, long.class);
        threadInit = stub("threadInit", void.class, long.class);
        bufferSize = stub("bufferSize", int.class, int.class, long.class);
        sampleRate = stub("sampleRate", int.class, int.class, long.class);
        xrun = stub("xrun", int.class, long.class);
        freewheel = stub("freewheel", void.class, int.class, long.class);
        latency = stub("latency", void.class, int.class, long.class);
        shutdown = stub("shutdown", void.class, int.class, long.class, long.class);
        plainShutdown = stub("plainShutdown", void.class, long.class);
    }

    @SuppressWarnings("restricted")
    private MemorySegment stub(String method, Class<?> result, Class<?>... arguments) {
        MethodType type = MethodType.methodType(result, arguments);
        MemoryLayout[] layouts = Stream.of(arguments).map(JackCallbacks::layout).toArray(MemoryLayout[]::new);
        FunctionDescriptor descriptor = result == void.class
                ? FunctionDescriptor.ofVoid(layouts)
                : FunctionDescriptor.of(layout(result), layouts);
        try {
            MethodHandle handle = MethodHandles.lookup().bind(this, method, type);
            return Linker.nativeLinker().upcallStub(handle, descriptor, arena);
        } catch (NoSuchMethodException | IllegalAccessException e) {
            throw new IllegalStateException("no callback " + method + type, e);
        }
    }

    private static MemoryLayout layout(Class<?> type) {
        return type == int.class ? ValueLayout.JAVA_INT : ValueLayout.JAVA_LONG;
    }

    /** Registers all of them with a client that is not active yet. */
    void register(long client) {
        playing.admit();
        telling.admit();
        set(client, "jack_set_process_callback", process);
        if (LibJack.PIPEWIRE) {
            // JACK2 runs it on a thread of its own, and waits for ever when that thread was not waiting just then.
            set(client, "jack_set_thread_init_callback", threadInit);
        }
        set(client, "jack_set_buffer_size_callback", bufferSize);
        set(client, "jack_set_sample_rate_callback", sampleRate);
        set(client, "jack_set_xrun_callback", xrun);
        set(client, "jack_set_freewheel_callback", freewheel);
        set(client, "jack_set_latency_callback", latency);
        set(client, "jack_on_info_shutdown", shutdown);
        // PipeWire 0.3.65 takes the other one and never calls it.
        set(client, "jack_on_shutdown", plainShutdown);
    }

    private static void set(long client, String setter, MemorySegment callback) {
        LibJack.setter(setter).call(client, callback.address(), 0L);
    }

    /** Plays through the stub without anything to be heard, until it is fast. */
    void rehearse(JackPorts ports, int frames) {
        try {
            Rehearsal.run(cycle, process, ports, frames);
        } catch (Throwable e) {
            throw new IllegalStateException("JACK's process callback cannot be called", e);
        }
        player = null;
    }

    /**
     * Waits until libjack's threads are out of our code, and keeps them out: the client can be closed. Those of them that end by
     * themselves are awaited to their end, in which the virtual machine has a part too.
     */
    void end(boolean serverAlive) {
        playing.bar();
        telling.bar();
        if (!serverAlive && !LibJack.PIPEWIRE) {
            await(teller, ENDING_MS);
            await(lastTeller, ENDING_MS);
            await(player, WAITING_MS);
        }
        player = null;
        teller = null;
        lastTeller = null;
    }

    private static void await(Thread thread, long ms) {
        try {
            if (thread != null) {
                thread.join(ms);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    int process(int frames, long argument) {
        try {
            if (player == null) {
                player = Thread.currentThread();
            }
            return playing.enter() ? cycle.process(frames) : cycle.rest(frames);
        } finally {
            playing.leave();
        }
    }

    /** Makes PipeWire's thread known to the virtual machine before the first block; JACK2's is known with it. */
    void threadInit(long argument) {}

    int bufferSize(int frames, long argument) {
        return guarded(() -> events.bufferSize(frames));
    }

    int sampleRate(int rateHz, long argument) {
        return guarded(() -> events.sampleRate(rateHz));
    }

    int xrun(long argument) {
        return guarded(events::xrun);
    }

    void freewheel(int starts, long argument) {
        guarded(() -> cycle.setFreewheeling(starts != 0));
    }

    void latency(int mode, long argument) {
        if (teller == null && !LibJack.PIPEWIRE) {
            teller = Thread.currentThread();
            guarded(cancellation::defer);
        }
        guarded(() -> events.latency(mode));
    }

    void shutdown(int status, long reason, long argument) {
        lastTeller = Thread.currentThread();
        guarded(() -> events.serverGone(reason == 0 ? "" : LibJack.text(reason)));
    }

    void plainShutdown(long argument) {
        lastTeller = Thread.currentThread();
        guarded(() -> events.serverGone(""));
    }

    private int guarded(Runnable action) {
        try {
            if (telling.enter()) {
                action.run();
            }
        } catch (Throwable e) {
            failures.add(e);
        } finally {
            telling.leave();
        }
        return 0;
    }
}
