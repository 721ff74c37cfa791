package org.chanterelle.benchmarks.live;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The processes of a run. All of them end with this program, however it ends; the last started ends first. */
final class Processes implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 5;

    private final Path logs;
    private final Map<String, String> environment;
    private final Deque<Process> running = new ArrayDeque<>();
    private final Thread hook = new Thread(this::endAll);

    /** Logs go to files of this folder; the environment is added to that of every process. */
    Processes(Path logs, Map<String, String> environment) throws IOException {
        this.logs = Files.createDirectories(logs);
        this.environment = environment;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Starts a process that runs beside us; what it says goes to NAME.log. Its standard input stays open and empty. */
    Process start(String name, List<String> command) throws IOException {
        return start(name, command, Map.of());
    }

    Process start(String name, List<String> command, Map<String, String> more) throws IOException {
        Path log = logs.resolve(name + ".log");
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        builder.environment().putAll(more);
        Process process = builder.start();
        synchronized (running) {
            running.push(process);
        }
        return process;
    }

    /** Starts a process whose standard output is read by the caller. */
    Process startReadable(String name, List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(logs.resolve(name + ".log").toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        synchronized (running) {
            running.push(process);
        }
        return process;
    }

    /** Runs a process to its end; what it wrote. Fails with its last words when it does. */
    String run(String name, List<String> command) throws IOException, InterruptedException {
        Process process = startReadable(name, command);
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int code = process.waitFor();
        synchronized (running) {
            running.remove(process);
        }
        if (code != 0) {
            throw new BenchFailure(String.join(" ", command) + " ended with " + code + ": " + lastWords(name));
        }
        return output;
    }

    /** What a process said, cut to its end. */
    String lastWords(String name) throws IOException {
        List<String> lines = Files.readAllLines(logs.resolve(name + ".log"), StandardCharsets.UTF_8);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 5), lines.size()));
    }

    /** Ends one process as its user would. */
    void end(Process process) {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        synchronized (running) {
            running.remove(process);
        }
    }

    private void endAll() {
        Process next;
        do {
            synchronized (running) {
                next = running.peek();
            }
            if (next != null) {
                end(next);
            }
        } while (next != null);
    }

    @Override
    public void close() {
        endAll();
        Runtime.getRuntime().removeShutdownHook(hook);
    }

    /** All that a process started with {@link #startReadable} writes until it ends. */
    static String readAll(Process process) {
        try {
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
