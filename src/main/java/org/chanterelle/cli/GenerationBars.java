package org.chanterelle.cli;

import java.util.HashMap;
import java.util.Map;
import org.chanterelle.generate.jukebox.Estimate;
import org.chanterelle.generate.jukebox.Generation;

/** A bar for each level with its time left, and that of all that follow. One thread. */
final class GenerationBars implements Generation.Watch, AutoCloseable {
    private final Reporting reporting;
    private final Estimate estimate;
    private final Map<String, Double> later = new HashMap<>();
    private String level;
    private ProgressBar bar;
    private long startNanos;
    private int first;

    GenerationBars(Reporting reporting, Estimate estimate) {
        this.reporting = reporting;
        this.estimate = estimate;
        double sum = 0;
        for (Estimate.Level each : estimate.levels().reversed()) {
            later.put(each.name(), sum);
            sum += each.seconds();
        }
    }

    @Override
    public void drawn(String name, int codes, int total) {
        if (!name.equals(level)) {
            close();
            level = name;
            bar = reporting.progress(name);
            startNanos = System.nanoTime();
            first = codes;
        }
        double elapsed = (System.nanoTime() - startNanos) * 1e-9;
        double left = codes > first ? (total - codes) * elapsed / (codes - first) : Double.NaN;
        double all = left + later.getOrDefault(name, 0.0);
        bar.show((double) codes / total, left, Double.isFinite(all) && estimate.levels().size() > 1 && later.get(name) > 0
                ? "all levels " + ProgressBar.duration(all)
                : "");
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
