package org.chanterelle.benchmarks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.chanterelle.inference.jukebox.CachedPrior;
import org.chanterelle.model.Tensor;
import org.chanterelle.model.jukebox.CodeCondition;
import org.chanterelle.model.jukebox.CodePrior;
import org.chanterelle.model.jukebox.PriorConfig;
import org.chanterelle.model.jukebox.PriorNetwork;
import org.chanterelle.model.jukebox.TestPriors;
import org.chanterelle.train.jukebox.PriorTrainingConfig;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Steps a second of the shipped size, each one code for every item of the batch: codes a second are that times {@code batch}. {@code cached}
 * fills windows one code after another; {@code whole} does without keys and values and runs a whole window on the engine for each code.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 4)
@Measurement(iterations = 3, time = 5)
public class PriorBenchmark {
    /** Items sampled together. */
    @Param({"1", "8"})
    public int batch;

    private PriorConfig config;
    private CachedPrior prior;
    private CodePrior.Session session;
    private float[][] logits;
    private int[] chosen;
    private NDManager manager;
    private PriorNetwork network;
    private List<CodeCondition> conditions;

    /** Random weights, rounded to float16 as shipped ones are. */
    @Setup
    public void prepare() {
        config = PriorTrainingConfig.read(Path.of("models/training/jukebox/upsampler-16k.json")).countedModel();
        Map<String, Tensor> weights = TestPriors.weights(config, 1);
        weights.values().forEach(tensor -> {
            float[] values = tensor.values();
            for (int i = 0; i < values.length; i++) {
                values[i] = Float.float16ToFloat(Float.floatToFloat16(0.05f * values[i]));
            }
        });
        conditions = TestPriors.conditions(config, batch, 1);
        logits = new float[batch][config.codes()];
        chosen = new int[batch];
        prior = new CachedPrior(config, weights);
        manager = NDManager.newBaseManager();
        Map<String, NDArray> lent = new HashMap<>();
        weights.forEach((name, tensor) -> lent.put(name,
                manager.create(tensor.values(), new Shape(IntStream.of(tensor.shape()).asLongStream().toArray()))));
        network = new PriorNetwork(config, lent);
    }

    /** The next code of a window; a new one where it is full, its conditions included. */
    @Benchmark
    public float cached() {
        if (session == null || session.position() == config.context() - 1) {
            session = prior.open(conditions);
            Arrays.fill(chosen, -1);
        }
        session.next(chosen, logits);
        Arrays.fill(chosen, session.position() % config.codes());
        return logits[0][0];
    }

    /** All places of a window again. */
    @Benchmark
    public long whole() {
        try (NDManager step = manager.newSubManager()) {
            int[][] codes = new int[batch][config.context()];
            return network.logits(step, codes, network.condition(step, conditions)).argMax().getLong();
        }
    }

    /** Gives memory back. */
    @TearDown
    public void close() {
        prior.close();
        manager.close();
    }
}
