package org.chanterelle.driver.jack;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import org.chanterelle.rt.AudioBlock;
import org.chanterelle.rt.AudioProcess;
import org.chanterelle.rt.MidiBuffer;

/**
 * Runs the process callback through its native stub until it is compiled, before JACK does: the first call of a stub takes
 * milliseconds. Three players take turns, so that the compiler does not bet on one of them and start over when the real one comes.
 */
final class Rehearsal {
    private static final int CALLS = 24_000;
    private static final int CALLS_PER_PLAYER = 500;

    private Rehearsal() {}

    /** @param ports of a client that is not active yet */
    @SuppressWarnings("restricted")
    static void run(JackCycle cycle, MemorySegment processStub, JackPorts ports, int frames) throws Throwable {
        MethodHandle call = Linker.nativeLinker().downcallHandle(processStub,
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG));
        Idle[] players = {new First(), new Second(), new Third()};
        MidiBuffer scratch = new MidiBuffer(4);
        FrameClock clock = new FrameClock();
        cycle.use(ports);
        for (int i = 0; i < CALLS; i++) {
            if (i % CALLS_PER_PLAYER == 0) {
                clock.restart();
                cycle.play(players[i / CALLS_PER_PLAYER % players.length], 1, frames);
            }
            int ignored = (int) call.invokeExact(frames, 0L);
            clock.advance(i / 2, frames);
            cycle.midi().rehearse(scratch, ports.midiOut() == 0 ? 0 : JackRealTime.portBuffer(ports.midiOut(), frames));
        }
        cycle.forget();
    }

    /** Plays silence and sends a note. */
    private sealed interface Idle extends AudioProcess {
        @Override
        default void prepare(double sampleRateHz, int maxFrames) {}

        @Override
        default void process(AudioBlock block) {
            block.midiOut.add(0, 0x80, 0, 0);
        }

        @Override
        default void processInStep(AudioBlock block) {}

        @Override
        default void xrun() {}

        @Override
        default int minLatencyFrames() {
            return 0;
        }

        @Override
        default int maxLatencyFrames() {
            return 0;
        }
    }

    private static final class First implements Idle {}

    private static final class Second implements Idle {}

    private static final class Third implements Idle {}
}
