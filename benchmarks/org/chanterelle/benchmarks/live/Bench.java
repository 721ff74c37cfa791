package org.chanterelle.benchmarks.live;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What every mode works with.
 *
 * @param home the source tree
 * @param logs what the processes say
 */
record Bench(Path home, Path logs, Options options, Report report) {
    private static final String[] COLUMNS = {"client", "timing", "frames", "answered", "median ms", "min", "max", "jitter",
            "p95-p5", "declared ms", "xruns"};

    /** A server of this bench with so many frames a period. */
    SoundServer server(int periodFrames) throws IOException, InterruptedException {
        SoundServer server = SoundServer.start(options.kind(), periodFrames, logs);
        try {
            if (options.awake()) {
                server.processes().start("awake", List.of(Ruler.binary(home), "awake"));
            }
            return server;
        } catch (IOException | RuntimeException e) {
            server.close();
            throw e;
        }
    }

    /** The programs asked for, ours once for each timing. Statistics of ours go to a file of the server's. */
    List<Candidate> candidates(SoundServer server, String input) throws IOException {
        List<Candidate> candidates = new ArrayList<>();
        for (String client : options.clients()) {
            switch (client) {
                case "chanterelle" -> {
                    for (String timing : options.timings()) {
                        Instrument ours = Instrument.chanterelle(home, options, input, timing, server.scratch("stats"));
                        candidates.add(new Candidate(ours, timing));
                    }
                }
                case "fluidsynth" -> candidates.add(new Candidate(Instrument.fluidSynth(), "-"));
                case "known" -> candidates.add(new Candidate(Instrument.known(home, 100), "-"));
                default -> throw new BenchFailure("--clients " + client + ": expected chanterelle, fluidsynth or known");
            }
        }
        return candidates;
    }

    /**
     * A program to measure.
     *
     * @param timing of ours; "-" for others
     */
    record Candidate(Instrument instrument, String timing) {
        String name() {
            return instrument.name();
        }
    }

    void heading() {
        report.print("%-12s %-7s %6s %9s %10s %8s %8s %8s %8s %15s %6s", (Object[]) COLUMNS);
    }

    /** A line of delays, and the same kept. */
    void row(String client, String timing, int periodFrames, JsonObject result) throws IOException {
        double rateHz = Report.number(result, "sampleRateHz");
        report.print(
                "%-12s %-7s %6d %5.0f/%-3.0f %10.2f %8.2f %8.2f %8.2f %8.2f %7.2f-%-7.2f %6.0f",
                client,
                timing,
                periodFrames,
                Report.number(result, "answered"),
                Report.number(result, "events"),
                Report.number(result, "medianMs"),
                millis(result, rateHz, "minFrames"),
                Report.number(result, "maxMs"),
                Report.number(result, "jitterMs"),
                millis(result, rateHz, "p95MinusP5Frames"),
                millis(result, rateHz, "declaredFrames", "captureMin"),
                millis(result, rateHz, "declaredFrames", "captureMax"),
                Report.number(result, "xruns"));
        report.keep(client + " " + timing + " " + periodFrames, result);
    }

    static double millis(JsonObject result, double rateHz, String... path) {
        return 1e3 * Report.number(result, path) / rateHz;
    }
}
