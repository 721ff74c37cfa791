package org.chanterelle.rt;

import com.lmax.disruptor.EventFactory;
import com.lmax.disruptor.EventPoller;
import com.lmax.disruptor.InsufficientCapacityException;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.SleepingWaitStrategy;
import org.chanterelle.rt.engine.HarmonicNoiseConfig;
import org.chanterelle.rt.engine.WaveConfig;
import org.chanterelle.signal.RealTime;

/**
 * Every message between the audio thread and the worker. {@link Input} carries {@link InputMessage}s there, a {@link Controls} for each
 * patch carries {@link ControlMessage}s back; both have one writer and one reader, and neither side ever waits for the other. Parameters
 * travel beside them, in {@link ParameterValues} and {@link ChannelValues}.
 */
public final class Rings {
    private Rings() {}

    /** Sound, time and notes, from the audio thread to the worker. */
    public static final class Input {
        /** A third of a second at 64 frames a block. */
        private static final int CAPACITY = 1024;

        private static final int SPINS = 50;
        private static final long SLEEP_NANOS = 50_000;

        private final RingBuffer<InputMessage> ring = RingBuffer.createSingleProducer(
                InputMessage::new, CAPACITY, new SleepingWaitStrategy(SPINS, SLEEP_NANOS));
        private final EventPoller<InputMessage> poller = ring.newPoller();
        private long claimed;
        private volatile long dropped;

        /** An empty ring. */
        public Input() {
            ring.addGatingSequences(poller.getSequence());
        }

        /** The slot of the next message, or null when the ring is full: then it is dropped and counted. */
        @RealTime
        InputMessage claim(InputMessage.Kind kind, int patch, long frameTime) {
            try {
                claimed = ring.tryNext();
            } catch (InsufficientCapacityException full) {
                dropped = dropped + 1;
                return null;
            }
            InputMessage message = ring.get(claimed);
            message.begin(kind, patch, frameTime);
            return message;
        }

        /** Sends the claimed message. */
        @RealTime
        void publish() {
            ring.publish(claimed);
        }

        /** For the worker: hands over what is there. */
        public EventPoller<InputMessage> poller() {
            return poller;
        }

        /** Messages for which there was no room. */
        public long dropped() {
            return dropped;
        }
    }

    /** Control frames or blocks of audio, from the worker to one patch. */
    public static final class Controls {
        private static final int CAPACITY = 1024;

        private final RingBuffer<ControlMessage> ring;
        private final EventPoller<ControlMessage> poller;
        private long claimed;
        private volatile long dropped;

        /** A ring of slots of an engine's shape. */
        public Controls(HarmonicNoiseConfig engine) {
            this(() -> new ControlMessage(engine.harmonics(), engine.noiseBands()));
        }

        /** A ring of blocks of audio. */
        public Controls(WaveConfig engine) {
            this(() -> new ControlMessage(engine.blockFrames()));
        }

        private Controls(EventFactory<ControlMessage> slots) {
            ring = RingBuffer.createSingleProducer(slots, CAPACITY, new SleepingWaitStrategy());
            poller = ring.newPoller();
            ring.addGatingSequences(poller.getSequence());
        }

        /** The slot of the next frame, or null when the ring is full: then it is dropped and counted. */
        public ControlMessage claim(int voice, int serial, long index) {
            try {
                claimed = ring.tryNext();
            } catch (InsufficientCapacityException full) {
                dropped = dropped + 1;
                return null;
            }
            ControlMessage message = ring.get(claimed);
            message.voice = voice;
            message.serial = serial;
            message.index = index;
            message.openFrame = ControlMessage.NEVER;
            message.closeFrame = ControlMessage.NEVER;
            message.releaseSeconds = 0f;
            message.midi.clear();
            return message;
        }

        /** Sends the claimed frame. */
        public void publish() {
            ring.publish(claimed);
        }

        /** For the audio thread: hands over what is there. */
        @RealTime
        void drainTo(EventPoller.Handler<ControlMessage> handler) {
            try {
                poller.poll(handler);
            } catch (Exception impossible) {
                // The handlers are ours and throw nothing checked; the interface says they might.
                throw (RuntimeException) impossible;
            }
        }

        /** Frames for which there was no room. */
        public long dropped() {
            return dropped;
        }
    }
}
