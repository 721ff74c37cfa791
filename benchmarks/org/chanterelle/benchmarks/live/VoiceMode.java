package org.chanterelle.benchmarks.live;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Bursts to onset and pitch steps to the new pitch, by pitch; in record timing also how far onsets from 82 to 1,000 Hz lie apart. */
final class VoiceMode {
    private static final int PITCHES = 20;
    private static final String STEP_REST_MS = "400";
    private static final double LOWEST_HZ = 82;
    private static final double HIGHEST_HZ = 1_000;
    private static final String ACROSS = IntStream.range(0, PITCHES)
            .mapToObj(i -> String.format(
                    Locale.ROOT, "%.1f", LOWEST_HZ * Math.pow(HIGHEST_HZ / LOWEST_HZ, i / (PITCHES - 1.0))))
            .collect(Collectors.joining(","));

    private final Bench bench;

    VoiceMode(Bench bench) {
        this.bench = bench;
    }

    void run() throws IOException, InterruptedException {
        for (int period : bench.options().periods()) {
            try (SoundServer server = bench.server(period)) {
                for (Bench.Candidate candidate : bench.candidates(server, "voice")) {
                    if (!candidate.instrument().audioPort().isEmpty()) {
                        Process process = candidate.instrument().start(server);
                        measure(new Ruler(bench.home(), server), candidate, period);
                        server.processes().end(process);
                    }
                }
            }
        }
    }

    private void measure(Ruler ruler, Bench.Candidate candidate, int period) throws IOException, InterruptedException {
        String offMs = Integer.toString(bench.options().offMs());
        ruler.voice("bursts", candidate.instrument(), "--count", "1", "--off-ms", offMs);
        for (String kind : new String[] {"bursts", "steps"}) {
            bench.report().print("%n%s", kind.equals("bursts") ? "burst to onset" : "pitch step to new pitch");
            bench.heading();
            JsonObject result = ruler.voice(
                    kind, candidate.instrument(), "--count", Integer.toString(Math.max(2, bench.options().count() / 4)),
                    "--off-ms",
                    kind.equals("bursts") ? offMs : STEP_REST_MS);
            bench.row(candidate.name(), candidate.timing(), period, result);
            pitches(result);
        }
        if (candidate.timing().equals("record")) {
            bench.report().print("%nbursts of %d pitches, 82 to 1,000 Hz, to onset", PITCHES);
            bench.heading();
            bench.row(
                    candidate.name(),
                    candidate.timing(),
                    period,
                    ruler.voice("bursts", candidate.instrument(), "--hz", ACROSS, "--count", "10", "--off-ms", offMs));
        }
    }

    private void pitches(JsonObject result) {
        double rateHz = Report.number(result, "sampleRateHz");
        for (JsonElement element : result.getAsJsonArray("pitches")) {
            JsonObject pitch = element.getAsJsonObject();
            bench.report().print(
                    "%20.0f Hz %13.0f %10.2f %8.2f %8.2f %8.2f",
                    Report.number(pitch, "hz"),
                    Report.number(pitch, "answered"),
                    Report.number(pitch, "medianMs"),
                    Bench.millis(pitch, rateHz, "minFrames"),
                    Report.number(pitch, "maxMs"),
                    Report.number(pitch, "jitterMs"));
        }
        bench.report().print(
                "not answered: %.0f silent, %.0f masked, %.0f disturbed, %.0f at another pitch",
                Report.number(result, "silent"),
                Report.number(result, "masked"),
                Report.number(result, "disturbed"),
                Report.number(result, "wrongPitch"));
    }
}
