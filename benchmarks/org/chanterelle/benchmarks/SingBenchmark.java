package org.chanterelle.benchmarks;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.chanterelle.inference.sing.SingBatch;
import org.chanterelle.inference.sing.SingWeights;
import org.chanterelle.model.Tensor;
import org.chanterelle.model.sing.SingConfig;
import org.chanterelle.model.sing.TestSingModels;
import org.openjdk.jmh.annotations.AuxCounters;
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
 * Seconds of SING's audio that one core makes in a second: a score of 20 is twenty notes in real time. Notes of 64 control frames (1.02 s
 * at 16 kHz), in runs as offline and for the note bank ({@code maxFrames} 32) and as streamed to sounding notes (2).
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 3, time = 4)
public class SingBenchmark {
    private static final int FRAMES = 64;

    /** Of the network. */
    @Param({"shipped", "published"})
    public String size;

    /** Notes that sound at once. */
    @Param({"1", "64"})
    public int notes;

    /** Control frames in a run. */
    @Param({"2", "32"})
    public int maxFrames;

    private SingBatch batch;
    private float[][] audio;
    private int[] slots;
    private int[] frames;
    private SingConfig config;

    /** Random weights, rounded to float16 as shipped ones are. */
    @Setup
    public void prepare() {
        List<String> instruments = List.of("a", "b");
        List<Integer> velocities = List.of(50, 90, 127);
        config = size.equals("published")
                ? SingConfig.published(instruments, 36, 84, velocities)
                : new SingConfig(16000, 256, 1024, 9, 512, 256, 2304, 256, 2, 16, 8, 2, 4, true, 265, 3.0, instruments, 36, 84,
                        velocities);
        Map<String, Tensor> halves = new LinkedHashMap<>();
        TestSingModels.weights(config.weightShapes(), 1).forEach((name, tensor) -> halves.put(name, rounded(tensor)));
        batch = new SingBatch(new SingWeights(config, halves), notes, maxFrames);
        audio = new float[notes][config.noteSamples()];
        slots = new int[notes];
        frames = new int[notes];
        Arrays.setAll(slots, i -> i);
        Arrays.fill(frames, maxFrames);
    }

    /** A second, near enough, of each note. */
    @Benchmark
    public float[][] secondsOfAudio(Seconds seconds) {
        for (int i = 0; i < notes; i++) {
            batch.begin(i, i % 2, 36 + i % 48, 90, audio[i]);
        }
        for (int done = 0; done < FRAMES; done += maxFrames) {
            batch.run(notes, slots, frames);
        }
        seconds.made += notes * FRAMES / config.controlRateHz();
        return audio;
    }

    /** What was made, as a rate of its own: {@code made} is the figure to read. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    public static class Seconds {
        /** Seconds of audio. */
        public double made;
    }

    private static Tensor rounded(Tensor tensor) {
        float[] values = tensor.values().clone();
        for (int i = 0; i < values.length; i++) {
            values[i] = Float.float16ToFloat(Float.floatToFloat16(values[i]));
        }
        return new Tensor(tensor.shape(), values);
    }
}
