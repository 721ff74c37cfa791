package org.chanterelle.benchmarks;

import java.util.concurrent.TimeUnit;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.chanterelle.rt.dsp.HarmonicBank;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A voice of 100 harmonics at 48 kHz on one core, and beside it, in the same run, the machine's float peak, measured by independent
 * fused multiply-adds. Times are sampled call by call: the median says what the code costs even where other work shares the core.
 *
 * <p>Every control period (5 ms) all amplitudes and f0 change, so nothing is skipped.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 12, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class HarmonicBankBenchmark {
    private static final int RATE_HZ = 48_000;
    private static final int PERIOD = 240;
    private static final int HARMONICS = 100;
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    /** Vectors of fused multiply-adds in one call of the peak measurement: rounds by chains. */
    static final int PEAK_VECTORS = 1000 * 12;

    private final HarmonicBank bank = new HarmonicBank(HARMONICS, RATE_HZ, 23_000, 24_000);
    private final float[][] amplitudes = new float[2][HARMONICS];
    private final float[] out = new float[PERIOD];
    private int period;
    private float seed = 0.5f;

    /** Two control frames to ramp between; at 200 Hz all 100 harmonics lie below the Nyquist frequency. */
    @Setup
    public void fill() {
        for (int k = 0; k < HARMONICS; k++) {
            amplitudes[0][k] = 0.3f / (k + 1);
            amplitudes[1][k] = 0.2f / (k + 1);
        }
        bank.reset(200f, 0);
    }

    /** One control period of one voice; 5,000 us would be real time. */
    @Benchmark
    public float[] periods() {
        period ^= 1;
        bank.ramp(200f + period, amplitudes[period], PERIOD);
        bank.render(out, 0, PERIOD);
        return out;
    }

    /** The same in blocks of 64 frames, as a driver with small buffers asks for them. */
    @Benchmark
    public float[] periodsInSmallBlocks() {
        period ^= 1;
        bank.ramp(200f + period, amplitudes[period], PERIOD);
        for (int done = 0; done < PERIOD; done += 60) {
            bank.render(out, done, 60);
        }
        return out;
    }

    /** {@link #PEAK_VECTORS} vectors of fused multiply-adds with nothing in their way, each 2 x lanes operations. */
    @Benchmark
    public float peakFmaVectors() {
        FloatVector factor = FloatVector.broadcast(SPECIES, seed);
        FloatVector a = factor;
        FloatVector b = factor.add(1f);
        FloatVector c = factor.add(2f);
        FloatVector d = factor.add(3f);
        FloatVector e = factor.add(4f);
        FloatVector f = factor.add(5f);
        FloatVector g = factor.add(6f);
        FloatVector h = factor.add(7f);
        FloatVector i = factor.add(8f);
        FloatVector j = factor.add(9f);
        FloatVector k = factor.add(10f);
        FloatVector l = factor.add(11f);
        for (int n = 0; n < PEAK_VECTORS / 12; n++) {
            a = a.fma(factor, factor);
            b = b.fma(factor, factor);
            c = c.fma(factor, factor);
            d = d.fma(factor, factor);
            e = e.fma(factor, factor);
            f = f.fma(factor, factor);
            g = g.fma(factor, factor);
            h = h.fma(factor, factor);
            i = i.fma(factor, factor);
            j = j.fma(factor, factor);
            k = k.fma(factor, factor);
            l = l.fma(factor, factor);
        }
        FloatVector sum = a.add(b).add(c).add(d).add(e).add(f).add(g).add(h).add(i).add(j).add(k).add(l);
        return sum.lane(0);
    }
}
