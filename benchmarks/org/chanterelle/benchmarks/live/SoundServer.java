package org.chanterelle.benchmarks.live;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A sound server of this run alone, without hardware: jackd on its dummy driver or PipeWire without a session. */
final class SoundServer implements AutoCloseable {
    enum Kind {
        JACKD,
        PIPEWIRE
    }

    /**
     * One name for all runs: jackd keeps a list of eight servers for the whole machine and takes the entry of one that was killed only for
     * another of the same name.
     */
    private static final String NAME = "chanterelle-bench";

    private static final int RATE_HZ = 48_000;
    private static final long WAIT_MILLIS = 50;
    private static final int WAIT_TRIES = 200;

    private final Kind kind;
    private final Path folder;
    private final Processes processes;

    private SoundServer(Kind kind, Path folder, Processes processes) {
        this.kind = kind;
        this.folder = folder;
        this.processes = processes;
    }

    /** Starts a server at 48 kHz; logs of all its processes go to the folder. */
    static SoundServer start(Kind kind, int periodFrames, Path logs) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("chanterelle-bench");
        Map<String, String> environment = kind == Kind.JACKD
                ? Map.of("JACK_DEFAULT_SERVER", NAME, "JACK_NO_AUDIO_RESERVATION", "1", "JACK_NO_START_SERVER", "1")
                : Map.of("XDG_RUNTIME_DIR", folder.toString(), "PIPEWIRE_RUNTIME_DIR", folder.toString());
        SoundServer server = new SoundServer(kind, folder, new Processes(logs, environment));
        try {
            if (kind == Kind.JACKD) {
                server.startJackd(NAME, periodFrames);
            } else {
                server.startPipeWire(periodFrames);
            }
        } catch (IOException | InterruptedException | RuntimeException e) {
            server.close();
            throw e;
        }
        return server;
    }

    private void startJackd(String name, int periodFrames) throws IOException, InterruptedException {
        // Without real-time scheduling a busy machine misses cycles, whoever plays.
        String scheduling = mayScheduleInRealTime() ? "-R" : "-r";
        Process jackd = processes.start(
                "jackd",
                List.of("jackd", "-n", name, scheduling, "-d", "dummy", "-r", Integer.toString(RATE_HZ), "-p",
                        Integer.toString(periodFrames)));
        processes.run("jack_wait", List.of("jack_wait", "-s", name, "-w", "-t", "10"));
        if (!jackd.isAlive()) {
            throw new BenchFailure("jackd did not start: " + processes.lastWords("jackd"));
        }
    }

    private void startPipeWire(int periodFrames) throws IOException, InterruptedException {
        processes.start("pipewire", List.of("pipewire"));
        Path socket = folder.resolve("pipewire-0");
        for (int i = 0; i < WAIT_TRIES && !Files.exists(socket); i++) {
            Thread.sleep(WAIT_MILLIS);
        }
        setPeriod(periodFrames);
    }

    static boolean mayScheduleInRealTime() throws IOException, InterruptedException {
        Process process = new ProcessBuilder("chrt", "-f", "10", "true")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return process.waitFor(2, TimeUnit.SECONDS) && process.exitValue() == 0;
    }

    /** Changes the period while clients play. */
    void setPeriod(int frames) throws IOException, InterruptedException {
        if (kind == Kind.JACKD) {
            processes.run("jack_bufsize", List.of("jack_bufsize", Integer.toString(frames)));
        } else {
            processes.run(
                    "pw-metadata",
                    List.of("pw-metadata", "-n", "settings", "0", "clock.force-quantum", Integer.toString(frames)));
        }
    }

    /** The command as a client of this server. */
    List<String> client(List<String> command) {
        if (kind == Kind.JACKD) {
            return command;
        }
        List<String> wrapped = new ArrayList<>(List.of("pw-jack"));
        wrapped.addAll(command);
        return wrapped;
    }

    Kind kind() {
        return kind;
    }

    Processes processes() {
        return processes;
    }

    /** A file of this run alone, gone with it. */
    Path scratch(String name) {
        return folder.resolve(name);
    }

    @Override
    public void close() throws IOException {
        processes.close();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path path : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
