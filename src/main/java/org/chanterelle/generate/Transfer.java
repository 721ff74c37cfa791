package org.chanterelle.generate;

import java.util.List;
import java.util.function.DoubleConsumer;
import org.chanterelle.audiofile.AudioClip;
import org.chanterelle.inference.DecoderWeights;
import org.chanterelle.inference.InputCalibration;
import org.chanterelle.inference.LoudnessKeeper;
import org.chanterelle.inference.VectorTimbreDecoder;
import org.chanterelle.inference.VoiceFrame;
import org.chanterelle.model.ModelCard;
import org.chanterelle.model.ModelFolder;
import org.chanterelle.model.timbre.TimbreConfig;
import org.chanterelle.rt.dsp.GateRamp;
import org.chanterelle.rt.dsp.HighPass;
import org.chanterelle.rt.dsp.Limiter;
import org.chanterelle.rt.engine.HarmonicNoiseConfig;
import org.chanterelle.rt.engine.HarmonicNoiseEngine;
import org.chanterelle.signal.FeatureTrack;
import org.chanterelle.signal.Levels;
import org.chanterelle.signal.SynthControls;
import org.chanterelle.signal.Units;
import org.chanterelle.signal.UserError;

/**
 * Turns a recording into another instrument's sound: features, network, synthesiser, room, level. The same arguments give the same
 * bytes. Latencies are removed: what sounds at a time in the recording sounds at that time in the output.
 */
public final class Transfer {
    private static final int MIN_RATE_HZ = 8_000;
    private static final int MAX_RATE_HZ = 192_000;
    private static final int BLOCK = 4096;
    /** Above this the whole output is turned down: from there on the limiter of live playing would change the sound. */
    private static final double MAX_PEAK_DBFS = Units.gainToDb(Limiter.THRESHOLD);

    /** What lies below this share of the lowest pitch is noise of the rooms that the instrument was recorded in. */
    private static final double RUMBLE_SHARE = 0.7;

    /** Cut-off that takes no more than an offset. */
    private static final double OFFSET_HZ = 10;

    private static final double NANO = 1e-9;

    private final ModelFolder model;
    private final DecoderWeights weights;

    /** For one model. */
    public Transfer(ModelFolder model) {
        this.model = model;
        weights = new DecoderWeights(model);
    }

    /** The instrument. */
    public ModelCard card() {
        return model.card();
    }

    /** As {@link #run(AudioClip, TransferSettings, DoubleConsumer)}, unobserved. */
    public TransferResult run(AudioClip recording, TransferSettings settings) {
        return run(recording, settings, share -> {});
    }

    /**
     * Plays a recording; several channels are mixed. Its level is measured first and given back at the end.
     *
     * @param progress hears the share done, 0 to 1
     * @throws UserError when rate, room or impulse response cannot be used
     */
    public TransferResult run(AudioClip recording, TransferSettings settings, DoubleConsumer progress) {
        return run(recording, settings, null, progress);
    }

    /**
     * Plays a recording as a live session in RECORD timing plays it when it comes in by an input of this calibration: nothing is
     * measured first, and no level is corrected at the end but by the limiter.
     *
     * @param calibration of the input; null to measure the recording
     * @param progress hears the share done, 0 to 1
     * @throws UserError when rate, room or impulse response cannot be used
     */
    public TransferResult run(
            AudioClip recording, TransferSettings settings, InputCalibration calibration, DoubleConsumer progress) {
        int rateHz = settings.rateHz() == 0 ? recording.sampleRateHz() : settings.rateHz();
        if (rateHz < MIN_RATE_HZ || rateHz > MAX_RATE_HZ) {
            throw new UserError(
                    "--rate " + rateHz + ": expected " + MIN_RATE_HZ + " to " + MAX_RATE_HZ
                            + " Hz. Give --rate 48000, for instance.");
        }
        Room room = Room.of(model, settings.reverb(), rateHz);
        long start = System.nanoTime();
        Performance performance = Performance.of(recording, model.card(), calibration, settings);
        progress.accept(0.5);
        long analysed = System.nanoTime();
        int frames = (int) Math.round((double) recording.frames() * rateHz / recording.sampleRateHz());
        Player player = new Player(frames + room.tailFrames(), rateHz, settings, progress);
        player.play(performance);
        long played = System.nanoTime();
        float[] audio = room.play(player.audio);
        Finish finish = calibration == null ? finish(audio, rateHz, performance, settings) : asLive(audio, rateHz);
        progress.accept(1.0);
        double network = player.networkNanos * NANO;
        return new TransferResult(
                AudioClip.mono(audio, rateHz),
                performance.input(),
                performance.asked(model.card().normalisation()),
                performance.calibration().shiftDb(model.card().normalisation()),
                finish.makeUpDb,
                finish.headroomDb,
                performance.calibration().withOutputDb(
                        performance.calibration().outputDb() + finish.makeUpDb + finish.headroomDb),
                finish.rumbleHz,
                PitchFit.of(performance.played(), model.card().pitchRange()),
                new TransferResult.Timing(
                        (analysed - start) * NANO,
                        network,
                        (played - analysed) * NANO - network,
                        (System.nanoTime() - played) * NANO));
    }

    /** Corrections of the whole output. */
    private record Finish(double makeUpDb, double headroomDb, double rumbleHz) {}

    private Finish finish(float[] audio, int rateHz, Performance performance, TransferSettings settings) {
        FeatureTrack asked = performance.asked(model.card().normalisation());
        double makeUpDb = settings.matchLevel() ? LevelMatch.gainDb(audio, rateHz, asked) : 0;
        Levels.amplify(audio, makeUpDb);
        double rumbleHz = settings.gate() ? RUMBLE_SHARE * lowestHz(performance) : OFFSET_HZ;
        takeRumble(audio, rateHz, rumbleHz);
        double headroomDb = Math.min(0, MAX_PEAK_DBFS - Levels.peakDbfs(audio));
        Levels.amplify(audio, headroomDb);
        return new Finish(makeUpDb, headroomDb, rumbleHz);
    }

    private Finish asLive(float[] audio, int rateHz) {
        double rumbleHz = RUMBLE_SHARE * model.card().pitchRange().lowHz();
        takeRumble(audio, rateHz, rumbleHz);
        new Limiter(rateHz).process(audio, 0, audio.length);
        return new Finish(0, 0, rumbleHz);
    }

    /** Decoder and synthesiser at work, offline. */
    private final class Player {
        /** Null for an instrument that is played back as it is. */
        private final LoudnessKeeper keeper;

        private final VectorTimbreDecoder decoder = new VectorTimbreDecoder(weights);
        private final HarmonicNoiseEngine engine;
        private final GateRamp gate;
        private final int rateHz;
        private final int latencyFrames;
        private final DoubleConsumer progress;
        private final float[] block;
        private final float[] audio;
        private long rendered;
        private long networkNanos;

        Player(int frames, int rateHz, TransferSettings settings, DoubleConsumer progress) {
            TimbreConfig config = weights.config();
            keeper = settings.gate() ? new LoudnessKeeper(config.controlRateHz(), config.sampleRateHz()) : null;
            this.progress = progress;
            this.rateHz = rateHz;
            gate = new GateRamp(GateRamp.SECONDS, rateHz);
            engine = new HarmonicNoiseEngine(new HarmonicNoiseConfig(
                    config.harmonics(), config.noiseBands(), config.sampleRateHz(), config.controlRateHz(),
                    settings.seed()));
            engine.prepare(rateHz, BLOCK);
            latencyFrames = engine.latencyFrames();
            block = new float[(int) Math.ceil(rateHz / config.controlRateHz()) + 1];
            audio = new float[frames];
        }

        void play(Performance performance) {
            SynthControls controls = decoder.newControls();
            List<VoiceFrame> frames = performance.frames();
            for (int i = 0; rendered < audio.length + latencyFrames; i++) {
                if (i < frames.size()) {
                    VoiceFrame frame = frames.get(i);
                    long start = System.nanoTime();
                    if (keeper == null) {
                        decoder.step(frame.features, controls);
                    } else {
                        decoder.step(keeper.ask(frame), controls);
                        keeper.keep(controls);
                    }
                    networkNanos += System.nanoTime() - start;
                    frame.apply(controls);
                    schedule(false, frame.gateCloseSeconds);
                    schedule(true, frame.gateOpenSeconds);
                } else {
                    controls.mute();
                }
                engine.push(controls);
                render();
                if ((i & 0xff) == 0) {
                    progress.accept(0.5 + 0.4 * Math.min(1.0, (double) rendered / audio.length));
                }
            }
        }

        private void schedule(boolean opening, double seconds) {
            if (!Double.isNaN(seconds)) {
                gate.schedule(opening, (int) (Math.round(seconds * rateHz) + latencyFrames - rendered));
            }
        }

        private void render() {
            int count = engine.framesToNextControl();
            engine.render(block, 0, count);
            gate.process(block, 0, count);
            int skip = Math.clamp(latencyFrames - rendered, 0, count);
            int to = (int) (rendered + skip - latencyFrames);
            int kept = Math.min(count - skip, audio.length - to);
            if (kept > 0) {
                System.arraycopy(block, skip, audio, to, kept);
            }
            rendered += count;
        }
    }

    /** The lowest pitch to be heard: the instrument's, or a lower one that it is made to play. */
    private double lowestHz(Performance performance) {
        double lowest = model.card().pitchRange().lowHz();
        for (VoiceFrame frame : performance.frames()) {
            lowest = frame.gain > 0 ? Math.min(lowest, frame.soundingHz) : lowest;
        }
        return lowest;
    }

    private static void takeRumble(float[] audio, int rateHz, double cutoffHz) {
        HighPass first = new HighPass(cutoffHz, rateHz);
        HighPass second = new HighPass(cutoffHz, rateHz);
        for (int from = 0; from < audio.length; from += BLOCK) {
            int count = Math.min(BLOCK, audio.length - from);
            first.process(audio, from, count);
            second.process(audio, from, count);
        }
    }
}
