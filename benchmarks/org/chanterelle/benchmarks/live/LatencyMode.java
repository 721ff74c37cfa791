package org.chanterelle.benchmarks.live;

import com.google.gson.JsonObject;
import java.io.IOException;

/** Note-on to onset of each program at each period; with {@code --change}, all periods in one run, changed while it plays. */
final class LatencyMode {
    private static final String[] WARM_UP = {"--count", "3"};

    private final Bench bench;

    LatencyMode(Bench bench) {
        this.bench = bench;
    }

    void run() throws IOException, InterruptedException {
        bench.heading();
        for (int period : bench.options().periods()) {
            try (SoundServer server = bench.server(period)) {
                for (Bench.Candidate candidate : bench.candidates(server, "midi")) {
                    Process process = candidate.instrument().start(server);
                    warmUp(server, candidate);
                    measure(server, candidate, period);
                    server.processes().end(process);
                }
            }
        }
    }

    void runChanging() throws IOException, InterruptedException {
        bench.heading();
        try (SoundServer server = bench.server(bench.options().periods().getFirst())) {
            for (Bench.Candidate candidate : bench.candidates(server, "midi")) {
                Process process = candidate.instrument().start(server);
                warmUp(server, candidate);
                for (int period : bench.options().periods()) {
                    server.setPeriod(period);
                    measure(server, candidate, period);
                }
                server.processes().end(process);
            }
        }
    }

    private void warmUp(SoundServer server, Bench.Candidate candidate) throws IOException, InterruptedException {
        new Ruler(bench.home(), server).notes(candidate.instrument(), WARM_UP);
    }

    private void measure(SoundServer server, Bench.Candidate candidate, int period) throws IOException, InterruptedException {
        JsonObject result = new Ruler(bench.home(), server)
                .notes(
                        candidate.instrument(),
                        "--count",
                        Integer.toString(bench.options().count()),
                        "--on-ms",
                        "250",
                        "--off-ms",
                        Integer.toString(bench.options().offMs()));
        bench.row(candidate.name(), candidate.timing(), period, result);
    }
}
