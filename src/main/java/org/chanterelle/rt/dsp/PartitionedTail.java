package org.chanterelle.rt.dsp;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.chanterelle.signal.RealTime;

/**
 * All of an impulse response but its first partition, convolved by FFT in equal partitions (overlap-save; Wefers 2015, chapter 5).
 * Products with partitions whose input is long known are spread over the block, so that no call bears them all; silent input costs
 * nothing.
 */
final class PartitionedTail {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    private final int partition;
    private final int partitions;
    private final int stride;
    private final Fft fft;
    private final float[] impulseRe;
    private final float[] impulseIm;

    /** Spectra of the last blocks, each with the block before it: a ring, the newest first. */
    private final float[] inputRe;

    private final float[] inputIm;
    private final boolean[] sounding;
    private int newest;

    private final float[] sumRe;
    private final float[] sumIm;
    private boolean sumSounds;
    private int nextPartition;

    private final float[] binRe;
    private final float[] binIm;
    private final float[] time;

    PartitionedTail(float[] impulse, int partition) {
        this.partition = partition;
        partitions = (impulse.length - 1) / partition;
        stride = (partition + LANES) / LANES * LANES;
        fft = new Fft(2 * partition);
        impulseRe = new float[partitions * stride];
        impulseIm = new float[partitions * stride];
        inputRe = new float[partitions * stride];
        inputIm = new float[partitions * stride];
        sounding = new boolean[partitions];
        sumRe = new float[stride];
        sumIm = new float[stride];
        binRe = new float[partition + 1];
        binIm = new float[partition + 1];
        time = new float[2 * partition];
        for (int p = 0; p < partitions; p++) {
            int from = (p + 1) * partition;
            Arrays.fill(time, 0f);
            System.arraycopy(impulse, from, time, 0, Math.min(partition, impulse.length - from));
            transform(time, impulseRe, impulseIm, p);
        }
        reset();
    }

    int partitions() {
        return partitions;
    }

    @RealTime
    void reset() {
        Arrays.fill(sounding, false);
        newest = 0;
        clearSum();
    }

    /** Adds the share due by now of the products that need no input of the present block, {@code position} frames into it. */
    @RealTime
    void advance(int position) {
        int due = (int) ((long) partitions * position / partition);
        while (nextPartition < due) {
            // Partition p of the next block's tail meets the input of p blocks before the present one.
            addProduct(nextPartition, (newest + nextPartition - 1) % partitions);
            nextPartition++;
        }
    }

    /**
     * Takes a whole block and makes the tail heard during the next.
     *
     * @param blocks the block before, then the present one
     * @param tail written, one partition
     */
    @RealTime
    void finishBlock(float[] blocks, float[] tail) {
        if (partitions == 0) {
            return;
        }
        advance(partition);
        newest = (newest + partitions - 1) % partitions;
        sounding[newest] = isSounding(blocks);
        if (sounding[newest]) {
            transform(blocks, inputRe, inputIm, newest);
        }
        addProduct(0, newest);
        if (sumSounds) {
            System.arraycopy(sumRe, 0, binRe, 0, partition + 1);
            System.arraycopy(sumIm, 0, binIm, 0, partition + 1);
            fft.inverse(binRe, binIm, time);
            System.arraycopy(time, partition, tail, 0, partition);
            clearSum();
        } else {
            Arrays.fill(tail, 0f);
            nextPartition = 1;
        }
    }

    @RealTime
    private void transform(float[] audio, float[] re, float[] im, int slot) {
        fft.forward(audio, binRe, binIm);
        System.arraycopy(binRe, 0, re, slot * stride, partition + 1);
        System.arraycopy(binIm, 0, im, slot * stride, partition + 1);
    }

    @RealTime
    private boolean isSounding(float[] blocks) {
        for (int i = 0; i < 2 * partition; i++) {
            if (blocks[i] != 0f) {
                return true;
            }
        }
        return false;
    }

    @RealTime
    private void clearSum() {
        Arrays.fill(sumRe, 0f);
        Arrays.fill(sumIm, 0f);
        sumSounds = false;
        nextPartition = 1;
    }

    @RealTime
    private void addProduct(int impulseSlot, int inputSlot) {
        if (!sounding[inputSlot]) {
            return;
        }
        sumSounds = true;
        int h = impulseSlot * stride;
        int x = inputSlot * stride;
        for (int i = 0; i < stride; i += LANES) {
            FloatVector hRe = FloatVector.fromArray(SPECIES, impulseRe, h + i);
            FloatVector hIm = FloatVector.fromArray(SPECIES, impulseIm, h + i);
            FloatVector xRe = FloatVector.fromArray(SPECIES, inputRe, x + i);
            FloatVector xIm = FloatVector.fromArray(SPECIES, inputIm, x + i);
            FloatVector re = FloatVector.fromArray(SPECIES, sumRe, i);
            FloatVector im = FloatVector.fromArray(SPECIES, sumIm, i);
            hRe.fma(xRe, hIm.neg().fma(xIm, re)).intoArray(sumRe, i);
            hRe.fma(xIm, hIm.fma(xRe, im)).intoArray(sumIm, i);
        }
    }
}
