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
    /** Longer than a control that does not come is waited for: what is held and fades then is rehearsed too. */
    private static final int LATE_BLOCKS = 100;

    /** The seventeenth takes the first one's voice, which by then has had nothing for that long. */
    private static final int BLOCKS_PER_LATE_KEY = 5;

    private static final int BLOCKS_PER_KEY = 8;
    private static final int KEYS = 8;
    private static final int LOWEST_KEY = 55;
    private static final int KEY_STEP = 5;

    /**
     * One a block, between the notes: whatever a hand or a pedal does for the first time on stage was done here, or the callback would be
     * compiled anew there. None of them silences a note for long.
     */
    private static final int[][] TOUCHES = {
            {0xb0, 1, 40}, {0xb0, 2, 90}, {0xb0, 7, 110}, {0xb0, 11, 120}, {0xb0, 64, 127}, {0xd0, 70, 0},
            {0xa0, LOWEST_KEY, 50}, {0xb0, 74, 80}, {0xb0, 64, 0}, {0xb0, 68, 127}, {0xb0, 65, 127}, {0xb0, 5, 30},
            {0xb0, 84, 60}, {0xb0, 66, 127}, {0xb0, 66, 0}, {0xb0, 67, 127}, {0xb0, 67, 0}, {0xb0, 33, 10},
            {0xb0, 68, 0}, {0xb0, 65, 0}, {0xb0, 101, 0}, {0xb0, 100, 0}, {0xb0, 6, 2}, {0xb0, 38, 0},
            {0xb0, 96, 0}, {0xb0, 97, 0}, {0xb0, 99, 127}, {0xb0, 98, 126}, {0xb0, 6, 1}, {0xb0, 101, 127},
            {0xb0, 100, 127}, {0xc0, 1, 0}, {0x90, LOWEST_KEY - 2, 1}, {0x90, LOWEST_KEY - 2, 0}, {0xb0, 121, 0}, {0xb0, 123, 0},
            {0xb0, 120, 0},
    };

    /** A round this close to the one before is as fast as it gets. */
    private static final double SETTLED = 0.9;

    private static final double SETTLED_SECONDS = 2.5;

    /** A round slower than this is not compiled yet, however little faster it was than the one before: so it is at the first start. */
    private static final double COMPILED_SECONDS = 0.25;

    private static final double MAX_SECONDS = 8;
    private static final double NANO = 1e-9;

    private Rehearsal() {}

    /** Plays on a process of its own, prepared here. */
    static void play(LiveProcess process) {
        process.prepare(RATE_HZ, FRAMES);
        AudioBlock block = new AudioBlock(FRAMES);
        block.frames = FRAMES;
        long start = System.nanoTime();
        SeldomStates states = new SeldomStates();
        double before = Double.MAX_VALUE;
        double now = playRound(process, block, states);
        while (hasMoreToGain(before, now, (System.nanoTime() - start) * NANO)) {
            before = now;
            now = playRound(process, block, states);
        }
    }

    private static boolean hasMoreToGain(double before, double now, double spent) {
        return now < SETTLED * before && spent < SETTLED_SECONDS || now > COMPILED_SECONDS && spent < MAX_SECONDS;
    }

    /** Half a second of chords, of all controllers and of a sawtooth at the microphone; returns the time it took in seconds. */
    private static double playRound(LiveProcess process, AudioBlock block, SeldomStates states) {
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
            int[] touch = TOUCHES[i % TOUCHES.length];
            block.midiIn.add(FRAMES - 1, touch[0], touch[1], touch[2]);
            if (i % BLOCKS_PER_KEY == 0) {
                states.visit();
            }
            for (int n = 0; n < FRAMES; n++) {
                block.in[n] = 0.2f * ((i * FRAMES + n) % 200 / 100f - 1);
            }
            process.processInStep(block);
            block.frameTime += FRAMES;
        }
        playLate(process, block);
        return (System.nanoTime() - start) * NANO;
    }

    /** Notes whose worker is not heard from until they are over or their voices taken. */
    private static void playLate(LiveProcess process, AudioBlock block) {
        for (int i = 0; i < LATE_BLOCKS; i++) {
            block.midiIn.clear();
            block.midiOut.clear();
            if (i % BLOCKS_PER_LATE_KEY == 0) {
                block.midiIn.add(0, 0x90, LOWEST_KEY + i / BLOCKS_PER_LATE_KEY, 100);
            } else if (i == LATE_BLOCKS - 1) {
                block.midiIn.add(0, 0xb0, 123, 0);
            }
            process.process(block);
            block.frameTime += FRAMES;
        }
    }
}
