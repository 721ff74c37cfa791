package org.chanterelle.cli;

import java.io.PrintWriter;
import java.util.Locale;

/** One line on a terminal that shows how far the work is and how long it will take; on anything else nothing. One thread. */
final class ProgressBar implements AutoCloseable {
    private static final int CELLS = 30;
    private static final long REDRAW_NANOS = 200_000_000L;
    private static final String CLEAR = "\r\u001b[K";

    private final String work;
    private final PrintWriter err;
    private final boolean visible;
    private final long startNanos = System.nanoTime();
    private long drawnNanos = startNanos - REDRAW_NANOS;

    ProgressBar(String work, PrintWriter err, boolean visible) {
        this.work = work;
        this.err = err;
        this.visible = visible;
    }

    /** Shows the share done, 0 to 1; the time left follows from the time taken. */
    void show(double share) {
        show(share, "");
    }

    /** Shows the share done and more; the time left follows from the time taken. */
    void show(double share, String more) {
        double elapsed = (System.nanoTime() - startNanos) * 1e-9;
        show(share, share > 0.01 ? elapsed / share - elapsed : Double.NaN, more);
    }

    /** Shows the share done, 0 to 1, the seconds left, and more. */
    void show(double share, double secondsLeft, String more) {
        long now = System.nanoTime();
        if (!visible || now - drawnNanos < REDRAW_NANOS) {
            return;
        }
        drawnNanos = now;
        err.print(CLEAR + line(work, share, secondsLeft, more));
        err.flush();
    }

    /** The bar as text. */
    static String line(String work, double share, double secondsLeft, String more) {
        int filled = (int) Math.round(Math.clamp(share, 0.0, 1.0) * CELLS);
        String bar = "#".repeat(filled) + "-".repeat(CELLS - filled);
        String left = Double.isFinite(secondsLeft) ? ", " + duration(secondsLeft) + " left" : "";
        return String.format(Locale.ROOT, "%s [%s] %3.0f %%%s%s", work, bar, 100 * share, left,
                more.isEmpty() ? "" : "  " + more);
    }

    /** Hours, minutes and seconds. */
    static String duration(double seconds) {
        long s = Math.max(0, Math.round(seconds));
        return s >= 3600
                ? String.format(Locale.ROOT, "%d:%02d:%02d", s / 3600, s / 60 % 60, s % 60)
                : String.format(Locale.ROOT, "%d:%02d", s / 60, s % 60);
    }

    @Override
    public void close() {
        if (visible) {
            err.print(CLEAR);
            err.flush();
        }
    }
}
