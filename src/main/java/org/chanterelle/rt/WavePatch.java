package org.chanterelle.rt;

import com.lmax.disruptor.EventPoller;
import org.chanterelle.rt.engine.Output;
import org.chanterelle.rt.engine.WaveConfig;
import org.chanterelle.signal.Parameters;
import org.chanterelle.signal.RealTime;
import org.chanterelle.signal.Units;

/**
 * A keyboard instrument of whole notes: from a bank where they are rendered ahead, else made by the worker block by block while they
 * sound. Both begin a constant time after their key, and are the same sound. Bend, tuning and vibrato change the speed.
 */
public final class WavePatch implements Patch, EventPoller.Handler<ControlMessage> {
    private static final int NONE = -1;
    private static final double SEMITONES = 12;

    /** A bank's notes serve while morphing is this near to theirs. */
    private static final float SAME_MORPH = 1e-3f;

    /** In MIDI instruments' usual law a velocity's gain is its square; so many dB are a factor of ten in velocity. */
    private static final double DB_PER_DECADE = 40;

    private final int id;
    private final Rings.Input input;
    private final Rings.Controls controls;
    private final ParameterValues values;
    private final ChannelValues channels;
    private final Output output;
    private final Range range;
    private final NoteBank bank;
    private final PlayedFrames played;
    private final WaveVoices voices;
    private final BowKeys bow = new BowKeys();
    private final double blocksPerFrame;
    private int bowSlot = NONE;
    private int bowSerial;
    private boolean bowLifted;
    private boolean leaving;
    private double playedFrames;
    private double missedFrames;
    private volatile long playedBlocks;
    private volatile long missedBlocks;

    /**
     * What the notes are made for; keys and velocities beyond are bent and scaled.
     *
     * @param lowPitch lowest MIDI note number
     * @param highPitch highest
     * @param lowVelocity softest MIDI velocity
     * @param highVelocity hardest
     */
    public record Range(int lowPitch, int highPitch, float lowVelocity, float highVelocity) {}

    /**
     * @param id number of its messages
     * @param bank notes rendered ahead; null when all are made while they sound, at any velocity
     * @param played where the worker sees how far voices have got
     */
    public WavePatch(int id, WaveConfig engine, Range range, NoteBank bank, PlayedFrames played, Output output, Rings.Input input,
            Rings.Controls controls, ParameterValues values, ChannelValues channels, double sampleRateHz, int maxFrames) {
        this.id = id;
        this.range = range;
        this.bank = bank;
        this.played = played;
        this.output = output;
        this.input = input;
        this.controls = controls;
        this.values = values;
        this.channels = channels;
        blocksPerFrame = engine.modelRateHz() / sampleRateHz / engine.blockFrames();
        voices = new WaveVoices(id, engine, input, values, played, sampleRateHz, maxFrames);
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
            bow.press(channel, key, velocity);
            bowTo(channel, key, velocity, frameTime);
            return;
        }
        releaseKey(channel, key);
        voices.makeRoom();
        start(channel, key, velocity, frameTime);
    }

    @Override
    @RealTime
    public void noteOff(int channel, int key, long frameTime) {
        bow.release(channel, key);
        if (bowSounds() && voices.at(bowSlot).channel == channel && voices.at(bowSlot).key == key) {
            bowLifted = true;
        } else {
            releaseKey(channel, key);
        }
    }

    @Override
    @RealTime
    public void allNotesOff(int channel, boolean quick, long frameTime) {
        bow.releaseAll(channel);
        for (int slot = 0; slot < NotePatch.SLOTS; slot++) {
            WaveVoice voice = voices.at(slot);
            if (voice.channel == channel && voice.state != WaveVoice.State.FREE) {
                voices.end(slot, quick ? WaveVoice.State.STOLEN : WaveVoice.State.RELEASED);
            }
        }
    }

    @Override
    @RealTime
    public void listen(AudioBlock block, long frameTime) {
        voices.tellEnds(frameTime);
    }

    @Override
    @RealTime
    public void render(float[] out, int offset, int frames, long frameTime) {
        settleBow(frameTime);
        for (int i = offset; i < offset + frames; i++) {
            out[i] = 0f;
        }
        for (int slot = 0; slot < NotePatch.SLOTS; slot++) {
            if (voices.at(slot).state != WaveVoice.State.FREE) {
                render(slot, out, offset, frames, frameTime);
            }
        }
        playedBlocks = (long) (playedFrames * blocksPerFrame);
        missedBlocks = (long) Math.ceil(missedFrames * blocksPerFrame);
        output.setGain((float) Units.dbToGain(values.get(Parameters.GAIN)));
        output.setRoom((float) Units.dbToGain(values.get(Parameters.ROOM)));
        output.process(out, offset, frames);
    }

    @RealTime
    private void render(int slot, float[] out, int offset, int frames, long frameTime) {
        WaveVoice voice = voices.at(slot);
        long missedBefore = voice.missedFrames();
        double ratio = Tuning.ratio(values, channels, voice.channel, voice.key)
                * Math.pow(2, (voice.key - voice.pitch) / SEMITONES);
        double vibratoCents = channels.modulation(voice.channel) * values.get(Parameters.VIBRATO_DEPTH);
        float level = channels.volume(voice.channel) * channels.expression(voice.channel);
        voice.render(out, offset, frames, ratio, vibratoCents, values.get(Parameters.VIBRATO_RATE), level);
        playedFrames += frames;
        missedFrames += voice.missedFrames() - missedBefore;
        played.set(slot, voice.serial, voice.taken());
        if (voice.state == WaveVoice.State.FREE) {
            voices.tellEnd(slot, frameTime + frames);
        }
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
        for (int slot = 0; slot < NotePatch.SLOTS; slot++) {
            count += voices.at(slot).state == WaveVoice.State.FREE ? 0 : 1;
        }
        return count;
    }

    @Override
    public long controlFrames() {
        return playedBlocks;
    }

    @Override
    public long missedControls() {
        return missedBlocks;
    }

    @Override
    public int minLatencyFrames() {
        return WaveVoice.START_FRAMES;
    }

    @Override
    public int maxLatencyFrames() {
        return WaveVoice.START_FRAMES;
    }

    @RealTime
    private boolean isOneBow(int channel) {
        return channels.legato(channel) || channels.mono(channel, values.get(Parameters.ONE_BOW) >= 0.5f);
    }

    /** One note at a time: the one before makes room, and each begins anew, as the model has learnt. */
    @RealTime
    private void bowTo(int channel, int key, int velocity, long frameTime) {
        bowLifted = false;
        if (bowSounds()) {
            voices.end(bowSlot, WaveVoice.State.STOLEN);
        }
        releaseKey(channel, key);
        voices.makeRoom();
        bowSlot = start(channel, key, velocity, frameTime);
        bowSerial = bowSlot < 0 ? 0 : voices.at(bowSlot).serial;
    }

    /** Once time goes on, a lifted key gives way to the last one that is still held, or ends its note. */
    @RealTime
    private void settleBow(long frameTime) {
        if (!bowLifted) {
            return;
        }
        bowLifted = false;
        if (bowSounds() && bow.isEmpty()) {
            voices.end(bowSlot, WaveVoice.State.RELEASED);
        } else if (bowSounds()) {
            bowTo(bow.channel(), bow.key(), bow.velocity(), frameTime);
        }
    }

    @RealTime
    private boolean bowSounds() {
        return bowSlot >= 0 && voices.at(bowSlot).serial == bowSerial && voices.at(bowSlot).state == WaveVoice.State.HELD;
    }

    @RealTime
    private int start(int channel, int key, int velocity, long frameTime) {
        double sounding = key + SEMITONES * Math.log(Tuning.ratio(values, channels, channel, key)) / Math.log(2);
        int pitch = (int) Math.max(range.lowPitch, Math.min(range.highPitch, Math.rint(sounding)));
        double asked = (NoteHeads.MIDDLE_VELOCITY + values.get(Parameters.VELOCITY) * (velocity - NoteHeads.MIDDLE_VELOCITY))
                * Math.pow(10, values.get(Parameters.LOUDNESS) / DB_PER_DECADE);
        float known = (float) Math.max(range.lowVelocity, Math.min(range.highVelocity, asked));
        float gain = (float) (asked * asked / (known * known));
        boolean banked = bank != null && Math.abs(values.get(Parameters.MORPH) - bank.morph()) < SAME_MORPH;
        LoopedNote ready = banked ? bank.get(pitch, known) : null;
        float made = bank == null ? known : bank.nearest(known);
        return voices.start(channel, key, pitch, ready, made, gain, frameTime);
    }

    @RealTime
    private void releaseKey(int channel, int key) {
        for (int slot = 0; slot < NotePatch.SLOTS; slot++) {
            WaveVoice voice = voices.at(slot);
            if (voice.state == WaveVoice.State.HELD && voice.channel == channel && voice.key == key) {
                voices.end(slot, WaveVoice.State.RELEASED);
            }
        }
    }
}
