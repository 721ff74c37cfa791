package org.chanterelle.driver.javasound;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.chanterelle.signal.UserError;

/** A sound card whose lines do what a test tells them. */
final class FakeCard implements SoundLines {
    final List<Line> playbacks = new ArrayList<>();
    final List<Line> captures = new ArrayList<>();
    final PcmCodec outCodec;
    final PcmCodec inCodec;
    /** Rates at which it opens the first time and later. */
    int rateHz = 48_000;
    int laterRateHz = 48_000;
    /** Times it does not open again. */
    volatile int refusals;

    /** @param inCodec null for a card without input */
    FakeCard(PcmCodec outCodec, PcmCodec inCodec) {
        this.outCodec = outCodec;
        this.inCodec = inCodec;
    }

    /** A line to be opened next, which after so many blocks waits, or is lost. */
    Line plan(List<Line> lines, PcmCodec codec, int blocks, boolean lost) {
        Line line = new Line(codec, blocks, lost);
        lines.add(line);
        return line;
    }

    private int opened;

    @Override
    public SoundLine openPlayback(JavaSoundSettings settings) {
        if (opened > 0 && refusals-- > 0) {
            throw new UserError("javasound: no card");
        }
        int rate = opened == 0 ? rateHz : laterRateHz;
        return playbacks.get(opened++).at(rate, settings);
    }

    @Override
    public SoundLine openCapture(JavaSoundSettings settings, int sampleRateHz) {
        return inCodec == null ? null : captures.get(opened - 1).at(sampleRateHz, settings);
    }

    /** One line: the blocks it takes or gives, and what comes then. */
    static final class Line implements SoundLine {
        final ByteArrayOutputStream played = new ByteArrayOutputStream();
        /** What a microphone gives; silence beyond its end. */
        byte[] recorded = new byte[0];
        /** Transfer before which the buffer to play from has run empty. */
        int lateBefore = -1;
        /** Transfer before which the buffer to record into has run full. */
        int fullBefore = -1;
        /** Opened when all blocks are through. */
        final CountDownLatch through = new CountDownLatch(1);
        volatile boolean started;
        volatile boolean closed;

        private final PcmCodec codec;
        private final int blocks;
        private final boolean lost;
        private final CountDownLatch closing = new CountDownLatch(1);
        private int rateHz;
        private int bufferFrames;
        private int filledFrames;
        private int transfers;
        private int read;

        Line(PcmCodec codec, int blocks, boolean lost) {
            this.codec = codec;
            this.blocks = blocks;
            this.lost = lost;
        }

        Line at(int newRateHz, JavaSoundSettings settings) {
            rateHz = newRateHz;
            bufferFrames = settings.bufferBlocks() * settings.blockFrames();
            return this;
        }

        @Override
        public String name() {
            return "Fake";
        }

        @Override
        public PcmCodec codec() {
            return codec;
        }

        @Override
        public int sampleRateHz() {
            return rateHz;
        }

        @Override
        public int bufferFrames() {
            return bufferFrames;
        }

        @Override
        public int availableFrames() {
            if (codec.channels() == 1 || fullBefore >= 0) {
                return transfers == fullBefore ? bufferFrames : 0;
            }
            if (transfers == lateBefore) {
                filledFrames = 0;
                lateBefore = -1;
            }
            return bufferFrames - filledFrames;
        }

        @Override
        public void start() {
            started = true;
        }

        @Override
        public int transfer(byte[] bytes, int count) {
            if (transfers == blocks) {
                through.countDown();
                return lost ? 0 : waitForClosing();
            }
            transfers++;
            int room = bufferFrames - bufferFrames / 4;
            filledFrames = Math.min(room, filledFrames + count / codec.frameBytes());
            played.write(bytes, 0, count);
            for (int i = 0; i < count; i++, read++) {
                bytes[i] = read < recorded.length ? recorded[read] : 0;
            }
            return count;
        }

        private int waitForClosing() {
            try {
                closing.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return 0;
        }

        @Override
        public void close() {
            closed = true;
            closing.countDown();
        }
    }
}
