package org.chanterelle.live;

import java.util.concurrent.TimeUnit;
import org.chanterelle.driver.Driver;
import org.chanterelle.inference.LiveWorker;
import org.chanterelle.inference.NotePlayer;
import org.chanterelle.model.timbre.TimbreConfig;
import org.chanterelle.rt.ChannelValues;
import org.chanterelle.rt.LiveProcess;
import org.chanterelle.rt.NotePatch;
import org.chanterelle.rt.ParameterValues;
import org.chanterelle.rt.Patch;
import org.chanterelle.rt.Rings;
import org.chanterelle.rt.engine.HarmonicNoiseConfig;
import org.chanterelle.rt.engine.Output;

/**
 * A performance: the callback, the worker behind it and the instrument that sounds, on any driver. Instruments change while it plays; the
 * old one sounds until the new one is ready.
 */
public final class LiveSession implements AutoCloseable {
    private static final int WORKER_END_SECONDS = 5;

    private final ParameterValues values = new ParameterValues();
    private final ChannelValues channels = new ChannelValues();
    private final Rings.Input input = new Rings.Input();
    private final LiveProcess process = new LiveProcess(channels, this::patchFor);
    private final LiveWorker worker = new LiveWorker(input, process::isInStep);
    private final Driver driver;
    private final long seed;
    private Instrument instrument;
    private Thread thread;
    private int patches;
    private double sampleRateHz;
    private int maxFrames;

    /**
     * A session that has not begun.
     *
     * @param instrument what sounds first
     * @param seed of noise and phases: the same seed and the same notes make the same sound
     */
    public LiveSession(Driver driver, Instrument instrument, long seed) {
        this.driver = driver;
        this.instrument = instrument;
        this.seed = seed;
        process.setWorker(worker::drain);
    }

    /** Begins to play. */
    public void start() {
        // Until the first block it is not known whether blocks come in step.
        thread = new Thread(worker, "chanterelle-worker");
        thread.setDaemon(true);
        thread.setPriority(Thread.MAX_PRIORITY);
        thread.start();
        driver.start(process);
    }

    /** Plays another instrument from now on. */
    public synchronized void change(Instrument newInstrument) {
        instrument = newInstrument;
        if (sampleRateHz > 0) {
            process.change(patch());
            driver.latencyChanged();
        }
    }

    /** What can be turned. */
    public ParameterValues values() {
        return values;
    }

    /** The callback: its figures and meters. */
    public LiveProcess process() {
        return process;
    }

    /** The worker: its figures. */
    public LiveWorker worker() {
        return worker;
    }

    /** The driver. */
    public Driver driver() {
        return driver;
    }

    @Override
    public void close() {
        driver.close();
        worker.stop();
        try {
            if (thread != null) {
                thread.join(TimeUnit.SECONDS.toMillis(WORKER_END_SECONDS));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized Patch patchFor(double newSampleRateHz, int newMaxFrames) {
        sampleRateHz = newSampleRateHz;
        maxFrames = newMaxFrames;
        return patch();
    }

    private Patch patch() {
        TimbreConfig config = instrument.weights().config();
        HarmonicNoiseConfig engine = new HarmonicNoiseConfig(
                config.harmonics(), config.noiseBands(), config.sampleRateHz(), config.controlRateHz(), seed);
        Output output = new Output(sampleRateHz, instrument.roomTail(sampleRateHz));
        Rings.Controls controls = new Rings.Controls(engine);
        int id = ++patches;
        int onsetFrames = (int) Math.round(instrument.starts().onsetSeconds() * sampleRateHz);
        worker.add(new NotePlayer(
                id, instrument.weights(), instrument.starts(), controls, values, channels, sampleRateHz,
                instrument.attackSeconds()));
        return new NotePatch(
                id, engine, instrument.starts().heads(), output, input, controls, values, channels, sampleRateHz, maxFrames,
                onsetFrames);
    }
}
