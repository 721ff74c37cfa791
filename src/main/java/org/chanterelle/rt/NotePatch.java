package org.chanterelle.rt;

import com.lmax.disruptor.EventPoller;
import org.chanterelle.rt.engine.HarmonicNoiseConfig;
import org.chanterelle.rt.engine.Output;
import org.chanterelle.signal.Parameters;
import org.chanterelle.signal.RealTime;
import org.chanterelle.signal.Units;

/**
 * A keyboard instrument: so many voices, the one to be ended for a new note chosen among released and quiet ones, or one bow, which
 * plays the last key of those that are held. Notes begin at their very frame; the worker's controls take over from the first ones, held
 * ready, as soon as they come.
 */
public final class NotePatch implements Patch, EventPoller.Handler<ControlMessage> {
    /** Most voices that sound at once, and as many that are fading out to make room. */
    public static final int SLOTS = 32;

    private static final int NONE = -1;

    private final int id;
    private final Rings.Input input;
    private final Rings.Controls controls;
    private final ParameterValues values;
    private final ChannelValues channels;
    private final Output output;
    private final NoteHeads heads;
    private final NoteVoices voices;
    private final BowKeys bow = new BowKeys();
    private final int latencyFrames;

    /** Voice of the bow, and its note; a voice that has another serial by now is no longer the bow's. */
    private int bowSlot = NONE;

    private int bowSerial;

    /** Its key was lifted in this frame: what is held when the frame is over decides what it plays. */
    private boolean bowLifted;

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
        latencyFrames = (int) Math.round(NoteVoice.CROSSING_SECONDS * sampleRateHz);
        this.output = output;
        this.heads = heads;
        voices = new NoteVoices(id, engine, heads, input, values, sampleRateHz, maxFrames);
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
        voices.at(message.voice).receive(message);
        return true;
    }

    @Override
    @RealTime
    public void noteOn(int channel, int key, int velocity, long frameTime) {
        if (leaving) {
            return;
        }
        if (isOneBow(channel)) {
            bowOn(channel, key, velocity, frameTime);
            return;
        }
        releaseKey(channel, key, frameTime);
        int players = voices.playersOfNext();
        for (int player = 0; player < players; player++) {
            voices.makeRoom(frameTime);
            start(channel, key, velocity, player, frameTime);
        }
    }

    @Override
    @RealTime
    public void noteOff(int channel, int key, long frameTime) {
        bow.release(channel, key);
        if (bowSounds() && voices.at(bowSlot).channel == channel && voices.at(bowSlot).key == key) {
            bowLifted = true;
        } else {
            releaseKey(channel, key, frameTime);
        }
    }

    @Override
    @RealTime
    public void allNotesOff(int channel, boolean quick, long frameTime) {
        bow.releaseAll(channel);
        for (int slot = 0; slot < SLOTS; slot++) {
            NoteVoice voice = voices.at(slot);
            if (voice.channel == channel && voice.state != NoteVoice.State.FREE) {
                voices.end(slot, quick ? NoteVoice.State.STOLEN : NoteVoice.State.RELEASED, frameTime);
            }
        }
    }

    @Override
    @RealTime
    public void listen(AudioBlock block, long frameTime) {
        voices.tellEnds(frameTime);
        InputMessage message = input.claim(InputMessage.Kind.TICK, id, frameTime);
        if (message != null) {
            message.frames = block.frames;
            input.publish();
        }
    }

    @Override
    @RealTime
    public void render(float[] out, int offset, int frames, long frameTime) {
        settleBow(frameTime);
        for (int i = offset; i < offset + frames; i++) {
            out[i] = 0f;
        }
        for (int slot = 0; slot < SLOTS; slot++) {
            NoteVoice voice = voices.at(slot);
            if (voice.state != NoteVoice.State.FREE) {
                long before = voice.index();
                voice.render(out, offset, frames, pitchRatio(voice), channels.volume(voice.channel));
                played = played + voice.index() - before;
                missed = missed + voice.takeMissed();
                if (voice.state == NoteVoice.State.FREE) {
                    voices.tellEnd(slot, frameTime + frames);
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
            count += voices.at(slot).state == NoteVoice.State.FREE ? 0 : 1;
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

    /** Whether a channel plays one note at a time: as the preset has it unless mode messages say otherwise, or by the legato switch. */
    @RealTime
    private boolean isOneBow(int channel) {
        return channels.legato(channel) || channels.mono(channel, values.get(Parameters.ONE_BOW) >= 0.5f);
    }

    /** A bow that sounds goes on to the new note; one that was lifted, even in this frame, is set on anew. */
    @RealTime
    private void bowOn(int channel, int key, int velocity, long frameTime) {
        settleBow(frameTime);
        bow.press(channel, key, velocity);
        if (bowSounds() && voices.at(bowSlot).index() > 0) {
            voices.slur(bowSlot, channel, key, velocity, frameTime);
            return;
        }
        if (bowSounds()) {
            voices.end(bowSlot, NoteVoice.State.STOLEN, frameTime);
        }
        releaseKey(channel, key, frameTime);
        voices.changeBow();
        voices.makeRoom(frameTime);
        bowSlot = start(channel, key, velocity, 0, frameTime);
        bowSerial = bowSlot < 0 ? 0 : voices.at(bowSlot).serial;
    }

    /** Once time goes on, a lifted bow returns to the last key that is still held, or ends its note. */
    @RealTime
    private void settleBow(long frameTime) {
        if (!bowLifted) {
            return;
        }
        bowLifted = false;
        if (!bowSounds()) {
            return;
        }
        if (bow.isEmpty()) {
            voices.end(bowSlot, NoteVoice.State.RELEASED, frameTime);
        } else {
            voices.slur(bowSlot, bow.channel(), bow.key(), bow.velocity(), frameTime);
        }
    }

    @RealTime
    private boolean bowSounds() {
        return bowSlot >= 0 && voices.at(bowSlot).serial == bowSerial && voices.at(bowSlot).state == NoteVoice.State.HELD;
    }

    @RealTime
    private int start(int channel, int key, int velocity, int player, long frameTime) {
        return voices.start(
                channel, key, velocity, headVelocity(channel, key, velocity), player, channels.portamentoKey(channel), frameTime);
    }

    /** Velocity of the head that begins as the worker will go on. */
    @RealTime
    private float headVelocity(int channel, int key, int velocity) {
        return heads.velocity(
                velocity, values.get(Parameters.VELOCITY),
                heads.pressureDb(channels, channel, key) + values.get(Parameters.LOUDNESS));
    }

    /** From a key's pitch at 440 Hz to the one that sounds. */
    @RealTime
    private double pitchRatio(NoteVoice voice) {
        return Tuning.ratio(values, channels, voice.channel, voice.key);
    }

    @RealTime
    private void releaseKey(int channel, int key, long frameTime) {
        for (int slot = 0; slot < SLOTS; slot++) {
            NoteVoice voice = voices.at(slot);
            if (voice.state == NoteVoice.State.HELD && voice.channel == channel && voice.key == key) {
                voices.end(slot, NoteVoice.State.RELEASED, frameTime);
            }
        }
    }
}
