package org.chanterelle.rt;

import com.lmax.disruptor.EventPoller;
import java.util.Arrays;
import org.chanterelle.rt.dsp.GateRamp;
import org.chanterelle.rt.dsp.SmoothedValue;
import org.chanterelle.rt.engine.HarmonicNoiseConfig;
import org.chanterelle.rt.engine.HarmonicNoiseEngine;
import org.chanterelle.rt.engine.Output;
import org.chanterelle.signal.Parameters;
import org.chanterelle.signal.RealTime;
import org.chanterelle.signal.SynthControls;
import org.chanterelle.signal.Units;

/**
 * A voice as an instrument: one engine that follows what the worker hears in the microphone. Control frame {@code i} of the stream is
 * rendered at a constant delay after the instant it describes, so that the latency is the same for every note.
 */
public final class VoicePatch implements Patch, EventPoller.Handler<ControlMessage> {
    private static final int QUEUE = 256;
    private static final int PIECE = 256;
    private static final double HOLD_SECONDS = 0.2;
    private static final double DRY_SECONDS = 0.02;

    private final int id;
    private final Rings.Input input;
    private final Rings.Controls controls;
    private final ParameterValues values;
    private final Output output;
    private final HarmonicNoiseEngine engine;
    private final SynthControls[] queue = new SynthControls[QUEUE];
    private final long[] queued = new long[QUEUE];
    private final MidiBuffer[] queuedMidi = new MidiBuffer[QUEUE];
    private final long[] openFrames = new long[QUEUE];
    private final long[] closeFrames = new long[QUEUE];
    private final GateRamp gate;
    private final SmoothedValue dryShare;
    private final SynthControls next;
    private final int delayFrames;
    private final int holdFrames;
    private volatile int minLatency;
    private volatile int maxLatency;
    private final float[] dry;
    private MidiBuffer midiOut = new MidiBuffer(0);
    private long streamStart = Long.MIN_VALUE;
    private long index;
    private long rendered;
    private int held;
    private boolean begun;
    private volatile long played;
    private volatile long missed;

    /**
     * @param delayFrames frames from the instant that a control frame describes to the one in which its ramp begins
     */
    public VoicePatch(int id, HarmonicNoiseConfig config, Output output, Rings.Input input, Rings.Controls controls,
            ParameterValues values, double sampleRateHz, int maxFrames, int delayFrames) {
        this.id = id;
        this.input = input;
        this.controls = controls;
        this.values = values;
        this.output = output;
        this.delayFrames = delayFrames;
        dry = new float[maxFrames];
        gate = new GateRamp(GateRamp.SECONDS, sampleRateHz);
        dryShare = new SmoothedValue(DRY_SECONDS, sampleRateHz, 0f);
        engine = new HarmonicNoiseEngine(config);
        engine.prepare(sampleRateHz, maxFrames);
        for (int i = 0; i < QUEUE; i++) {
            queue[i] = new SynthControls(config.harmonics(), config.noiseBands());
            queuedMidi[i] = new MidiBuffer(ControlMessage.MIDI_CAPACITY);
        }
        Arrays.fill(queued, -1);
        next = new SynthControls(config.harmonics(), config.noiseBands());
        holdFrames = (int) Math.round(HOLD_SECONDS * config.controlRateHz());
    }

    /** Frames from the beginning of a control frame's ramp to its end. */
    public int rampFrames() {
        return engine.latencyFrames();
    }

    /** Frames from the instant that a control frame describes to the one in which it has its full effect: a constant. */
    public int alignmentFrames() {
        return delayFrames + engine.latencyFrames();
    }

    /** Says how long an input takes to its sound, in frames; before it is played. */
    public void declareLatency(int minFrames, int maxFrames) {
        minLatency = minFrames;
        maxLatency = maxFrames;
    }

    @Override
    public int id() {
        return id;
    }

    @Override
    @RealTime
    public void receive() {
        controls.drainTo(this);
    }

    @Override
    @RealTime
    public boolean onEvent(ControlMessage message, long sequence, boolean endOfBatch) {
        if (message.index >= index && message.index < index + QUEUE) {
            int slot = (int) (message.index % QUEUE);
            queue[slot].set(message.controls);
            queued[slot] = message.index;
            queuedMidi[slot].clear();
            queuedMidi[slot].addAll(message.midi, 0);
            openFrames[slot] = message.openFrame;
            closeFrames[slot] = message.closeFrame;
        }
        return true;
    }

    @Override
    @RealTime
    public void noteOn(int channel, int key, int velocity, long frameTime) {}

    @Override
    @RealTime
    public void noteOff(int channel, int key, long frameTime) {}

    @Override
    @RealTime
    public void allNotesOff(int channel, boolean quick, long frameTime) {}

    @Override
    @RealTime
    public void listen(AudioBlock block, long frameTime) {
        if (streamStart == Long.MIN_VALUE) {
            streamStart = frameTime;
        }
        midiOut = block.midiOut;
        System.arraycopy(block.in, 0, dry, 0, block.frames);
        for (int done = 0; done < block.frames; done += InputMessage.MAX_FRAMES) {
            InputMessage message = input.claim(InputMessage.Kind.AUDIO, id, frameTime - streamStart + done);
            if (message != null) {
                message.frames = Math.min(InputMessage.MAX_FRAMES, block.frames - done);
                System.arraycopy(block.in, done, message.audio, 0, message.frames);
                input.publish();
            }
        }
    }

    @Override
    @RealTime
    public void render(float[] out, int offset, int frames, long frameTime) {
        int done = 0;
        long due = streamStart + delayFrames;
        if (frameTime < due) {
            done = (int) Math.min(frames, due - frameTime);
            Arrays.fill(out, offset, offset + done, 0f);
        }
        while (done < frames) {
            if (engine.framesToNextControl() == 0) {
                feed(offset + done);
            }
            int count = Math.min(frames - done, engine.framesToNextControl());
            engine.render(out, offset + done, count);
            gate.process(out, offset + done, count);
            rendered += count;
            done += count;
        }
        output.setGain((float) Units.dbToGain(values.get(Parameters.GAIN)));
        output.setRoom((float) Units.dbToGain(values.get(Parameters.ROOM)));
        output.process(out, offset, frames);
        addDry(out, offset, frames);
    }

    @RealTime
    private void addDry(float[] out, int offset, int frames) {
        dryShare.moveTo(values.get(Parameters.DRY));
        if (dryShare.target() == 0f && !dryShare.isMoving()) {
            return;
        }
        for (int i = offset; i < offset + frames; i++) {
            out[i] += dryShare.next() * (dry[i] - out[i]);
        }
    }

    @RealTime
    private void feed(int frame) {
        int slot = (int) (index % QUEUE);
        if (queued[slot] == index) {
            next.set(queue[slot]);
            held = 0;
            begun = true;
            midiOut.addAll(queuedMidi[slot], frame);
            schedule(false, closeFrames[slot]);
            schedule(true, openFrames[slot]);
        } else if (begun) {
            missed = missed + 1;
            if (++held > holdFrames) {
                next.mute();
            }
        }
        index++;
        played = played + 1;
        engine.push(next);
    }

    @RealTime
    private void schedule(boolean opening, long streamFrame) {
        if (streamFrame != ControlMessage.NEVER) {
            gate.schedule(opening, (int) (streamFrame + engine.latencyFrames() - rendered));
        }
    }

    @Override
    @RealTime
    public void leave() {
        output.leave();
    }

    @Override
    @RealTime
    public boolean isGone() {
        return output.isGone();
    }

    @Override
    @RealTime
    public int voices() {
        return next.amplitude > 0f ? 1 : 0;
    }

    @Override
    public long controlFrames() {
        return played;
    }

    @Override
    public long missedControls() {
        return missed;
    }

    @Override
    public int minLatencyFrames() {
        return minLatency;
    }

    @Override
    public int maxLatencyFrames() {
        return maxLatency;
    }
}
