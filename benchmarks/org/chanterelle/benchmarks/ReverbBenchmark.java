package org.chanterelle.benchmarks;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.chanterelle.rt.dsp.ConvolutionReverb;
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

/** Ten milliseconds of sound through one second of room, in blocks of 64 frames. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 8, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class ReverbBenchmark {
    /** Device rate in Hz. */
    @Param({"48000", "96000"})
    public int rateHz;

    /** Frames in a partition. */
    @Param({"128", "256", "512"})
    public int partition;

    private ConvolutionReverb reverb;
    private float[] sound;
    private float[] out;

    /** Noise through noise. */
    @Setup
    public void prepare() {
        reverb = new ConvolutionReverb(noise(rateHz), 1f, partition);
        sound = noise(rateHz / 100);
        out = new float[sound.length];
    }

    private static float[] noise(int frames) {
        Random random = new Random(1);
        float[] noise = new float[frames];
        for (int n = 0; n < frames; n++) {
            noise[n] = random.nextFloat() - 0.5f;
        }
        return noise;
    }

    /** 10,000 us would be real time. */
    @Benchmark
    public float[] tenMilliseconds() {
        for (int at = 0; at < sound.length; at += 64) {
            reverb.process(sound, at, out, at, Math.min(64, sound.length - at));
        }
        return out;
    }
}
