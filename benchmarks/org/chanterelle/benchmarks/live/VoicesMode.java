package org.chanterelle.benchmarks.live;

import com.google.gson.JsonObject;
import java.io.IOException;

/** How many voices before something is late; FluidSynth's processor time for as many. */
final class VoicesMode {
    private static final long SETTLE_MILLIS = 5_000;
    private static final long MEASURE_MILLIS = 20_000;

    private final Bench bench;

    VoicesMode(Bench bench) {
        this.bench = bench;
    }

    void run() throws IOException, InterruptedException {
        bench.report().print(
                "%-12s %6s %6s %9s %8s %8s %9s %9s %10s %10s %6s",
                "client", "asked", "voices", "p50 us", "p99", "overruns", "missed", "frames", "infer p50", "infer p99", "CPU %");
        for (int voices : bench.options().voices()) {
            try (SoundServer server = bench.server(bench.options().periods().getFirst())) {
                for (Bench.Candidate candidate : bench.candidates(server, "midi")) {
                    measure(server, candidate, voices);
                }
            }
        }
    }

    private void measure(SoundServer server, Bench.Candidate candidate, int voices) throws IOException, InterruptedException {
        Ruler ruler = new Ruler(bench.home(), server);
        Process process = candidate.instrument().start(server);
        ruler.notes(candidate.instrument(), "--count", "3");
        Process player = ruler.playLoop(voices, candidate.instrument().midiPort());
        Thread.sleep(SETTLE_MILLIS);
        boolean ours = candidate.name().equals("chanterelle");
        Stats stats = new Stats(server.scratch("stats"));
        JsonObject before = ours ? stats.last() : new JsonObject();
        Meter meter = new Meter(process);
        Thread.sleep(MEASURE_MILLIS);
        double cpuPercent = meter.cpuPercent();
        JsonObject after = ours ? stats.last() : new JsonObject();
        server.processes().end(player);
        server.processes().end(process);
        line(candidate.name(), voices, cpuPercent, before, after);
    }

    private void line(String client, int voices, double cpuPercent, JsonObject before, JsonObject after) throws IOException {
        JsonObject result = after.deepCopy();
        for (String name : new String[] {"overruns", "missedControlFrames", "controlFrames"}) {
            if (after.has(name)) {
                result.addProperty(name, Report.number(after, name) - Report.number(before, name));
            }
        }
        result.addProperty("askedVoices", voices);
        result.addProperty("cpuPercent", cpuPercent);
        bench.report().print(
                "%-12s %6d %6.0f %9.1f %8.1f %8.0f %9.0f %9.0f %10.0f %10.0f %6.1f",
                client,
                voices,
                Report.number(result, "voices"),
                Report.number(result, "callbackMicros", "p50"),
                Report.number(result, "callbackMicros", "p99"),
                Report.number(result, "overruns"),
                Report.number(result, "missedControlFrames"),
                Report.number(result, "controlFrames"),
                Report.number(result, "inferenceMicros", "p50"),
                Report.number(result, "inferenceMicros", "p99"),
                cpuPercent);
        bench.report().keep(client + " " + voices, result);
    }
}
