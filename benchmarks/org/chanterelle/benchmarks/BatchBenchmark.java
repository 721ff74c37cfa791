package org.chanterelle.benchmarks;

import java.util.concurrent.TimeUnit;
import org.chanterelle.inference.DecoderWeights;
import org.chanterelle.inference.DjlNetwork;
import org.chanterelle.inference.LiveNetwork;
import org.chanterelle.inference.StepDecoder;
import org.chanterelle.model.TestModels;
import org.chanterelle.model.timbre.TimbreConfig;
import org.chanterelle.signal.AudioFeatures;
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

/** One control frame of 16 voices, 192 units, weights of 32 bits: one after the other with the Vector API, as one batch with DJL on the CPU. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = "-Dai.djl.pytorch.num_threads=1")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class BatchBenchmark {
    private static final int VOICES = 16;

    /** What runs the network. */
    @Param({"vector", "djl"})
    public String implementation;

    private final int[] voices = new int[VOICES];
    private final AudioFeatures[] in = new AudioFeatures[VOICES];
    private final SynthControls[] out = new SynthControls[VOICES];
    private StepDecoder decoder;

    /** Random weights. */
    @Setup
    public void prepare() {
        TimbreConfig config = new TimbreConfig(192, 100, 65, 16000, 200, 0, 0, -5f, TimbreConfig.Skip.FEATURES);
        LiveNetwork network = implementation.equals("djl")
                ? DjlNetwork.onCpu(config, TestModels.NORMALISATION, TestModels.weights(config, 1))
                : new DecoderWeights(config, TestModels.NORMALISATION, TestModels.weights(config, 1));
        decoder = network.decoder(VOICES);
        for (int voice = 0; voice < VOICES; voice++) {
            voices[voice] = voice;
            in[voice] = new AudioFeatures();
            in[voice].f0Hz = 200 + 50 * voice;
            out[voice] = decoder.newControls();
        }
    }

    /** All voices. */
    @Benchmark
    public SynthControls[] step() {
        decoder.step(VOICES, voices, in, out);
        return out;
    }
}
