package org.chanterelle.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Locale;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Runs the benchmarks whose name contains the argument, writes JSON, and says what the scores mean. */
public final class RunBenchmarks {
    private static final double PERIOD_MICROS = 5_000;
    private static final double LANES = jdk.incubator.vector.FloatVector.SPECIES_PREFERRED.length();

    /** Three fused multiply-adds and one addition for each harmonic and frame. */
    private static final double FLOPS_PER_VOICE = 7.0 * 100 * 48_000;

    private RunBenchmarks() {}

    /** Arguments: result file, part of a name (empty for all). */
    public static void main(String[] arguments) throws RunnerException, IOException {
        Path file = Path.of(arguments[0]);
        Files.createDirectories(file.toAbsolutePath().getParent());
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                .include(arguments.length > 1 ? arguments[1] : "")
                .resultFormat(ResultFormatType.JSON)
                .result(file.toString())
                .build()).run();
        sayVoices(results);
        saySilence(results);
        System.out.println("JSON: " + file);
    }

    private static void sayVoices(Collection<RunResult> results) {
        double peakMicros = median(results, "peakFmaVectors", "");
        double periodMicros = median(results, "HarmonicBankBenchmark.periods", "");
        if (peakMicros > 0 && periodMicros > 0) {
            double peak = HarmonicBankBenchmark.PEAK_VECTORS * 2 * LANES / peakMicros * 1e6;
            double voices = PERIOD_MICROS / periodMicros;
            System.out.printf(
                    Locale.ROOT,
                    "%nVoices of 100 harmonics in real time at 48 kHz, one core: %.0f (by the median call), %.0f %% of the measured float"
                            + " peak of %.0f Gflop/s%n",
                    voices,
                    100 * voices * FLOPS_PER_VOICE / peak,
                    peak / 1e9);
        }
    }

    private static void saySilence(Collection<RunResult> results) {
        double sounding = median(results, "DenormalBenchmark.block", "SOUNDING");
        double silent = median(results, "DenormalBenchmark.block", "SILENT_FOR_60_S");
        if (sounding > 0 && silent > 0) {
            System.out.printf(
                    Locale.ROOT, "%nA block after 60 s of silence takes %.2f of a sounding one (bound: 1.2)%n",
                    silent / sounding);
        }
    }

    private static double median(Collection<RunResult> results, String name, String parameter) {
        return results.stream()
                .filter(result -> matches(result, name, parameter))
                .mapToDouble(result -> result.getPrimaryResult().getStatistics().getPercentile(50))
                .findFirst()
                .orElse(0);
    }

    private static boolean matches(RunResult result, String name, String parameter) {
        return result.getParams().getBenchmark().endsWith(name)
                && (parameter.isEmpty() || parameter.equals(result.getParams().getParam("mood")));
    }
}
