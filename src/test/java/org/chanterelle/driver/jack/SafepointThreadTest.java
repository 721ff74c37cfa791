package org.chanterelle.driver.jack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SafepointThreadTest {
    /** Of what follows the name in /proc/PID/stat. */
    private static final int PRIORITY = 37;
    private static final int POLICY = 38;

    @AfterEach
    void giveItBack() {
        assertThat(SafepointThread.schedule(SafepointThread.OTHER, 0)).isTrue();
        assertThat(stat(POLICY)).isEqualTo(SafepointThread.OTHER);
    }

    @Test
    void isScheduledInRealTimeWhereTheSystemAllowsIt() {
        boolean allowed = SafepointThread.schedule(SafepointThread.FIFO, 3);

        assertThat(stat(POLICY)).isEqualTo(allowed ? SafepointThread.FIFO : SafepointThread.OTHER);
        assertThat(stat(PRIORITY)).isEqualTo(allowed ? 3 : 0);
    }

    @Test
    void aPriorityThatDoesNotExistIsRefused() {
        assertThat(SafepointThread.schedule(SafepointThread.FIFO, 1000)).isFalse();
        assertThat(stat(POLICY)).isEqualTo(SafepointThread.OTHER);
    }

    private static int stat(int field) {
        Path file = Path.of("/proc/self/task", Integer.toString(SafepointThread.id().orElseThrow()), "stat");
        try {
            String line = Files.readString(file);
            return Integer.parseInt(line.substring(line.lastIndexOf(')') + 2).split(" ")[field]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
