package org.chanterelle.cli;

import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.chanterelle.driver.javasound.JavaSoundMidi;
import org.chanterelle.live.ControlLearner;
import org.chanterelle.live.LiveSession;
import org.chanterelle.live.LiveStats;
import org.chanterelle.live.PresetPlayer;
import org.chanterelle.live.Recorder;
import org.chanterelle.signal.UserError;

/** Looks after a session while it plays: meter, figures, news, program changes; until time, driver or user end it. */
final class LiveWatch {
    private static final long SECOND_NANOS = 1_000_000_000L;
    private static final long POLL_MILLIS = 50;
    private static final long GOODBYE_MILLIS = 4_000;

    private final LiveSession session;
    private final PresetPlayer presets;
    private final JavaSoundMidi keyboards;
    private final Recorder recorder;
    private final StatsFile file;
    private final Meter meter;
    private final ControlLearner learner;
    private final LiveStats figures;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);

    /**
     * @param recorder null for none
     * @param file null for none
     */
    LiveWatch(LiveSession session, PresetPlayer presets, JavaSoundMidi keyboards, Recorder recorder, StatsFile file,
            Meter meter, ControlLearner learner) {
        this.session = session;
        this.presets = presets;
        this.keyboards = keyboards;
        this.recorder = recorder;
        this.file = file;
        this.meter = meter;
        this.learner = learner;
        figures = new LiveStats(session);
    }

    /** Lets Ctrl-C end the watch instead of the program, which ends when {@link #closed} was called. */
    void endOnInterrupt() {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            ended.countDown();
            waitFor(closed, GOODBYE_MILLIS);
        }));
    }

    /** All is closed: the program may end. */
    void closed() {
        closed.countDown();
    }

    /**
     * Watches.
     *
     * @param seconds how long; null for ever
     * @return the figures of the end
     */
    Map<String, Object> watch(Double seconds) {
        long start = System.nanoTime();
        long next = start + SECOND_NANOS;
        double endNanos = seconds == null ? Double.MAX_VALUE : seconds * SECOND_NANOS;
        while (session.driver().isRunning() && System.nanoTime() - start < endNanos && !waitFor(ended, POLL_MILLIS)) {
            look();
            if (System.nanoTime() >= next) {
                next += SECOND_NANOS;
                write(figures.read());
            }
        }
        look();
        meter.close();
        Map<String, Object> end = figures.read();
        write(end);
        return end;
    }

    private void look() {
        session.driver().news().forEach(meter::tell);
        keyboards.news().forEach(meter::tell);
        tell(presets.takeProblem());
        tell(learner.look(System.nanoTime()));
        tell(recorder == null ? null : recorder.problem());
        int program = session.process().takeProgramWish();
        if (program >= 0) {
            presets.change(session, program);
        }
        if (session.worker().failure() != null) {
            throw new UserError(1, "the inference thread failed: " + session.worker().failure() + ". Please report it",
                    session.worker().failure());
        }
        meter.show();
    }

    private void write(Map<String, Object> now) {
        tell(file == null ? null : file.add(now));
    }

    private void tell(String line) {
        if (line != null) {
            meter.tell(line);
        }
    }

    private static boolean waitFor(CountDownLatch latch, long millis) {
        try {
            return latch.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
