package org.chanterelle.live;

import org.chanterelle.inference.LiveWorker;
import org.chanterelle.inference.NotePlayer;
import org.chanterelle.inference.VoicePlayer;
import org.chanterelle.inference.sing.SingPlayer;
import org.chanterelle.model.sing.SingConfig;
import org.chanterelle.model.timbre.TimbreConfig;
import org.chanterelle.rt.ChannelValues;
import org.chanterelle.rt.LiveProcess;
import org.chanterelle.rt.NotePatch;
import org.chanterelle.rt.ParameterValues;
import org.chanterelle.rt.Patch;
import org.chanterelle.rt.PlayedFrames;
import org.chanterelle.rt.Rings;
import org.chanterelle.rt.VoicePatch;
import org.chanterelle.rt.WavePatch;
import org.chanterelle.rt.engine.HarmonicNoiseConfig;
import org.chanterelle.rt.engine.Output;
import org.chanterelle.rt.engine.WaveConfig;

/** The callback, the worker, and the rings and values between them; makes a patch and its player whenever sound or device change. */
final class Stage {
    /**
     * Time in which the worker answers a block, beyond which a voice's controls are late: a whole block, because the answer is read with
     * the next, and at least this.
     */
    private static final double ANSWER_SECONDS = 0.003;

    /** What is set. */
    final ParameterValues values = new ParameterValues();

    /** What sounds: the same without steps. */
    private final ParameterValues present = new ParameterValues();

    /** What the MIDI channels' wheels and pedals say, and how the keys are tuned. */
    final ChannelValues channels = new ChannelValues();

    final Rings.Input input = new Rings.Input();
    final LiveProcess process;
    final LiveWorker worker;

    private final long seed;
    private LiveSound sound;
    private int patches;
    private double sampleRateHz;
    private int maxFrames;

    Stage(LiveSound sound, long seed) {
        this.sound = sound;
        this.seed = seed;
        process = new LiveProcess(values, present, channels, this::patchFor);
        worker = new LiveWorker(input, process::isInStep);
        process.setWorker(worker::drain);
    }

    /** What it plays. */
    synchronized LiveSound sound() {
        return sound;
    }

    /** Plays something else from the next block on, or, before the first, from there. */
    synchronized void change(LiveSound newSound) {
        sound = newSound;
        if (sampleRateHz > 0) {
            process.change(patch());
        }
    }

    private synchronized Patch patchFor(double newSampleRateHz, int newMaxFrames) {
        sampleRateHz = newSampleRateHz;
        maxFrames = newMaxFrames;
        return patch();
    }

    private Patch patch() {
        return switch (sound) {
            case TimbreSound timbre -> timbre(timbre);
            case WaveSound wave -> waves(wave);
        };
    }

    private Patch timbre(TimbreSound timbre) {
        TimbreConfig config = timbre.instrument().weights().config();
        HarmonicNoiseConfig engine = new HarmonicNoiseConfig(
                config.harmonics(), config.noiseBands(), config.sampleRateHz(), config.controlRateHz(), seed);
        Output output = new Output(sampleRateHz, timbre.instrument().roomTail(sampleRateHz), timbre.rumbleHz());
        Rings.Controls controls = new Rings.Controls(engine);
        int id = ++patches;
        return switch (timbre.input()) {
            case MIDI -> notes(id, timbre.instrument(), engine, output, controls);
            case VOICE -> voice(id, timbre, engine, output, controls);
        };
    }

    private Patch notes(int id, Instrument instrument, HarmonicNoiseConfig engine, Output output, Rings.Controls controls) {
        worker.add(new NotePlayer(
                id, instrument.network(), instrument.starts(), controls, present, channels, sampleRateHz,
                instrument.attackSeconds(), instrument.expression(), instrument.loudness()));
        return new NotePatch(
                id, engine, instrument.starts().heads(), output, input, controls, present, channels, sampleRateHz, maxFrames);
    }

    private Patch waves(WaveSound wave) {
        SingConfig config = wave.weights().config();
        WaveConfig engine = new WaveConfig(config.sampleRateHz(), config.stride());
        Rings.Controls controls = new Rings.Controls(engine);
        PlayedFrames played = new PlayedFrames(NotePatch.SLOTS);
        int id = ++patches;
        worker.add(new SingPlayer(id, wave.weights(), wave.sound(), controls, played, present, channels));
        return new WavePatch(
                id, engine, wave.range(), wave.bank(), played, new Output(sampleRateHz), input, controls, present, channels,
                sampleRateHz, maxFrames);
    }

    private Patch voice(int id, TimbreSound timbre, HarmonicNoiseConfig engine, Output output, Rings.Controls controls) {
        VoicePlayer player = new VoicePlayer(
                id, timbre.instrument().network(), controls, present, sampleRateHz, timbre.timing(), timbre.calibration());
        worker.add(player);
        int delayFrames = Math.max(maxFrames, (int) Math.ceil(ANSWER_SECONDS * sampleRateHz)) + player.delayFrames();
        VoicePatch patch = new VoicePatch(
                id, engine, output, input, controls, values, sampleRateHz, maxFrames, delayFrames);
        patch.declareLatency(
                player.minLatencyFrames(delayFrames, patch.rampFrames()),
                player.maxLatencyFrames(delayFrames, patch.rampFrames()));
        return patch;
    }
}
