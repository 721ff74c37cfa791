package org.chanterelle.benchmarks;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.chanterelle.inference.vocoder.WaveNetPlayer;
import org.chanterelle.model.Tensor;
import org.chanterelle.model.vocoder.WaveNetConfig;
import org.chanterelle.model.vocoder.WaveNetNetwork;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Audio frames a second of the published WaveNet on one core, mel condition and drawing included; real time is 16,000. Beside it the
 * core's own multiply-adds, 1,000,000 an operation: a frame takes about 1.1 of those.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
public class WaveNetBenchmark {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int MILLION = 1_000_000;

    /** Significant bits of the weights: 8 as they are shipped, 11 as in float16, 24 in full. */
    @Param({"8", "11", "24"})
    public int bits;

    private final float[] row = new float[80];
    private final float[] audio = new float[WaveNetPlayer.HOP_FRAMES];
    private WaveNetPlayer player;

    /** Random weights. */
    @Setup
    public void prepare() {
        SplittableRandom random = new SplittableRandom(1);
        Map<String, Tensor> weights = new LinkedHashMap<>();
        WaveNetConfig config = WaveNetConfig.published();
        config.weightShapes().forEach((name, shape) -> {
            float[] values = new float[(int) Tensor.size(shape)];
            for (int i = 0; i < values.length; i++) {
                float value = (float) (0.1 * random.nextGaussian());
                values[i] = bits == 8
                        ? WaveNetNetwork.round(value)
                        : bits == 11 ? Float.float16ToFloat(Float.floatToFloat16(value)) : value;
            }
            weights.put(name, new Tensor(shape, values));
        });
        player = new WaveNetPlayer(config, weights, 1);
    }

    /** Audio frames. */
    @Benchmark
    @OperationsPerInvocation(WaveNetPlayer.HOP_FRAMES)
    public float[] frames() {
        player.play(row, audio, 0);
        return audio;
    }

    /** Multiply-adds in registers: what the core can do at most. */
    @Benchmark
    public float millionMultiplyAdds() {
        FloatVector factor = FloatVector.broadcast(SPECIES, 0.999f + row[0]);
        FloatVector a = factor;
        FloatVector b = factor;
        FloatVector c = factor;
        FloatVector d = factor;
        FloatVector e = factor;
        FloatVector f = factor;
        FloatVector g = factor;
        FloatVector h = factor;
        for (int i = 0; i < MILLION / 8 / SPECIES.length(); i++) {
            a = a.fma(factor, factor);
            b = b.fma(factor, factor);
            c = c.fma(factor, factor);
            d = d.fma(factor, factor);
            e = e.fma(factor, factor);
            f = f.fma(factor, factor);
            g = g.fma(factor, factor);
            h = h.fma(factor, factor);
        }
        return a.add(b).add(c).add(d).add(e.add(f).add(g).add(h)).lane(0);
    }
}
