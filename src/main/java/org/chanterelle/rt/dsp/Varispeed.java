package org.chanterelle.rt.dsp;

import java.util.Arrays;
import org.chanterelle.signal.RealTime;

/**
 * Plays a stream at a speed that may change with every frame: pitch bend of recorded sound. A windowed sinc, flat to 0.87 of the lower
 * rate's Nyquist frequency and 80 dB down from 1.04 of it on, up to four times the speed; above that, aliases remain. What is played lies
 * ready: no delay. Nothing is allocated after construction.
 */
public final class Varispeed {
    /** Kernels for speeds up to 1, and then in steps of half an octave. */
    private static final int LEVELS = 5;

    private static final double LEVEL_RATIO = Math.sqrt(2);
    private static final int HALF_WIDTH = 32;
    private static final double CUTOFF = 0.955;
    private static final double KAISER_BETA = 8;
    private static final int PHASES = 256;
    private static final int[] HALF = new int[LEVELS];

    /** Row p of a level holds the kernel for a place p / PHASES behind a frame. */
    private static final float[][][] KERNELS = kernels();

    private static final int MOST_HALF = HALF[LEVELS - 1];

    private final float[] buffer;
    private int held;

    /** Place of the next output: this frame of the buffer, and how much further. */
    private int centre;

    private double fraction;

    /** @param capacity frames that may wait */
    public Varispeed(int capacity) {
        buffer = new float[capacity + 2 * MOST_HALF + 1];
        reset();
    }

    /** Forgets all; before the next frame pushed there is silence. */
    @RealTime
    public void reset() {
        Arrays.fill(buffer, 0, MOST_HALF, 0f);
        held = MOST_HALF;
        centre = MOST_HALF;
        fraction = 0;
    }

    /** Frames that may be pushed now. */
    @RealTime
    public int room() {
        return buffer.length - held + Math.max(0, centre - MOST_HALF);
    }

    /** Appends frames, at most {@link #room}. */
    @RealTime
    public void push(float[] in, int offset, int frames) {
        if (held + frames > buffer.length) {
            int drop = centre - MOST_HALF;
            System.arraycopy(buffer, drop, buffer, 0, held - drop);
            held -= drop;
            centre -= drop;
        }
        System.arraycopy(in, offset, buffer, held, frames);
        held += frames;
    }

    /** Frames that can be rendered at this speed or below, in input frames per frame. */
    @RealTime
    public int ready(double speed) {
        double ahead = held - HALF[level(speed)] - 1 - centre - fraction;
        return ahead < 0 ? 0 : (int) Math.min(Integer.MAX_VALUE / 2, ahead / speed) + 1;
    }

    /** Writes frames, at most what is {@link #ready}, at a speed that changes evenly from the last frame's to {@code to}. */
    @RealTime
    public void render(float[] out, int offset, int frames, double from, double to) {
        double speed = from;
        double change = (to - from) / frames;
        int level = level(Math.max(from, to));
        for (int i = 0; i < frames; i++) {
            out[offset + i] = interpolated(KERNELS[level], HALF[level]);
            speed += change;
            fraction += speed;
            int whole = (int) fraction;
            centre += whole;
            fraction -= whole;
        }
    }

    @RealTime
    private float interpolated(float[][] rows, int half) {
        double row = fraction * PHASES;
        int below = (int) row;
        int first = centre - half + 1;
        float low = dot(rows[below], first);
        return low + (float) (row - below) * (dot(rows[below + 1], first) - low);
    }

    @RealTime
    private float dot(float[] row, int first) {
        float a = 0f;
        float b = 0f;
        float c = 0f;
        float d = 0f;
        for (int k = 0; k < row.length; k += 4) {
            a += row[k] * buffer[first + k];
            b += row[k + 1] * buffer[first + k + 1];
            c += row[k + 2] * buffer[first + k + 2];
            d += row[k + 3] * buffer[first + k + 3];
        }
        return (a + b) + (c + d);
    }

    @RealTime
    private static int level(double speed) {
        int level = 0;
        double limit = 1 + 1e-9;
        while (level < LEVELS - 1 && speed > limit) {
            level++;
            limit *= LEVEL_RATIO;
        }
        return level;
    }

    private static float[][][] kernels() {
        float[][][] kernels = new float[LEVELS][PHASES + 1][];
        for (int level = 0; level < LEVELS; level++) {
            double stretch = Math.pow(LEVEL_RATIO, level);
            HALF[level] = 2 * (int) Math.ceil(HALF_WIDTH * stretch / 2);
            for (int p = 0; p <= PHASES; p++) {
                kernels[level][p] = row(HALF[level], CUTOFF / stretch, (double) p / PHASES);
            }
        }
        return kernels;
    }

    private static float[] row(int half, double cutoff, double place) {
        double[] kernel = new double[2 * half];
        double sum = 0;
        for (int k = 0; k < kernel.length; k++) {
            double x = k - half + 1 - place;
            kernel[k] = Kaiser.sinc(cutoff * x) * Kaiser.window(x / half, KAISER_BETA);
            sum += kernel[k];
        }
        float[] row = new float[kernel.length];
        for (int k = 0; k < row.length; k++) {
            row[k] = (float) (kernel[k] / sum);
        }
        return row;
    }
}
