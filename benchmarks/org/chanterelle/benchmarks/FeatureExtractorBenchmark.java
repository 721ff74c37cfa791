package org.chanterelle.benchmarks;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.chanterelle.analysis.FeatureExtractor;
import org.chanterelle.analysis.Timing;
import org.chanterelle.signal.AudioFeatures;
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
 * Analysing 10 ms of a tone with noise at 44.1 kHz, 200 control frames a second. Times are sampled call by call: 100 times the median is
 * what a second of sound costs, even where other work shares the core.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class FeatureExtractorBenchmark {
    /** Pitch of the tone: high voices need short windows only. */
    @Param({"90", "160", "440"})
    public double hz;

    /** How loud the noise is: at -20 dB the tracker has doubts and asks all windows. */
    @Param({"-60", "-20"})
    public double noiseDb;

    /** When frames are told. */
    @Param({"LIVE", "RECORD"})
    public Timing timing;

    private static final int BLOCK = 441;

    private final float[] sound = new float[44100];
    private final AudioFeatures last = new AudioFeatures();
    private FeatureExtractor extractor;
    private int at;

    /** Makes the sound. */
    @Setup
    public void prepare() {
        Random random = new Random(1);
        double noise = Math.pow(10, noiseDb / 20);
        for (int n = 0; n < sound.length; n++) {
            double sum = noise * random.nextGaussian();
            for (int h = 1; h <= 12; h++) {
                sum += 0.2 / h * Math.sin(2 * Math.PI * h * hz * n / 44100.0 + h * h);
            }
            sound[n] = (float) sum;
        }
        extractor = new FeatureExtractor(44100, 200, timing);
    }

    /** 10 ms of sound, two control frames. */
    @Benchmark
    public AudioFeatures tenMilliseconds() {
        extractor.process(sound, at, BLOCK, last::set);
        at = (at + BLOCK) % sound.length;
        return last;
    }
}
