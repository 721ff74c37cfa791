package org.chanterelle.ddsp;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * Sines of all harmonics of given pitch curves, which need no gradient: the larger part of a training step when left to automatic
 * differentiation, so it is made here in plain Java by the Chebyshev recurrence, in double. One buffer serves all calls: fresh memory
 * cost more than the sines.
 */
public final class HarmonicBasis {
    private final int hop;
    private final int harmonics;
    private final double sampleRateHz;
    private ByteBuffer memory = ByteBuffer.allocateDirect(0);

    /** For {@code hop} audio frames a control frame. */
    public HarmonicBasis(double sampleRateHz, int hop, int harmonics) {
        this.sampleRateHz = sampleRateHz;
        this.hop = hop;
        this.harmonics = harmonics;
    }

    /**
     * The sines. The pitch runs in straight lines (Hz) between control frames and is held after the last; the phase of each frame
     * includes its own advance, so the first is {@code 2 pi f0 / sampleRateHz}. Nothing sounds at or above Nyquist.
     *
     * @param f0Hz for each clip of the batch, one value a control frame
     * @return shape (batch * frames, harmonics, hop), without gradient; overwritten by the next call
     */
    public NDArray sines(NDManager manager, float[][] f0Hz) {
        int frames = f0Hz[0].length;
        int size = Math.multiplyExact(f0Hz.length * frames, harmonics * hop * Float.BYTES);
        if (memory.capacity() < size) {
            memory = ByteBuffer.allocateDirect(size).order(ByteOrder.nativeOrder());
        }
        FloatBuffer out = memory.clear().asFloatBuffer();
        float[] rows = new float[harmonics * hop];
        double[] phase = new double[hop];
        double[][] recurrence = new double[4][hop];
        for (float[] curve : f0Hz) {
            double cycles = 0;
            for (int frame = 0; frame < frames; frame++) {
                double from = curve[frame];
                double slope = (curve[Math.min(frame + 1, frames - 1)] - from) / hop;
                for (int n = 0; n < hop; n++) {
                    cycles += (from + slope * n) / sampleRateHz;
                    cycles -= Math.floor(cycles);
                    phase[n] = 2.0 * Math.PI * cycles;
                }
                fill(phase, recurrence, rows);
                muteAliases(from, slope, rows);
                out.put(rows);
            }
        }
        Shape shape = new Shape((long) f0Hz.length * frames, harmonics, hop);
        return manager.create(memory.limit(size), shape, DataType.FLOAT32);
    }

    /** {@code sin((k + 1) p) = 2 cos(p) sin(k p) - sin((k - 1) p)}, audio frames in the inner loop so that it vectorises. */
    private void fill(double[] phase, double[][] work, float[] out) {
        double[] twoCos = work[0];
        double[] before = work[1];
        double[] last = work[2];
        for (int n = 0; n < hop; n++) {
            twoCos[n] = 2.0 * Math.cos(phase[n]);
            before[n] = 0.0;
            last[n] = Math.sin(phase[n]);
        }
        double[] next = work[3];
        for (int k = 0; k < harmonics; k++) {
            int row = k * hop;
            for (int n = 0; n < hop; n++) {
                out[row + n] = (float) last[n];
                next[n] = twoCos[n] * last[n] - before[n];
            }
            double[] free = before;
            before = last;
            last = next;
            next = free;
        }
    }

    /** Within a control period that crosses Nyquist, each harmonic sounds only while it lies below. */
    private void muteAliases(double fromHz, double slopeHz, float[] out) {
        double nyquistHz = sampleRateHz / 2;
        int safe = (int) (nyquistHz / Math.max(fromHz, fromHz + slopeHz * hop));
        for (int k = safe; k < harmonics; k++) {
            for (int n = 0; n < hop; n++) {
                if ((k + 1) * (fromHz + slopeHz * n) >= nyquistHz) {
                    out[k * hop + n] = 0f;
                }
            }
        }
    }
}
