package org.chanterelle.inference;

import org.chanterelle.analysis.Timing;
import org.chanterelle.rt.ControlMessage;
import org.chanterelle.rt.InputMessage;
import org.chanterelle.rt.ParameterValues;
import org.chanterelle.rt.Rings;
import org.chanterelle.signal.AudioFeatures;
import org.chanterelle.signal.SynthControls;

/**
 * Plays a timbre model as a voice does: microphone to features to controls, one control frame after the other; and tells the melody as MIDI.
 */
public final class VoicePlayer implements PatchPlayer {
    /** Until an opening gate is heard (-40 dB). */
    private static final double GATE_SECONDS = 0.0005;

    /** From the onset of bursts of 1,200 to 2,300 Hz, -40 dB, to that of the answer, without the patch's delay: measured, the least. */
    private static final double HIGHEST_SECONDS = 0.0066;

    /** The same for bursts of 55 to 60 Hz, the most. */
    private static final double LOWEST_SECONDS = 0.0557;

    private final int id;
    private final Rings.Controls controls;
    private final ParameterValues values;
    private final double sampleRateHz;
    private final VoiceTracker tracker;
    private final StepDecoder decoder;
    private final AudioFeatures[] features = new AudioFeatures[1];
    private final SynthControls[] made = new SynthControls[1];
    private final int[] voice = new int[1];
    private final VoiceTracker.Sink sink = this::play;
    private final LoudnessKeeper keeper;
    private final float[] silence = new float[InputMessage.MAX_FRAMES];
    private final boolean record;
    private final MelodyOut melody;
    private long heard;

    /**
     * @param network what makes the controls
     * @param timing RECORD: all at one constant delay; LIVE: each pitch as soon as it is known
     * @param calibration what is known about the microphone
     */
    public VoicePlayer(int id, LiveNetwork network, Rings.Controls controls, ParameterValues values, double sampleRateHz,
            Timing timing, InputCalibration calibration) {
        this.id = id;
        this.controls = controls;
        this.values = values;
        this.sampleRateHz = sampleRateHz;
        record = timing == Timing.RECORD;
        tracker = new VoiceTracker(sampleRateHz, network.config().controlRateHz(), timing, network.normalisation());
        tracker.calibrate(calibration);
        decoder = network.decoder(1);
        made[0] = decoder.newControls();
        keeper = new LoudnessKeeper(network.config().controlRateHz(), network.config().sampleRateHz());
        melody = new MelodyOut(network.normalisation(), network.config().controlRateHz(), 0);
    }

    @Override
    public int id() {
        return id;
    }

    /** Frames from the instant that a control frame describes until it is told: RECORD; none in LIVE timing. */
    public int delayFrames() {
        return record ? (int) Math.ceil(tracker.latencySeconds() * sampleRateHz) : 0;
    }

    /**
     * Frames from a sound's beginning to its answer's, for a patch that begins a control frame's ramp {@code delayFrames} after the
     * instant it describes. LIVE: of the highest voices.
     *
     * @param rampFrames length of that ramp
     */
    public int minLatencyFrames(int delayFrames, int rampFrames) {
        return delayFrames + (record ? rampFrames + frames(GATE_SECONDS) : frames(HIGHEST_SECONDS));
    }

    /** The same for the lowest voices; in RECORD timing there is no difference. */
    public int maxLatencyFrames(int delayFrames, int rampFrames) {
        return record ? minLatencyFrames(delayFrames, rampFrames) : delayFrames + frames(LOWEST_SECONDS);
    }

    private int frames(double seconds) {
        return (int) Math.round(seconds * sampleRateHz);
    }

    @Override
    public void accept(InputMessage message) {
        if (message.kind != InputMessage.Kind.AUDIO) {
            return;
        }
        tracker.settings().read(values);
        // What was lost on the way here is silence, so that the frames after it keep their time.
        while (heard < message.frameTime) {
            int lost = (int) Math.min(silence.length, message.frameTime - heard);
            tracker.process(silence, 0, lost, sink);
            heard += lost;
        }
        tracker.process(message.audio, 0, message.frames, sink);
        heard += message.frames;
    }

    private void play(VoiceFrame frame) {
        features[0] = keeper.ask(frame);
        decoder.step(1, voice, features, made);
        SynthControls slot = made[0];
        keeper.keep(slot);
        frame.apply(slot);
        ControlMessage message = controls.claim(0, 0, frame.index);
        if (message != null) {
            message.controls.set(slot);
            message.openFrame = frameOf(frame.gateOpenSeconds);
            message.closeFrame = frameOf(frame.gateCloseSeconds);
            melody.play(frame, 0, message.midi);
            controls.publish();
        }
    }

    private long frameOf(double seconds) {
        return Double.isNaN(seconds) ? ControlMessage.NEVER : Math.round(seconds * sampleRateHz);
    }
}
