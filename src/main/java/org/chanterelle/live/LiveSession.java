package org.chanterelle.live;

import java.util.concurrent.TimeUnit;
import org.chanterelle.driver.Driver;
import org.chanterelle.inference.LiveWorker;
import org.chanterelle.rt.LiveProcess;
import org.chanterelle.rt.ParameterValues;
import org.chanterelle.signal.KeyScale;

/**
 * A performance: the callback, the worker behind it and the instrument that sounds, on any driver. Instruments change while it plays; the
 * old one sounds until the new one is ready.
 */
public final class LiveSession implements AutoCloseable {
    private static final int WORKER_END_SECONDS = 5;

    private final Driver driver;
    private final Stage stage;
    private final long seed;
    private final Thread thread;

    /**
     * A session that has not begun.
     *
     * @param sound what sounds first
     * @param seed of noise and phases: the same seed and the same notes make the same sound
     */
    public LiveSession(Driver driver, LiveSound sound, long seed) {
        this.driver = driver;
        this.seed = seed;
        stage = new Stage(sound, seed);
        thread = new Thread(
                () -> {
                    driver.hurryCaller();
                    stage.worker.run();
                },
                "chanterelle-worker");
        thread.setDaemon(true);
        thread.setPriority(Thread.MAX_PRIORITY);
    }

    /**
     * Plays unheard until all code is compiled, some two seconds: before {@link #start} where blocks come by the clock.
     */
    public void rehearse() {
        Rehearsal.play(new Stage(stage.sound(), seed).process);
    }

    /**
     * Begins to play.
     *
     * @throws org.chanterelle.signal.UserError when the device cannot be had
     */
    public void start() {
        driver.start(stage.process);
        thread.start();
    }

    /** Plays something else from now on; returns at once. */
    public void change(LiveSound sound) {
        stage.change(sound);
        driver.latencyChanged();
    }

    /** What it plays. */
    public LiveSound sound() {
        return stage.sound();
    }

    /** What can be turned. */
    public ParameterValues values() {
        return stage.values;
    }

    /** Tunes the keys from now on, sounding notes too. */
    public void setScale(KeyScale scale) {
        stage.channels.setScale(scale);
    }

    /** The callback: its figures and meters. */
    public LiveProcess process() {
        return stage.process;
    }

    /** The worker: its figures. */
    public LiveWorker worker() {
        return stage.worker;
    }

    /** The driver. */
    public Driver driver() {
        return driver;
    }

    /** Messages between the threads for which there was no room. */
    public long droppedMessages() {
        return stage.input.dropped();
    }

    @Override
    public void close() {
        driver.close();
        stage.worker.stop();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(WORKER_END_SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
