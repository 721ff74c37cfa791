package org.chanterelle.driver.jack;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static org.chanterelle.driver.jack.JackLibrary.MEMORY;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.chanterelle.rt.AudioBlock;
import org.chanterelle.rt.AudioProcess;
import org.chanterelle.signal.RealTime;

/**
 * JACK's process callback: its buffers into a block, the process, the block into its buffers. A cycle longer than what was prepared is
 * played in parts. While preparation has the {@link Turn}, and after anything was thrown, the outputs are silent.
 */
final class JackCycle {
    private static final float[] SILENCE = new float[1024];

    private final boolean followTransport;
    private final JackMidi midi;
    private final Failures failures;
    private final Turn turn = new Turn();
    private FrameClock clock = new FrameClock();
    private AudioProcess process;
    private AudioBlock block;
    private JackPorts ports;
    private volatile boolean freewheeling;
    private long in;
    private long left;
    private long right;
    private long midiOut;
    private boolean rolling;

    JackCycle(Arena arena, boolean followTransport, Failures failures) {
        this.followTransport = followTransport;
        this.failures = failures;
        midi = new JackMidi(arena);
    }

    JackMidi midi() {
        return midi;
    }

    /** What to play, in blocks of at most so many frames. Waits for the block under way; not on the audio thread. */
    void play(AudioProcess player, double sampleRateHz, int maxFrames) {
        turn.take();
        try {
            player.prepare(sampleRateHz, maxFrames);
            block = new AudioBlock(maxFrames);
            process = player;
        } finally {
            turn.give();
        }
    }

    /** The ports of a client that is not active yet; its server's clock begins anew. */
    void use(JackPorts newPorts) {
        ports = newPorts;
        clock.restart();
    }

    /** As if nothing had been played yet. */
    void forget() {
        clock = new FrameClock();
        midi.forget();
    }

    /** Whether the server takes its time: inference then runs in step. */
    void setFreewheeling(boolean freewheels) {
        freewheeling = freewheels;
    }

    /** Called by JACK. Nothing may be thrown through native code: it would end the virtual machine. */
    int process(int frames) {
        try {
            if (freewheeling) {
                playInStep(frames);
            } else {
                play(frames);
            }
        } catch (Throwable e) {
            silence(frames);
            failures.add(e);
        }
        return 0;
    }

    /** Called by JACK instead of {@link #process} when the client is about to be closed. */
    int rest(int frames) {
        try {
            begin(frames);
            silence(frames);
        } catch (Throwable e) {
            failures.add(e);
        }
        return 0;
    }

    @RealTime
    void play(int frames) throws Throwable {
        begin(frames);
        if (!turn.tryTake()) {
            silence(frames);
            return;
        }
        try {
            for (int done = 0; done < frames; done += block.frames) {
                load(done, Math.min(block.in.length, frames - done));
                process.process(block);
                store(done);
            }
        } finally {
            turn.give();
        }
    }

    private void playInStep(int frames) throws Throwable {
        begin(frames);
        turn.take();
        try {
            for (int done = 0; done < frames; done += block.frames) {
                load(done, Math.min(block.in.length, frames - done));
                process.processInStep(block);
                store(done);
            }
        } finally {
            turn.give();
        }
    }

    @RealTime
    private void begin(int frames) throws Throwable {
        left = JackRealTime.portBuffer(ports.left(), frames);
        right = JackRealTime.portBuffer(ports.right(), frames);
        in = JackRealTime.portBuffer(ports.in(), frames);
        midiOut = JackRealTime.portBuffer(ports.midiOut(), frames);
        if (midiOut != 0) {
            JackRealTime.clear(midiOut);
        }
        midi.begin(JackRealTime.portBuffer(ports.midiIn(), frames), frames);
        clock.advance(JackRealTime.cycleTime(ports.client()), frames);
        rolling = !followTransport || JackRealTime.rolls(ports.client());
    }

    @RealTime
    private void load(int done, int frames) throws Throwable {
        block.frames = frames;
        block.frameTime = clock.now() + done;
        block.rolling = rolling;
        if (in == 0) {
            Arrays.fill(block.in, 0, frames, 0f);
        } else {
            MemorySegment.copy(MEMORY, JAVA_FLOAT, in + 4L * done, block.in, 0, frames);
        }
        midi.read(block.midiIn, done, frames);
        block.midiOut.clear();
    }

    @RealTime
    private void store(int done) throws Throwable {
        copyOut(block.left, left, done, block.frames);
        copyOut(block.right, right, done, block.frames);
        midi.write(block.midiOut, midiOut, done, block.frames);
    }

    @RealTime
    private static void copyOut(float[] from, long buffer, int offset, int frames) {
        if (buffer != 0) {
            MemorySegment.copy(from, 0, MEMORY, JAVA_FLOAT, buffer + 4L * offset, frames);
        }
    }

    @RealTime
    private void silence(int frames) {
        for (int done = 0; done < frames; done += SILENCE.length) {
            int count = Math.min(SILENCE.length, frames - done);
            copyOut(SILENCE, left, done, count);
            copyOut(SILENCE, right, done, count);
        }
    }
}
