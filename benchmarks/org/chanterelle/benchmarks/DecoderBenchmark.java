package org.chanterelle.benchmarks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.chanterelle.inference.DecoderWeights;
import org.chanterelle.inference.VectorTimbreDecoder;
import org.chanterelle.model.Tensor;
import org.chanterelle.model.TestModels;
import org.chanterelle.model.timbre.Normalisation;
import org.chanterelle.model.timbre.TimbreConfig;
import org.chanterelle.model.timbre.TimbreDecoder;
import org.chanterelle.signal.AudioFeatures;
import org.chanterelle.signal.SynthControls;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** One step of the decoder for one voice: the live implementation beside DJL's, of the same weights (100 harmonics, 65 bands). */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = "-Dai.djl.pytorch.num_threads=1")
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
public class DecoderBenchmark {
    /** Width of the network. */
    @Param({"192", "256", "512"})
    public int units;

    private final AudioFeatures features = new AudioFeatures();
    private final Map<String, NDArray> arrays = new HashMap<>();
    private VectorTimbreDecoder live;
    private VectorTimbreDecoder liveOfFloats;
    private SynthControls controls;
    private NDManager manager;
    private TimbreDecoder trained;
    private NDArray state;

    /** Random weights, rounded to float16 as shipped ones are. */
    @Setup
    public void prepare() {
        TimbreConfig config = new TimbreConfig(units, 100, 65, 16000, 200, 0, 0, -5f, TimbreConfig.Skip.FEATURES);
        Map<String, Tensor> floats = TestModels.weights(config, 1);
        Map<String, Tensor> halves = new LinkedHashMap<>();
        floats.forEach((name, tensor) -> halves.put(name, rounded(tensor)));
        live = new VectorTimbreDecoder(new DecoderWeights(config, TestModels.NORMALISATION, halves));
        liveOfFloats = new VectorTimbreDecoder(new DecoderWeights(config, TestModels.NORMALISATION, floats));
        controls = live.newControls();
        manager = NDManager.newBaseManager();
        halves.forEach((name, tensor) -> arrays.put(name,
                manager.create(tensor.values(), new Shape(Arrays.stream(tensor.shape()).asLongStream().toArray()))));
        trained = new TimbreDecoder(config, arrays);
        state = manager.zeros(new Shape(1, 1, units));
    }

    /** A gliding pitch. */
    @Setup(Level.Iteration)
    public void begin() {
        features.f0Hz = 300;
        features.loudnessDb = 0;
        live.reset();
        liveOfFloats.reset();
    }

    /** Closes DJL's arrays. */
    @TearDown
    public void close() {
        manager.close();
    }

    /** The live implementation, weights of 16 bits. */
    @Benchmark
    public SynthControls vector() {
        glide();
        live.step(features, controls);
        return controls;
    }

    /** The live implementation, weights of 32 bits. */
    @Benchmark
    public SynthControls vectorOfFloats() {
        glide();
        liveOfFloats.step(features, controls);
        return controls;
    }

    /** DJL on PyTorch, controls copied out as a player would. */
    @Benchmark
    public SynthControls djl() {
        glide();
        try (NDManager step = manager.newSubManager()) {
            Shape one = new Shape(1, 1, 1);
            NDArray before = state;
            before.attach(step);
            TimbreDecoder.Controls out = trained.forward(
                    step.create(new float[] {features.f0Hz}, one),
                    step.create(new float[] {Normalisation.pitchInput(features.f0Hz)}, one),
                    step.create(new float[] {TestModels.NORMALISATION.loudnessInput(features.loudnessDb)}, one),
                    before);
            controls.amplitude = out.amplitude().getFloat(0, 0, 0);
            System.arraycopy(out.harmonicDistribution().toFloatArray(), 0, controls.harmonicDistribution, 0, 100);
            System.arraycopy(out.noiseMagnitudes().toFloatArray(), 0, controls.noiseMagnitudes, 0, 65);
            state = out.state();
            state.attach(manager);
        }
        return controls;
    }

    private void glide() {
        features.f0Hz = features.f0Hz > 1200 ? 200 : features.f0Hz * 1.001f;
    }

    private static Tensor rounded(Tensor tensor) {
        float[] values = tensor.values().clone();
        for (int i = 0; i < values.length; i++) {
            values[i] = Float.float16ToFloat(Float.floatToFloat16(values[i]));
        }
        return new Tensor(tensor.shape(), values);
    }
}
