package org.chanterelle.rt;

import com.lmax.disruptor.EventPoller;
import org.chanterelle.rt.engine.HarmonicNoiseConfig;
import org.chanterelle.rt.engine.Output;
import org.chanterelle.signal.Parameters;
import org.chanterelle.signal.RealTime;
import org.chanterelle.signal.Units;

/**
 * A keyboard instrument: so many voices, the one to be ended for a new note chosen among released and quiet ones. Notes begin at their
 * very frame; the worker's controls are needed only when the first ones, held ready, are over.
 */
public final class NotePatch implements Patch, EventPoller.Handler<ControlMessage> {
    /** Most voices that sound at once, and as many that are fading out to make room. */
    public static final int SLOTS = 32;

    private static final double STEAL_SECONDS = 0.006;
    private static final double MILLI = 1e-3;

    /** More than any amplitude: released voices go first. */
    private static final float HELD_WORTH = 1000f;

    private final int id;
    private final Rings.Input input;
    private final Rings.Controls controls;
    private final ParameterValues values;
    private final ChannelValues channels;
    private final Output output;
    private final NoteHeads heads;
    private final NoteVoice[] voices = new NoteVoice[SLOTS];

    /** Whose end the worker does not know yet. */
    private final boolean[] untold = new boolean[SLOTS];

    private final double sampleRateHz;
    private final int latencyFrames;
    private final long seed;
    private int serial;
    private boolean leaving;
    private volatile long played;
    private volatile long missed;

    /**
     * @param id number of its messages
     */
    public NotePatch(int id, HarmonicNoiseConfig engine, NoteHeads heads, Output output, Rings.Input input,
            Rings.Controls controls, ParameterValues values, ChannelValues channels, double sampleRateHz, int maxFrames) {
        this.id = id;
        this.input = input;
        this.controls = controls;
        this.values = values;
        this.channels = channels;
        this.sampleRateHz = sampleRateHz;
        latencyFrames = (int) Math.round(NoteVoice.CROSSING_SECONDS * sampleRateHz);
        seed = engine.seed();
        this.output = output;
        this.heads = heads;
        for (int i = 0; i < SLOTS; i++) {
            voices[i] = new NoteVoice(engine, heads, sampleRateHz, maxFrames);
        }
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
        voices[message.voice].receive(message);
        return true;
    }

    @Override
    @RealTime
    public void noteOn(int channel, int key, int velocity, long frameTime) {
        if (leaving) {
            return;
        }
        releaseKey(channel, key, frameTime);
        makeRoom(frameTime);
        int slot = freeSlot();
        if (slot < 0) {
            return;
        }
        serial++;
        voices[slot].start(serial, channel, key, headVelocity(channel, velocity), seed + serial);
        InputMessage message = input.claim(InputMessage.Kind.NOTE_ON, id, frameTime);
        if (message != null) {
            message.voice = slot;
            message.serial = serial;
            message.channel = channel;
            message.key = key;
            message.velocity = velocity;
            input.publish();
        }
    }

    @Override
    @RealTime
    public void noteOff(int channel, int key, long frameTime) {
        releaseKey(channel, key, frameTime);
    }

    @Override
    @RealTime
    public void allNotesOff(int channel, boolean quick, long frameTime) {
        for (int slot = 0; slot < SLOTS; slot++) {
            NoteVoice voice = voices[slot];
            if (voice.channel == channel && voice.state != NoteVoice.State.FREE) {
                end(slot, quick ? NoteVoice.State.STOLEN : NoteVoice.State.RELEASED, frameTime);
            }
        }
    }

    @Override
    @RealTime
    public void listen(AudioBlock block, long frameTime) {
        tellEnds(frameTime);
        InputMessage message = input.claim(InputMessage.Kind.TICK, id, frameTime);
        if (message != null) {
            message.frames = block.frames;
            input.publish();
        }
    }

    @Override
    @RealTime
    public void render(float[] out, int offset, int frames, long frameTime) {
        for (int i = offset; i < offset + frames; i++) {
            out[i] = 0f;
        }
        for (int slot = 0; slot < SLOTS; slot++) {
            NoteVoice voice = voices[slot];
            if (voice.state != NoteVoice.State.FREE) {
                long before = voice.index();
                voice.render(out, offset, frames, pitchRatio(voice), channels.volume(voice.channel));
                played = played + voice.index() - before;
                missed = missed + voice.takeMissed();
                if (voice.state == NoteVoice.State.FREE) {
                    untold[slot] = !tell(InputMessage.Kind.NOTE_END, slot, frameTime + frames);
                }
            }
        }
        output.setGain((float) Units.dbToGain(values.get(Parameters.GAIN)));
        output.setRoom((float) Units.dbToGain(values.get(Parameters.ROOM)));
        output.process(out, offset, frames);
    }

    @Override
    @RealTime
    public void leave() {
        leaving = true;
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
        int count = 0;
        for (int slot = 0; slot < SLOTS; slot++) {
            count += voices[slot].state == NoteVoice.State.FREE ? 0 : 1;
        }
        return count;
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
        return latencyFrames;
    }

    @Override
    public int maxLatencyFrames() {
        return latencyFrames;
    }

    /** Velocity of the head that begins as the worker will go on. */
    @RealTime
    private float headVelocity(int channel, int velocity) {
        return heads.velocity(
                velocity, values.get(Parameters.VELOCITY), channels.expressionDb(channel) + values.get(Parameters.LOUDNESS));
    }

    /** From a key's pitch at 440 Hz to the one that sounds. */
    @RealTime
    private double pitchRatio(NoteVoice voice) {
        return Tuning.ratio(values, channels, voice.channel, voice.key);
    }

    @RealTime
    private void releaseKey(int channel, int key, long frameTime) {
        for (int slot = 0; slot < SLOTS; slot++) {
            NoteVoice voice = voices[slot];
            if (voice.state == NoteVoice.State.HELD && voice.channel == channel && voice.key == key) {
                end(slot, NoteVoice.State.RELEASED, frameTime);
            }
        }
    }

    /** Ends the least missed voice if as many sound as may. */
    @RealTime
    private void makeRoom(long frameTime) {
        int sounding = 0;
        int least = -1;
        float leastWorth = Float.MAX_VALUE;
        for (int slot = 0; slot < SLOTS; slot++) {
            NoteVoice voice = voices[slot];
            if (voice.state == NoteVoice.State.HELD || voice.state == NoteVoice.State.RELEASED) {
                sounding++;
                float worth = voice.loudness() + (voice.state == NoteVoice.State.HELD ? HELD_WORTH : 0f);
                if (worth < leastWorth) {
                    leastWorth = worth;
                    least = slot;
                }
            }
        }
        if (sounding >= values.get(Parameters.POLYPHONY)) {
            end(least, NoteVoice.State.STOLEN, frameTime);
        }
    }

    @RealTime
    private int freeSlot() {
        for (int slot = 0; slot < SLOTS; slot++) {
            if (voices[slot].state == NoteVoice.State.FREE) {
                return slot;
            }
        }
        return -1;
    }

    @RealTime
    private void end(int slot, NoteVoice.State why, long frameTime) {
        double seconds = why == NoteVoice.State.STOLEN ? STEAL_SECONDS : values.get(Parameters.RELEASE) * MILLI;
        voices[slot].fadeOut(why, (int) (seconds * sampleRateHz));
        tell(InputMessage.Kind.NOTE_OFF, slot, frameTime);
    }

    @RealTime
    private boolean tell(InputMessage.Kind kind, int slot, long frameTime) {
        InputMessage message = input.claim(kind, id, frameTime);
        if (message == null) {
            return false;
        }
        message.voice = slot;
        message.serial = voices[slot].serial;
        input.publish();
        return true;
    }

    /** An end that found the ring full is told again: else the worker would play the note for ever. */
    @RealTime
    private void tellEnds(long frameTime) {
        for (int slot = 0; slot < SLOTS; slot++) {
            untold[slot] = untold[slot] && voices[slot].state == NoteVoice.State.FREE
                    && !tell(InputMessage.Kind.NOTE_END, slot, frameTime);
        }
    }
}
