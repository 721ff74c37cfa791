package org.chanterelle.live;

import org.chanterelle.rt.AudioBlock;
import org.chanterelle.rt.LiveProcess;

/**
 * Plays unheard, as fast as it can, until the code that will be heard is compiled: a first note would otherwise be late by tens of
 * milliseconds.
 */
final class Rehearsal {
    private static final int FRAMES = 128;
    private static final double RATE_HZ = 48_000;
    /** Half a second: cut short where the machine is slow, and still all keys. */
    private static final int BLOCKS = 188;
    private static final int BLOCKS_PER_KEY = 8;
    private static final int KEYS = 8;
    private static final int LOWEST_KEY = 55;
    private static final int KEY_STEP = 5;

    /** A round this close to the one before is as fast as it gets. */
    private static final double SETTLED = 0.9;

    private static final double MAX_SECONDS = 2.5;
    private static final double NANO = 1e-9;

    private Rehearsal() {}

    /** Plays on a process of its own, prepared here. */
    static void play(LiveProcess process) {
        process.prepare(RATE_HZ, FRAMES);
        AudioBlock block = new AudioBlock(FRAMES);
        block.frames = FRAMES;
        long start = System.nanoTime();
        double before = Double.MAX_VALUE;
        double now = playRound(process, block);
        while (now < SETTLED * before && (System.nanoTime() - start) * NANO < MAX_SECONDS) {
            before = now;
            now = playRound(process, block);
        }
    }

    /** Half a second of chords and a sawtooth at the microphone; returns the time it took in seconds. */
    private static double playRound(LiveProcess process, AudioBlock block) {
        long start = System.nanoTime();
        for (int i = 0; i < BLOCKS; i++) {
            block.midiIn.clear();
            block.midiOut.clear();
            int key = LOWEST_KEY + KEY_STEP * (i / BLOCKS_PER_KEY % KEYS);
            if (i % BLOCKS_PER_KEY == 0) {
                block.midiIn.add(i % FRAMES, 0x90, key, 30 + i % 97);
                block.midiIn.add(i % FRAMES, 0xe0, 0, 60 + i % 8);
            } else if (i % BLOCKS_PER_KEY == BLOCKS_PER_KEY / 2) {
                // From end to end the pitch leaps, which takes another path than a glide.
                block.midiIn.add(0, 0xe0, 0, i / BLOCKS_PER_KEY % 2 * 127);
            } else if (i % BLOCKS_PER_KEY == BLOCKS_PER_KEY - 1) {
                block.midiIn.add(0, 0x80, key, 0);
            }
            for (int n = 0; n < FRAMES; n++) {
                block.in[n] = 0.2f * ((i * FRAMES + n) % 200 / 100f - 1);
            }
            process.processInStep(block);
            block.frameTime += FRAMES;
        }
        return (System.nanoTime() - start) * NANO;
    }
}
