package org.chanterelle.driver.jack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ThreadPriorityTest {
    /** Of what follows the name in a thread's stat file. */
    private static final int PRIORITY = 37;
    private static final int POLICY = 38;

    private final int safepointThread = ThreadPriority.safepointThread().orElseThrow();

    @AfterEach
    void giveItBack() throws IOException {
        assertThat(ThreadPriority.lower(safepointThread)).isTrue();
        assertThat(stat(safepointThread, POLICY)).isZero();
    }

    @Test
    void theSafepointThreadIsRaisedWhereTheSystemAllowsIt() throws IOException {
        boolean allowed = ThreadPriority.raise(safepointThread, 3);

        assertThat(stat(safepointThread, POLICY)).isEqualTo(allowed ? 1 : 0);
        assertThat(stat(safepointThread, PRIORITY)).isEqualTo(allowed ? 3 : 0);
    }

    @Test
    void aThreadRaisesItself() {
        try (var thread = Executors.newSingleThreadExecutor()) {
            boolean allowed = CompletableFuture.supplyAsync(() -> ThreadPriority.raise(ThreadPriority.CALLER, 2), thread).join();
            long raised = CompletableFuture.supplyAsync(ThreadPriorityTest::ownPriority, thread).join();

            assertThat(raised).isEqualTo(allowed ? 2 : 0);
            assertThat(ownPriority()).isZero();
        }
    }

    @Test
    void aPriorityThatDoesNotExistIsRefused() throws IOException {
        assertThat(ThreadPriority.raise(safepointThread, 1000)).isFalse();
        assertThat(stat(safepointThread, POLICY)).isZero();
    }

    private static long ownPriority() {
        try {
            return field(Path.of("/proc/thread-self/stat"), PRIORITY);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long stat(int thread, int field) throws IOException {
        return field(Path.of("/proc/self/task", Integer.toString(thread), "stat"), field);
    }

    private static long field(Path file, int field) throws IOException {
        String line = Files.readString(file);
        return Long.parseLong(line.substring(line.lastIndexOf(')') + 2).split(" ")[field]);
    }
}
