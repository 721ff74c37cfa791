package org.chanterelle.benchmarks.live;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.time.Instant;

/** The first seconds: how long after its start a program sounds, how much later its first note is than its later ones, what was late. */
final class StartMode {
    private static final double FIRST_SECONDS = 10;
    private static final double NANO = 1e-9;

    private final Bench bench;

    StartMode(Bench bench) {
        this.bench = bench;
    }

    void run() throws IOException, InterruptedException {
        bench.report().print(
                "%-12s %-7s %9s %9s %14s %14s %15s %14s",
                "client", "timing", "ports s", "sound s", "first note ms", "median ms", "overruns 10 s", "xruns 10 s");
        for (int period : bench.options().periods()) {
            try (SoundServer server = bench.server(period)) {
                for (Bench.Candidate candidate : bench.candidates(server, "midi")) {
                    measure(server, candidate);
                }
            }
        }
    }

    private void measure(SoundServer server, Bench.Candidate candidate) throws IOException, InterruptedException {
        Instant now = Instant.now();
        double start = now.getEpochSecond() + now.getNano() * NANO;
        Process process = candidate.instrument().start(server);
        JsonObject result = new Ruler(bench.home(), server)
                .notes(
                        candidate.instrument(),
                        "--count",
                        Integer.toString(bench.options().count()),
                        "--on-ms",
                        "250",
                        "--off-ms",
                        Integer.toString(bench.options().offMs()));
        boolean ours = candidate.name().equals("chanterelle");
        JsonObject early = ours ? new Stats(server.scratch("stats")).at(FIRST_SECONDS) : new JsonObject();
        server.processes().end(process);
        line(candidate, start, result, early);
    }

    private void line(Bench.Candidate candidate, double start, JsonObject result, JsonObject early) throws IOException {
        double rateHz = Report.number(result, "sampleRateHz");
        double ports = Report.number(result, "connectedUnixSeconds") - start;
        double sound = ports + Report.number(result, "firstAtSeconds") + Report.number(result, "firstFrames") / rateHz;
        result.addProperty("portsAfterSeconds", ports);
        result.addProperty("soundAfterSeconds", sound);
        result.add("firstSeconds", early);
        bench.report().print(
                "%-12s %-7s %9.2f %9.2f %14.2f %14.2f %15.0f %14.0f",
                candidate.name(),
                candidate.timing(),
                ports,
                sound,
                Bench.millis(result, rateHz, "firstFrames"),
                Report.number(result, "medianMs"),
                Report.number(early, "overruns"),
                Report.number(early, "xruns"));
        bench.report().keep(candidate.name() + " " + candidate.timing(), result);
    }
}
