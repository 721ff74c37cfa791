package org.chanterelle.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.chanterelle.audiofile.AudioClip;
import org.chanterelle.generate.Transfer;
import org.chanterelle.generate.TransferResult;
import org.chanterelle.generate.TransferSettings;
import org.chanterelle.model.ModelFolder;
import org.chanterelle.model.TestModels;
import org.chanterelle.model.timbre.TimbreConfig;
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

/** One minute of a sung vowel at 48 kHz into an instrument, on one thread; prints how often it fits into real time, and what takes it. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 2)
@Measurement(iterations = 3)
public class TransferBenchmark {
    private static final int RATE_HZ = 48_000;
    private static final int SECONDS = 60;

    /** Width of the network. */
    @Param({"192", "512"})
    public int units;

    private Transfer transfer;
    private AudioClip voice;
    private TransferResult.Timing timing;

    /** Random weights; the speed does not depend on them. */
    @Setup
    public void prepare() throws IOException {
        TimbreConfig config = new TimbreConfig(units, 100, 65, 16000, 200, 16000, 1, -5f, TimbreConfig.Skip.FEATURES);
        Path folder = Files.createTempDirectory("transfer-benchmark");
        transfer = new Transfer(ModelFolder.load(TestModels.write(folder, config, 1)));
        for (String file : new String[] {ModelFolder.CARD, ModelFolder.WEIGHTS}) {
            Files.delete(folder.resolve(file));
        }
        Files.delete(folder);
        voice = AudioClip.mono(vowel(), RATE_HZ);
    }

    /** The whole way. */
    @Benchmark
    public TransferResult minute() {
        TransferResult result = transfer.run(voice, TransferSettings.DEFAULT);
        timing = result.timing();
        return result;
    }

    /** Tells the last run. */
    @TearDown
    public void tell() {
        System.out.printf(
                Locale.ROOT,
                "%n%d units: %.1f x real time; of %.2f s a minute: analysis %.2f, network %.2f, synthesis %.2f, room and level %.2f%n",
                units,
                SECONDS / timing.total(),
                timing.total(),
                timing.analysis(),
                timing.network(),
                timing.synthesis(),
                timing.room());
    }

    private static float[] vowel() {
        float[] audio = new float[SECONDS * RATE_HZ];
        double phase = 0;
        for (int i = 0; i < audio.length; i++) {
            double t = (double) i / RATE_HZ;
            double f0Hz = 330 * Math.pow(2, 0.5 * Math.sin(t) + 0.03 * Math.sin(35 * t));
            phase += 2 * Math.PI * f0Hz / RATE_HZ;
            double sung = t % 2 < 1.8 ? 0.1 : 0;
            double sum = 0;
            for (int k = 1; k <= 10; k++) {
                sum += Math.sin(k * phase) / k;
            }
            audio[i] = (float) (sung * sum);
        }
        return audio;
    }
}
