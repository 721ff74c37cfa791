package org.chanterelle.rt;

import com.lmax.disruptor.EventPoller;
import com.lmax.disruptor.InsufficientCapacityException;
import com.lmax.disruptor.RingBuffer;
import java.util.concurrent.atomic.AtomicLong;
import org.chanterelle.signal.RealTime;

/**
 * MIDI from outside the driver: any thread posts messages with the moment they were played, the audio thread takes them into its block
 * at the frames that belong to those moments. Every message is delayed by one block, and by that very time: no jitter. Neither side
 * waits; what finds the queue full is dropped and counted, and then all notes are released, since a note-off may be among it.
 */
public final class MidiInbox {
    /** Messages between two blocks; a keyboard's cable carries 1,000 a second. */
    static final int CAPACITY = 4096;

    private static final int CHANNELS = 16;
    private static final int CONTROL_CHANGE = 0xb0;
    private static final int SUSTAIN = 64;
    private static final int ALL_NOTES_OFF = 123;
    private static final int RELEASE_MESSAGES = 2 * CHANNELS;

    private final RingBuffer<Slot> ring = RingBuffer.createMultiProducer(Slot::new, CAPACITY);
    private final EventPoller<Slot> poller = ring.newPoller();
    private final Placement placement = new Placement();
    private final AtomicLong dropped = new AtomicLong();
    private volatile boolean releaseWanted;

    /** Messages of a release that the audio thread has sent; all when none is under way. */
    private int released = RELEASE_MESSAGES;

    /** An empty queue. */
    public MidiInbox() {
        ring.addGatingSequences(poller.getSequence());
    }

    private static final class Slot {
        long nanos;
        int status;
        int data1;
        int data2;
    }

    /**
     * Posts a message. Any thread.
     *
     * @param nanos when it was played, on the clock of {@link System#nanoTime}
     * @param status status byte, 0x80 to 0xef
     * @param data1 first data byte, or 0
     * @param data2 second data byte, or 0
     * @return whether there was room
     */
    public boolean offer(long nanos, int status, int data1, int data2) {
        long sequence;
        try {
            sequence = ring.tryNext();
        } catch (InsufficientCapacityException full) {
            dropped.incrementAndGet();
            releaseAll();
            return false;
        }
        Slot slot = ring.get(sequence);
        slot.nanos = nanos;
        slot.status = status;
        slot.data1 = data1;
        slot.data2 = data2;
        ring.publish(sequence);
        return true;
    }

    /** Lifts the pedal and ends all notes on all channels, behind what has been posted until now: a source went away. Any thread. */
    public void releaseAll() {
        releaseWanted = true;
    }

    /**
     * Merges what was posted into a block; what it has no room for waits for the next.
     *
     * @param block messages of the block, in order; remain in order
     * @param frames frames in the block
     * @param sampleRateHz device rate
     * @param nowNanos the moment on the clock of {@link System#nanoTime}
     */
    @RealTime
    public void drainTo(MidiBuffer block, int frames, double sampleRateHz, long nowNanos) {
        // Asked before the queue is read: what was posted before the wish must come out before its release.
        if (releaseWanted) {
            releaseWanted = false;
            released = 0;
        }
        if (block.isFull()) {
            return;
        }
        placement.set(block, frames, sampleRateHz * 1e-9, nowNanos);
        try {
            poller.poll(placement);
        } catch (Exception impossible) {
            // The handler is ours and throws nothing; the interface says it might.
            throw (RuntimeException) impossible;
        }
        while (released < RELEASE_MESSAGES && !block.isFull()) {
            int control = released < CHANNELS ? SUSTAIN : ALL_NOTES_OFF;
            block.insert(frames - 1, CONTROL_CHANGE | released % CHANNELS, control, 0);
            released++;
        }
    }

    /** Messages for which there was no room. */
    public long dropped() {
        return dropped.get();
    }

    /** Puts the messages into the block of the moment. */
    private static final class Placement implements EventPoller.Handler<Slot> {
        private MidiBuffer block;
        private int frames;
        private double framesPerNano;
        private long nowNanos;

        @RealTime
        void set(MidiBuffer newBlock, int newFrames, double newFramesPerNano, long newNowNanos) {
            block = newBlock;
            frames = newFrames;
            framesPerNano = newFramesPerNano;
            nowNanos = newNowNanos;
        }

        /** Whether to go on: not when the block is full. */
        @Override
        @RealTime
        public boolean onEvent(Slot slot, long sequence, boolean endOfBatch) {
            double frame = frames - (nowNanos - slot.nanos) * framesPerNano;
            int place = (int) Math.clamp(Math.rint(frame), 0.0, frames - 1.0);
            block.insert(place, slot.status, slot.data1, slot.data2);
            return !block.isFull();
        }
    }
}
