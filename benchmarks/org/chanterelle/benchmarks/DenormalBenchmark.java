package org.chanterelle.benchmarks;

import java.util.concurrent.TimeUnit;
import org.chanterelle.rt.engine.HarmonicNoiseConfig;
import org.chanterelle.rt.engine.HarmonicNoiseEngine;
import org.chanterelle.rt.engine.Output;
import org.chanterelle.signal.SynthControls;
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

/**
 * A block of 240 frames of a whole voice (100 harmonics, noise, a room of 1 s, limiter) at 48 kHz: sounding, sounding at the edge of
 * hearing, dying away, and after 60 s of silence. Denormal numbers would make the last ones slow.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 8, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class DenormalBenchmark {
    private static final int RATE_HZ = 48_000;
    private static final int PERIOD = 240;

    /** What the voice does. */
    public enum Mood {
        SOUNDING,
        AT_1E_MINUS_30,
        SILENT_FOR_60_S
    }

    /** What the voice does. */
    @Param
    public Mood mood;

    private final HarmonicNoiseEngine engine = new HarmonicNoiseEngine(new HarmonicNoiseConfig(100, 65, 16_000, 200, 1));
    private final Output output = new Output(RATE_HZ, room(), 10);
    private final SynthControls controls = new SynthControls(100, 65);
    private final float[] audio = new float[PERIOD];

    private static float[] room() {
        float[] impulse = new float[RATE_HZ];
        for (int n = 1; n < impulse.length; n++) {
            // Sinks to -520 dB: below what a float holds.
            impulse[n] = 0.1f * (n % 7 - 3) * (float) Math.exp(-60.0 * n / RATE_HZ);
        }
        return impulse;
    }

    /** A second of sound, then the mood. */
    @Setup
    public void play() {
        engine.prepare(RATE_HZ, PERIOD);
        level(1f);
        for (int i = 0; i < 200; i++) {
            block();
        }
        switch (mood) {
            case SOUNDING -> level(1f);
            case AT_1E_MINUS_30 -> level(1e-30f);
            case SILENT_FOR_60_S -> level(0f);
        }
        for (int i = 0; i < 60 * 200; i++) {
            block();
        }
    }

    private void level(float level) {
        controls.f0Hz = 220;
        controls.amplitude = 0.3f * level;
        for (int k = 0; k < 100; k++) {
            controls.harmonicDistribution[k] = 0.01f;
        }
        for (int b = 0; b < 65; b++) {
            controls.noiseMagnitudes[b] = 0.001f * level;
        }
    }

    /** 5,000 us would be real time. */
    @Benchmark
    public float[] block() {
        engine.push(controls);
        engine.render(audio, 0, PERIOD);
        output.process(audio, 0, PERIOD);
        return audio;
    }
}
