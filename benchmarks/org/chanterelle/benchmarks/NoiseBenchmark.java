package org.chanterelle.benchmarks;

import java.util.concurrent.TimeUnit;
import org.chanterelle.rt.dsp.Fft;
import org.chanterelle.rt.dsp.FilteredNoise;
import org.chanterelle.rt.dsp.SeededNoise;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One control period (5 ms) of filtered noise, 65 bands of a 16 kHz model, and the three FFTs that would do the same. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 8, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class NoiseBenchmark {
    private static final int BANDS = 65;

    /** Device rate in Hz. */
    @Param({"44100", "48000", "96000"})
    public int rateHz;

    private FilteredNoise noise;
    private float[] response;
    private final float[] magnitudes = new float[BANDS];
    private int block;
    private Fft fft;
    private float[] re;
    private float[] im;

    /** A breathy spectrum. */
    @Setup
    public void prepare() {
        block = rateHz / 200;
        noise = new FilteredNoise(BANDS, 16_000, rateHz, block, new SeededNoise(1));
        response = new float[noise.responseCapacity(block)];
        for (int b = 0; b < BANDS; b++) {
            magnitudes[b] = 0.01f / (1 + b);
        }
        fft = new Fft(Integer.highestOneBit(block + 2 * noise.halfTaps()) * 2);
        re = new float[fft.size() / 2 + 1];
        im = new float[fft.size() / 2 + 1];
    }

    /** As the engine does it: directly. */
    @Benchmark
    public boolean direct() {
        return noise.render(magnitudes, block, response);
    }

    /** Lower bound of the other way: the transforms of noise, filter and product alone. */
    @Benchmark
    public float threeTransforms() {
        float[] time = new float[fft.size()];
        fft.forward(time, re, im);
        fft.forward(time, re, im);
        fft.inverse(re, im, time);
        return time[0];
    }
}
