package org.chanterelle.live;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.chanterelle.rt.CallbackStats;
import org.chanterelle.rt.LiveProcess;
import org.chanterelle.rt.Patch;

/** The figures of a session, read from any thread but the audio thread. */
public final class LiveStats {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final double NANO = 1e-9;

    private final LiveSession session;
    private final long start = System.nanoTime();
    private long countedThread;
    private long countedBytes;
    private long countedBlocks;

    /** Figures of this session; bytes are counted from the first {@link #read} with sound on. */
    public LiveStats(LiveSession session) {
        this.session = session;
    }

    /** All figures, in the order in which they are written; for one reader. */
    public Map<String, Object> read() {
        LiveProcess process = session.process();
        CallbackStats callback = process.stats();
        CallbackStats inference = session.worker().stats();
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("seconds", (System.nanoTime() - start) * NANO);
        figures.put("driver", session.driver().name());
        figures.put("sampleRateHz", session.driver().sampleRateHz());
        figures.put("blockFrames", session.driver().blockFrames());
        figures.put("callbacks", callback.blocks());
        figures.put("callbackMicros", durations(callback));
        figures.put("overruns", callback.overruns());
        figures.put("xruns", process.xruns());
        Patch patch = process.patch();
        figures.put("controlFrames", patch == null ? 0 : patch.controlFrames());
        figures.put("missedControlFrames", patch == null ? 0 : patch.missedControls());
        figures.put("droppedMessages", session.droppedMessages());
        figures.put("inferenceMicros", durations(inference));
        figures.put("voices", process.voices());
        figures.put("latencyFrames", Map.of("min", process.minLatencyFrames(), "max", process.maxLatencyFrames()));
        figures.put("bytesPerCallback", bytesPerCallback(callback));
        figures.put("gcPauses", pauses());
        figures.put("residentKb", residentKb());
        return figures;
    }

    private static Map<String, Object> durations(CallbackStats stats) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("p50", stats.micros(0.5));
        object.put("p99", stats.micros(0.99));
        object.put("p99.9", stats.micros(0.999));
        object.put("max", stats.maxMicros());
        return object;
    }

    /** Bytes that the callback's thread has allocated in each callback since the last time this was asked. */
    private double bytesPerCallback(CallbackStats callback) {
        long thread = callback.threadId();
        long blocks = callback.blocks();
        long bytes = thread == 0 ? 0 : THREADS.getThreadAllocatedBytes(thread);
        double each = thread == countedThread && blocks > countedBlocks
                ? (double) (bytes - countedBytes) / (blocks - countedBlocks)
                : 0;
        countedThread = thread;
        countedBytes = bytes;
        countedBlocks = blocks;
        return each;
    }

    private static Map<String, Object> pauses() {
        long count = 0;
        long millis = 0;
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            if (collector.getName().contains("Pauses")) {
                count += collector.getCollectionCount();
                millis += collector.getCollectionTime();
            }
        }
        return Map.of("count", count, "totalMs", millis);
    }

    private static long residentKb() {
        try {
            for (String line : Files.readAllLines(STATUS)) {
                if (line.startsWith("VmRSS:")) {
                    return Long.parseLong(line.replaceAll("\\D", ""));
                }
            }
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
