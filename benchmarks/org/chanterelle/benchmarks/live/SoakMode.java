package org.chanterelle.benchmarks.live;

import com.google.gson.JsonObject;
import java.io.IOException;

/** Minutes of 16 looped voices with garbage in our own heap, and the C baseline in the same graph. */
final class SoakMode {
    private static final long MINUTE_MILLIS = 60_000;
    private static final long SETTLE_MILLIS = 5_000;
    private static final int SETTLED_MINUTE = 5;

    /** Of statistics, one a second. */
    private static final int LINES_A_MINUTE = 60;

    private final Bench bench;

    SoakMode(Bench bench) {
        this.bench = bench;
    }

    void run() throws IOException, InterruptedException {
        Options options = bench.options();
        int period = options.periods().getFirst();
        try (SoundServer server = bench.server(period)) {
            Stats stats = new Stats(server.scratch("stats"));
            Instrument ours = Instrument.chanterelle(
                    bench.home(), options, "midi", options.timings().getFirst(), server.scratch("stats"));
            Ruler ruler = new Ruler(bench.home(), server);
            Process process = ours.start(server);
            ruler.notes(ours, "--count", "3");
            Process baseline = ruler.baseline();
            ruler.playLoop(options.voices().getLast(), ours.midiPort());
            Thread.sleep(SETTLE_MILLIS);
            watch(process, stats);
            JsonObject bare = ruler.end(baseline);
            server.processes().end(process);
            conclude(stats.last(), bare);
        }
    }

    private void watch(Process process, Stats stats) throws IOException, InterruptedException {
        Meter meter = new Meter(process);
        double settledMb = 0;
        bench.report().print(
                "%6s %8s %9s %8s %8s %8s %8s %6s %7s %8s %7s %6s",
                "minute", "RSS MiB", "p50 us", "p99", "p99.9", "max", "overruns", "xruns", "missed", "frames", "B/call", "CPU %");
        int minutes = (int) Math.ceil(bench.options().minutes());
        for (int minute = 1; minute <= minutes; minute++) {
            meter.restart();
            Thread.sleep((long) (MINUTE_MILLIS * Math.min(1, bench.options().minutes() - minute + 1)));
            if (!process.isAlive()) {
                throw new BenchFailure("chanterelle ended in minute " + minute + "; see " + bench.logs());
            }
            double residentMb = meter.residentMb();
            settledMb = minute == SETTLED_MINUTE ? residentMb : settledMb;
            JsonObject last = stats.last();
            last.addProperty("bytesPerCallback", stats.most("bytesPerCallback", LINES_A_MINUTE));
            line(minute, residentMb, meter.cpuPercent(), last);
            if (minute == minutes && settledMb > 0) {
                bench.report().print(
                        "resident memory of minute %d: %+.1f %% of minute %d's", minute, 100 * (residentMb / settledMb - 1),
                        SETTLED_MINUTE);
            }
        }
    }

    private void line(int minute, double residentMb, double cpuPercent, JsonObject stats) throws IOException {
        stats.addProperty("minute", minute);
        stats.addProperty("residentMb", residentMb);
        stats.addProperty("cpuPercent", cpuPercent);
        bench.report().print(
                "%6d %8.1f %9.1f %8.1f %8.1f %8.1f %8.0f %6.0f %7.0f %8.0f %7.2f %6.1f",
                minute,
                residentMb,
                Report.number(stats, "callbackMicros", "p50"),
                Report.number(stats, "callbackMicros", "p99"),
                Report.number(stats, "callbackMicros", "p99.9"),
                Report.number(stats, "callbackMicros", "max"),
                Report.number(stats, "overruns"),
                Report.number(stats, "xruns"),
                Report.number(stats, "missedControlFrames"),
                Report.number(stats, "controlFrames"),
                Report.number(stats, "bytesPerCallback"),
                cpuPercent);
        bench.report().keep("minute " + minute, stats);
    }

    private void conclude(JsonObject ours, JsonObject bare) throws IOException {
        bench.report().keep("chanterelle", ours);
        bench.report().keep("baseline", bare);
        bench.report().print("%n%-12s %10s %9s %8s %8s %8s %8s %6s", "client", "callbacks", "p50 us", "p99", "p99.9", "max",
                "overruns", "xruns");
        summary("chanterelle", ours);
        summary("bare C", bare);
        bench.report().print(
                "missed control frames: %.4f %%",
                100 * Report.number(ours, "missedControlFrames") / Report.number(ours, "controlFrames"));
    }

    private void summary(String name, JsonObject result) {
        bench.report().print(
                "%-12s %10.0f %9.1f %8.1f %8.1f %8.1f %8.0f %6.0f",
                name,
                Report.number(result, "callbacks"),
                Report.number(result, "callbackMicros", "p50"),
                Report.number(result, "callbackMicros", "p99"),
                Report.number(result, "callbackMicros", "p99.9"),
                Report.number(result, "callbackMicros", "max"),
                Report.number(result, "overruns"),
                Report.number(result, "xruns"));
    }
}
