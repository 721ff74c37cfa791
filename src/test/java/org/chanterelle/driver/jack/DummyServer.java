package org.chanterelle.driver.jack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/** A JACK server of its own without a sound card, in step with its clients: a late cycle is waited for, so nothing is lost. */
final class DummyServer implements AutoCloseable {
    private static final AtomicInteger COUNT = new AtomicInteger();

    final String name = "chanterelle-test-" + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet();
    private Process process;

    DummyServer(int sampleRateHz, int bufferFrames) {
        start(sampleRateHz, bufferFrames);
    }

    /** Starts, under the same name as before, and waits for its answer. */
    void start(int sampleRateHz, int bufferFrames) {
        try {
            process = new ProcessBuilder("jackd", "-n", name, "-r", "-S", "-t", "5000", "-d", "dummy", "-r",
                    Integer.toString(sampleRateHz), "-p", Integer.toString(bufferFrames)).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread killer = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(killer);
        await(() -> JackDriver.serverAnswers(name));
    }

    /** Ends at once, without a word to its clients. */
    void kill() {
        process.destroyForcibly();
        waitForEnd();
    }

    /** Ends in good order. */
    void end() {
        process.destroy();
        waitForEnd();
    }

    @Override
    public void close() {
        end();
    }

    private void waitForEnd() {
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    JackSettings settings(String clientName) {
        return new JackSettings().withClientName(clientName).withServer(name);
    }

    /** Waits, at most half a minute, until something holds. */
    static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        boolean holds = condition.getAsBoolean();
        while (!holds && System.nanoTime() < end) {
            pause(10);
            holds = condition.getAsBoolean();
        }
        assertThat(holds).as("what was waited for").isTrue();
    }

    static void pause(long ms) {
        try {
            Thread.sleep(ms);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
