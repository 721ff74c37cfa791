package org.chanterelle.rt.dsp;

import java.util.Arrays;
import org.chanterelle.signal.RealTime;

/**
 * Convolution with a long impulse response, without added delay and for any block size: {@code out = dry in + in * impulse}. The
 * first partition of the impulse is convolved directly, the rest by FFT ({@link PartitionedTail}).
 */
public final class ConvolutionReverb {
    /** Partition length in frames that serves impulses of 0.2 to 2 s well. */
    public static final int DEFAULT_PARTITION = 256;

    /** Input and impulse below this (-300 dB) are zero, so that no denormal number enters. */
    private static final float SILENCE = 1e-15f;

    private final int partition;
    private final float dry;
    private final float[] head;
    private PartitionedTail rest;

    /** The block before and the block being filled, then slack. */
    private final float[] input;

    private final float[] headOut;
    private final float[] tail;
    private int position;

    /** Dry gain 1, the default partition. */
    public ConvolutionReverb(float[] impulse) {
        this(impulse, 1f, DEFAULT_PARTITION);
    }

    /**
     * @param impulse impulse response at the device's rate, at least one tap
     * @param dry gain of the direct sound
     * @param partition frames in a partition, a power of two, at least 64
     */
    public ConvolutionReverb(float[] impulse, float dry, int partition) {
        if (partition < 64 || Integer.bitCount(partition) != 1) {
            throw new IllegalArgumentException("partition " + partition + ": expected a power of two, at least 64");
        }
        this.dry = dry;
        this.partition = partition;
        head = new float[partition];
        input = new float[2 * partition + DirectFir.SLACK];
        headOut = new float[partition + DirectFir.SLACK];
        tail = new float[partition];
        setImpulse(impulse);
    }

    /** Changes the room and falls silent. Allocates: not while another thread processes. */
    public void setImpulse(float[] impulse) {
        float[] audible = new float[Math.max(impulse.length, partition)];
        copyAudible(impulse, 0, audible, 0, impulse.length);
        System.arraycopy(audible, 0, head, 0, partition);
        rest = new PartitionedTail(audible, partition);
        reset();
    }

    /** Frames after the last input until the last output. */
    public int tailFrames() {
        return (rest.partitions() + 1) * partition;
    }

    /** Falls silent at once. */
    @RealTime
    public void reset() {
        Arrays.fill(input, 0f);
        Arrays.fill(tail, 0f);
        position = 0;
        rest.reset();
    }

    /** Convolves {@code frames} frames; {@code out} may be {@code in} at the same offset. */
    @RealTime
    public void process(float[] in, int inOffset, float[] out, int outOffset, int frames) {
        int done = 0;
        while (done < frames) {
            int count = Math.min(frames - done, partition - position);
            copyAudible(in, inOffset + done, input, partition + position, count);
            DirectFir.convolve(head, 0, partition, input, partition + position, headOut, 0, count);
            for (int i = 0; i < count; i++) {
                float direct = input[partition + position + i];
                out[outOffset + done + i] = dry * direct + headOut[i] + tail[position + i];
            }
            position += count;
            done += count;
            rest.advance(position);
            if (position == partition) {
                rest.finishBlock(input, tail);
                System.arraycopy(input, partition, input, 0, partition);
                Arrays.fill(input, partition, input.length, 0f);
                position = 0;
            }
        }
    }

    /** Copies, with silence for what is inaudible or not finite. */
    @RealTime
    private static void copyAudible(float[] from, int fromOffset, float[] to, int toOffset, int count) {
        for (int i = 0; i < count; i++) {
            float x = from[fromOffset + i];
            float size = Math.abs(x);
            to[toOffset + i] = size >= SILENCE && size <= Float.MAX_VALUE ? x : 0f;
        }
    }
}
