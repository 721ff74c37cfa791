package org.chanterelle.benchmarks.live;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Processor time and resident memory of a process and what it started, as the system counts them. */
final class Meter {
    private static final double PERCENT = 100;

    private final ProcessHandle process;
    private Duration spent;
    private long since;

    Meter(Process process) {
        this.process = process.toHandle();
        restart();
    }

    /** Counts from now. */
    void restart() {
        spent = total();
        since = System.nanoTime();
    }

    /** Processor time since {@link #restart}, percent of one core. */
    double cpuPercent() {
        return PERCENT * total().minus(spent).toNanos() / (System.nanoTime() - since);
    }

    private Duration total() {
        Duration sum = process.info().totalCpuDuration().orElse(Duration.ZERO);
        for (ProcessHandle child : process.descendants().toList()) {
            sum = sum.plus(child.info().totalCpuDuration().orElse(Duration.ZERO));
        }
        return sum;
    }

    /** Resident memory, MiB; 0 when the process is gone. */
    double residentMb() throws IOException {
        double sum = residentMb(process);
        for (ProcessHandle child : process.descendants().toList()) {
            sum += residentMb(child);
        }
        return sum;
    }

    private static double residentMb(ProcessHandle handle) throws IOException {
        Path status = Path.of("/proc", Long.toString(handle.pid()), "status");
        List<String> lines = Files.exists(status) ? Files.readAllLines(status) : List.of();
        for (String line : lines) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
            }
        }
        return 0;
    }
}
