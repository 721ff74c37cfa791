package org.chanterelle.benchmarks;

import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.chanterelle.model.ModelFolder;
import org.chanterelle.model.expression.ExpressionModel;
import org.chanterelle.model.expression.NoteContext;
import org.chanterelle.model.expression.NoteExpression;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What a note-on costs the worker: drawing its expression from the notes of the shipped violin, in ever other contexts. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class ExpressionBenchmark {
    private final SplittableRandom random = new SplittableRandom(1);
    private ExpressionModel model;

    /** Run from the root of the sources. */
    @Setup
    public void prepare() {
        model = ModelFolder.load(Path.of("models/violin")).expression().orElseThrow();
    }

    /** A note in a scale, half of them legato. */
    @Benchmark
    public NoteExpression draw() {
        double gap = Math.max(0, random.nextDouble() - 0.5);
        return model.draw(new NoteContext(55 + random.nextInt(45), random.nextInt(25) - 12, gap, random.nextDouble()), random);
    }
}
