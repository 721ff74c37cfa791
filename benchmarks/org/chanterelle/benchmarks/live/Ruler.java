package org.chanterelle.benchmarks.live;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The C client of {@code native/}: sends, listens, and is the baseline. */
final class Ruler {
    private static final int START_SECONDS = 60;

    private final String binary;
    private final SoundServer server;

    Ruler(Path home, SoundServer server) {
        this.binary = binary(home);
        this.server = server;
    }

    static String binary(Path home) {
        return home.resolve("native/build/chanterelle-bench").toString();
    }

    /** Note-on to onset; more options are the binary's own. */
    JsonObject notes(Instrument instrument, String... options) throws IOException, InterruptedException {
        return measure("notes", instrument.midiPort(), instrument.outputPort(), options);
    }

    /** Bursts to onset, or pitch steps to the new pitch. */
    JsonObject voice(String kind, Instrument instrument, String... options) throws IOException, InterruptedException {
        return measure(kind, instrument.audioPort(), instrument.outputPort(), options);
    }

    private JsonObject measure(String kind, String to, String from, String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                binary, "latency", kind, "--to", to, "--from", from, "--wait", Integer.toString(START_SECONDS), "--verbose"));
        command.addAll(List.of(options));
        return parse(server.processes().run("ruler", server.client(command)));
    }

    /** Starts playing a loop of so many voices; it plays until it is ended. */
    Process playLoop(int voices, String to) throws IOException, InterruptedException {
        String file = server.scratch("loop" + voices + ".mid").toString();
        server.processes().run("loop", List.of(binary, "loop", file, "--voices", Integer.toString(voices)));
        return server.processes()
                .start(
                        "player",
                        server.client(
                                List.of(binary, "play", file, "--loop", "--to", to, "--wait", Integer.toString(START_SECONDS))));
    }

    /** Starts the baseline; it reports to {@link #end} when it is ended. */
    Process baseline() throws IOException {
        return server.processes().startReadable("baseline", server.client(List.of(binary, "baseline")));
    }

    /** Ends the baseline; what it measured of itself. */
    JsonObject end(Process baseline) {
        baseline.toHandle().destroy(); // the process's own method would close the stream as well
        String output = Processes.readAll(baseline);
        server.processes().end(baseline);
        return parse(output);
    }

    private static JsonObject parse(String text) {
        return JsonParser.parseString(text).getAsJsonObject();
    }
}
