package org.chanterelle.live;

import java.nio.file.Path;
import java.util.Arrays;
import org.assertj.core.api.Assertions;
import org.chanterelle.model.ModelFolder;
import org.chanterelle.model.TestModels;
import org.chanterelle.rt.AudioBlock;

/** A stage without a driver: keys and a microphone in, sound out, block by block, in step or with the worker run by hand. */
final class StageBench {
    static final int NOTE_ON = 0x90;
    static final int NOTE_OFF = 0x80;
    static final int CONTROL = 0xb0;
    static final int PROGRAM = 0xc0;
    static final int BEND = 0xe0;

    private static final int WAITING = 400_000;

    final Stage stage;
    final double rateHz;
    int blockFrames;

    /** Whether blocks are processed in step; if not, {@link #workerRuns} says whether the worker answers after each. */
    boolean inStep = true;

    boolean workerRuns = true;
    Microphone microphone = frame -> 0f;
    Runnable beforeBlock = () -> {};

    private final AudioBlock block;
    private final long[] frames = new long[WAITING];
    private final int[][] messages = new int[WAITING][];
    private int next;
    private int count;
    private long now;

    /** What the microphone hears. */
    interface Microphone {
        float at(long frame);
    }

    StageBench(LiveSound sound, double rateHz, int blockFrames) {
        this(sound, rateHz, blockFrames, 1);
    }

    StageBench(LiveSound sound, double rateHz, int blockFrames, long seed) {
        this.rateHz = rateHz;
        this.blockFrames = blockFrames;
        stage = new Stage(sound, seed);
        block = new AudioBlock(blockFrames);
        stage.process.prepare(rateHz, blockFrames);
    }

    /** The smaller of the shipped violins, in its room. */
    static Instrument violin() {
        return shipped("violin-16k");
    }

    /** A shipped instrument, in its room. */
    static Instrument shipped(String name) {
        return Instrument.of(ModelFolder.load(Path.of("models", name)), 0.04, true);
    }

    /** A small network of random weights, in its room. */
    static Instrument small(Path folder) {
        return Instrument.of(ModelFolder.load(TestModels.write(folder, TestModels.smallConfig(), 3)), 0.04, true);
    }

    /** Sends a message at a frame, not before the last one. */
    StageBench at(long frame, int status, int data1, int data2) {
        frames[count] = frame;
        messages[count++] = new int[] {status, data1, data2};
        return this;
    }

    /** Sends a message with the next block. */
    StageBench send(int status, int data1, int data2) {
        return at(now, status, data1, data2);
    }

    /** Frames played so far. */
    long now() {
        return now;
    }

    /** Plays on for so many seconds, and tells what the left side heard; the right heard the same, or it is an error. */
    float[] play(double seconds) {
        return playFrames((int) Math.round(seconds * rateHz));
    }

    float[] playFrames(int total) {
        float[] heard = new float[total];
        for (int done = 0; done < total;) {
            int size = Math.min(blockFrames, total - done);
            playBlock(size);
            System.arraycopy(block.left, 0, heard, done, size);
            done += size;
        }
        return heard;
    }

    private void playBlock(int size) {
        block.frames = size;
        block.frameTime = now;
        block.midiIn.clear();
        block.midiOut.clear();
        while (next < count && frames[next] < now + size && !block.midiIn.isFull()) {
            int[] message = messages[next];
            block.midiIn.add((int) Math.max(0, frames[next] - now), message[0], message[1], message[2]);
            next++;
        }
        for (int i = 0; i < size; i++) {
            block.in[i] = microphone.at(now + i);
        }
        Arrays.fill(block.left, Float.NaN);
        Arrays.fill(block.right, Float.NaN);
        beforeBlock.run();
        if (inStep) {
            stage.process.processInStep(block);
        } else {
            stage.process.process(block);
            if (workerRuns) {
                stage.worker.drain();
            }
        }
        check(size);
        now += size;
    }

    private void check(int size) {
        for (int i = 0; i < size; i++) {
            if (!(Math.abs(block.left[i]) <= 1f) || block.left[i] != block.right[i]) {
                Assertions.fail("frame " + (now + i) + ": left " + block.left[i] + ", right " + block.right[i]);
            }
        }
    }
}
