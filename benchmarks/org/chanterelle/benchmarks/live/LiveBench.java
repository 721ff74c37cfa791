package org.chanterelle.benchmarks.live;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Measures live playing from outside. */
@Command(name = "benchmarks/live", mixinStandardHelpOptions = true, description = "Measures live playing from outside, on a sound server of its own without hardware.")
public final class LiveBench implements Callable<Integer> {
    enum Mode {
        /** Note-on to onset. */
        LATENCY,
        /** Note-on to onset while the period changes. */
        CHANGE,
        /** A sung burst or step to the sound of it. */
        VOICE,
        /** Half an hour of everything. */
        SOAK,
        /** How many voices. */
        VOICES,
        /** The first seconds. */
        START
    }

    @Parameters(paramLabel = "MODE", description = "${COMPLETION-CANDIDATES}: note-on to onset; the same while the period changes; voice to sound; a long run beside a C client; how many voices; the first seconds.")
    private Mode mode;

    @Mixin
    private Options options;

    /** Arguments: as {@code --help} says. The working directory is the source tree. */
    public static void main(String[] arguments) {
        Locale.setDefault(Locale.ROOT);
        System.exit(new CommandLine(new LiveBench())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(LiveBench::explain)
                .execute(arguments));
    }

    private static int explain(Exception failure, CommandLine command, CommandLine.ParseResult arguments) throws Exception {
        if (failure instanceof BenchFailure) {
            System.err.println("benchmarks/live: " + failure.getMessage());
            return 1;
        }
        throw failure;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        options.complete(mode);
        Path home = Path.of("").toAbsolutePath();
        Path results = home.resolve("target/benchmarks");
        String name = "live-" + mode.name().toLowerCase(Locale.ROOT);
        Report report = new Report(results.resolve(name + ".json"));
        Bench bench = new Bench(home, results.resolve(name + "-logs"), options, report);
        report.print(
                "%s, 48 kHz, %s scheduling%s",
                options.kind() == SoundServer.Kind.JACKD ? "jackd, dummy driver" : "PipeWire, headless",
                SoundServer.mayScheduleInRealTime() ? "real-time" : "ordinary",
                options.awake() ? ", processors kept awake" : "");
        switch (mode) {
            case LATENCY -> new LatencyMode(bench).run();
            case CHANGE -> new LatencyMode(bench).runChanging();
            case VOICE -> new VoiceMode(bench).run();
            case SOAK -> new SoakMode(bench).run();
            case VOICES -> new VoicesMode(bench).run();
            case START -> new StartMode(bench).run();
        }
        report.end();
        return 0;
    }
}
