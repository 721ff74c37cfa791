package org.chanterelle.driver.file;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.chanterelle.driver.Driver;
import org.chanterelle.rt.AudioBlock;
import org.chanterelle.rt.AudioProcess;
import org.chanterelle.rt.MidiBuffer;
import org.chanterelle.signal.TimedMidi;

/**
 * Plays a recording and MIDI messages through a process into a sink, once. The sink is called on the thread that calls the process: in
 * real time it must not wait for a disk.
 */
public final class FileDriver implements Driver {
    private final FileSettings settings;
    private final BlockSink sink;
    private final AudioBlock block;
    private final long lengthFrames;
    private final Thread thread = new Thread(this::run, "file-driver");

    private AudioProcess process;
    private int nextMessage;
    private volatile boolean running;
    private volatile boolean closed;
    private volatile Throwable failure;
    private boolean told;

    /** Plays into {@code sink}. */
    public FileDriver(FileSettings settings, BlockSink sink) {
        this.settings = settings;
        this.sink = sink;
        block = new AudioBlock(settings.blockFrames());
        lengthFrames = settings.lengthFrames();
        thread.setPriority(settings.realTime() ? Thread.MAX_PRIORITY : Thread.NORM_PRIORITY);
    }

    /** Begins at once; {@link #await} waits for the end. */
    @Override
    public void start(AudioProcess toCall) {
        process = toCall;
        toCall.prepare(settings.sampleRateHz(), settings.blockFrames());
        running = true;
        thread.start();
    }

    /** Waits until all has been played. What the process or the sink threw meanwhile is thrown here. */
    public void await() throws InterruptedException {
        thread.join();
        if (failure instanceof RuntimeException e) {
            throw e;
        }
        if (failure instanceof Error e) {
            throw e;
        }
    }

    private void run() {
        try {
            if (settings.realTime()) {
                playByTheClock();
            } else {
                playInStep();
            }
        } catch (RuntimeException | Error e) {
            failure = e;
        } finally {
            running = false;
        }
    }

    private void playInStep() {
        while (fill()) {
            process.processInStep(block);
            deliver();
        }
    }

    private void playByTheClock() {
        long periodNanos = Math.round(1e9 * settings.blockFrames() / settings.sampleRateHz());
        long dueNanos = System.nanoTime();
        while (fill()) {
            waitUntil(dueNanos);
            if (System.nanoTime() - dueNanos > periodNanos) {
                process.xrun();
                dueNanos = System.nanoTime();
            }
            process.process(block);
            deliver();
            dueNanos += periodNanos;
        }
    }

    /** Also returns when the driver is closed. */
    private void waitUntil(long nanos) {
        for (long left = nanos - System.nanoTime(); left > 0 && !closed; left = nanos - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    /** Sets up the next block; false at the end. */
    private boolean fill() {
        long from = block.frameTime + block.frames;
        if (closed || from >= lengthFrames) {
            return false;
        }
        float[] input = settings.input();
        block.frameTime = from;
        block.frames = (int) Math.min(settings.blockFrames(), lengthFrames - from);
        int present = Math.clamp(input.length - from, 0, block.frames);
        System.arraycopy(input, (int) Math.min(from, input.length), block.in, 0, present);
        Arrays.fill(block.in, present, block.frames, 0f);
        block.midiOut.clear();
        fillMidi(from + block.frames);
        return true;
    }

    /** More messages than a block holds go into the next: late by a block, but not lost. */
    private void fillMidi(long endFrame) {
        List<TimedMidi> midi = settings.midi();
        block.midiIn.clear();
        while (nextMessage < midi.size() && block.midiIn.count() < AudioBlock.MIDI_CAPACITY) {
            TimedMidi message = midi.get(nextMessage);
            long frame = settings.frameOf(message);
            if (frame >= endFrame) {
                return;
            }
            block.midiIn.add((int) Math.max(0, frame - block.frameTime), message.status(), message.data1(), message.data2());
            nextMessage++;
        }
    }

    private void deliver() {
        sink.accept(block.left, block.right, block.frames);
        MidiBuffer sent = block.midiOut;
        for (int i = 0; i < sent.count(); i++) {
            double seconds = (block.frameTime + sent.frame(i)) / settings.sampleRateHz();
            sink.midi(new TimedMidi(seconds, sent.status(i), sent.data1(i), sent.data2(i)));
        }
    }

    @Override
    public double sampleRateHz() {
        return settings.sampleRateHz();
    }

    @Override
    public int blockFrames() {
        return settings.blockFrames();
    }

    @Override
    public String name() {
        return settings.realTime() ? "file in real time" : "file";
    }

    /** Nobody asks: a file has no ports. */
    @Override
    public void latencyChanged() {}

    @Override
    public List<String> news() {
        if (failure == null || told) {
            return List.of();
        }
        told = true;
        return List.of("file: stopped: " + failure);
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        if (thread.isAlive() && Thread.currentThread() != thread) {
            joinUninterruptibly();
        }
    }

    private void joinUninterruptibly() {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
