package org.chanterelle.cli;

import java.io.PrintWriter;
import java.util.Locale;
import org.chanterelle.live.LiveSession;
import org.chanterelle.rt.LiveProcess;
import org.chanterelle.signal.Units;

/** One line on a terminal: levels in and out, voices, how long callbacks take. On anything else nothing. One thread. */
final class Meter implements AutoCloseable {
    private static final int CELLS = 20;
    private static final double FLOOR_DB = -60;
    private static final String CLEAR = "\r\u001b[K";

    private final LiveSession session;
    private final PrintWriter err;
    private final boolean visible;

    Meter(LiveSession session, PrintWriter err, boolean visible) {
        this.session = session;
        this.err = err;
        this.visible = visible;
    }

    /** Shows the present moment. */
    void show() {
        if (visible) {
            LiveProcess process = session.process();
            err.print(CLEAR + line(
                    process.takeInputPeak(), process.takeOutputPeak(), process.voices(), process.stats().micros(0.99),
                    process.stats().overruns()));
            err.flush();
        }
    }

    /** Says something above the line. */
    void tell(String news) {
        err.println((visible ? CLEAR : "") + news);
        err.flush();
    }

    /** The line as text. */
    static String line(float in, float out, int voices, double p99Micros, long late) {
        return String.format(
                Locale.ROOT, "in [%s] out [%s] voices %2d  callback %.0f us  late %d", bar(in), bar(out), voices, p99Micros,
                late);
    }

    private static String bar(float peak) {
        double db = Math.max(FLOOR_DB, Units.gainToDb(peak));
        int filled = (int) Math.round(CELLS * (1 - Math.min(0, db) / FLOOR_DB));
        return "#".repeat(filled) + "-".repeat(CELLS - filled);
    }

    @Override
    public void close() {
        if (visible) {
            err.print(CLEAR);
            err.flush();
        }
    }
}
