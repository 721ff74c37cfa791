package org.chanterelle.rt;

import org.chanterelle.rt.engine.HarmonicNoiseConfig;
import org.chanterelle.signal.Parameters;
import org.chanterelle.signal.RealTime;

/**
 * The voices of a keyboard instrument: which are free, which must make room, and what the worker is told of them. Of many players of
 * one note some leave before another note does.
 */
final class NoteVoices {
    private static final double STEAL_SECONDS = 0.006;

    /** In which a released note leaves the string to the next bow. */
    private static final double BOW_CHANGE_SECONDS = 0.03;

    /** Between the first player of a note and the last. */
    private static final double ENSEMBLE_SECONDS = 0.025;

    private static final double MILLI = 1e-3;

    /** More than any amplitude: released voices go first, then those whose note another player has too. */
    private static final float HELD_WORTH = 1000f;

    private static final float ALONE_WORTH = 500f;

    private final int id;
    private final Rings.Input input;
    private final ParameterValues values;
    private final NoteVoice[] voices = new NoteVoice[NotePatch.SLOTS];

    /** Whose end the worker does not know yet. */
    private final boolean[] untold = new boolean[NotePatch.SLOTS];

    private final double sampleRateHz;
    private final long seed;
    private int serial;

    NoteVoices(int id, HarmonicNoiseConfig engine, NoteHeads heads, Rings.Input input, ParameterValues values,
            double sampleRateHz, int maxFrames) {
        this.id = id;
        this.input = input;
        this.values = values;
        this.sampleRateHz = sampleRateHz;
        seed = engine.seed();
        for (int i = 0; i < voices.length; i++) {
            voices[i] = new NoteVoice(engine, heads, sampleRateHz, maxFrames);
        }
    }

    @RealTime
    NoteVoice at(int slot) {
        return voices[slot];
    }

    /** Begins a note, and tells; -1 when no voice is free. */
    @RealTime
    int start(int channel, int key, int velocity, float headVelocity, int player, int glideKey, long frameTime) {
        int slot = free();
        if (slot < 0) {
            return -1;
        }
        serial++;
        long noteSeed = (seed + serial) * 0x9E3779B97F4A7C15L;
        double lateSeconds = player == 0 ? 0 : ENSEMBLE_SECONDS * (0.2 + 0.8 * (noteSeed >>> 40) * 0x1p-24);
        int delayFrames = (int) (lateSeconds * sampleRateHz);
        voices[slot].start(serial, channel, key, headVelocity, noteSeed, delayFrames);
        InputMessage message = input.claim(InputMessage.Kind.NOTE_ON, id, frameTime);
        if (message != null) {
            fill(message, slot, velocity);
            message.delayFrames = delayFrames;
            message.player = player;
            message.glideKey = glideKey;
            message.seed = noteSeed;
            input.publish();
        }
        return slot;
    }

    /** Goes on to another note in the same bow, and tells. */
    @RealTime
    void slur(int slot, int channel, int key, int velocity, long frameTime) {
        voices[slot].slur(channel, key);
        InputMessage message = input.claim(InputMessage.Kind.SLUR, id, frameTime);
        if (message != null) {
            fill(message, slot, velocity);
            message.seed = (seed + voices[slot].serial) * 0x9E3779B97F4A7C15L;
            input.publish();
        }
    }

    /** Ends a note, and tells. */
    @RealTime
    void end(int slot, NoteVoice.State why, long frameTime) {
        NoteVoice voice = voices[slot];
        double parameter = values.get(Parameters.RELEASE) * MILLI;
        double released = voice.releaseSeconds() > 0 ? voice.releaseSeconds() : parameter;
        voice.fadeOut(why, (int) ((why == NoteVoice.State.STOLEN ? STEAL_SECONDS : released) * sampleRateHz));
        tell(InputMessage.Kind.NOTE_OFF, slot, frameTime);
    }

    /** Released notes leave soon: another bow begins. */
    @RealTime
    void changeBow() {
        for (int slot = 0; slot < voices.length; slot++) {
            if (voices[slot].state == NoteVoice.State.RELEASED) {
                voices[slot].fadeOut(NoteVoice.State.STOLEN, (int) (BOW_CHANGE_SECONDS * sampleRateHz));
            }
        }
    }

    /** Ends the least missed voices until another may sound. */
    @RealTime
    void makeRoom(long frameTime) {
        int sounding = 0;
        int least = -1;
        float leastWorth = Float.MAX_VALUE;
        for (int slot = 0; slot < voices.length; slot++) {
            NoteVoice voice = voices[slot];
            if (voice.state == NoteVoice.State.HELD || voice.state == NoteVoice.State.RELEASED) {
                sounding++;
                float worth = voice.loudness();
                if (voice.state == NoteVoice.State.HELD) {
                    worth += HELD_WORTH + (players(voice) == 1 ? ALONE_WORTH : 0f);
                }
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

    /** How many players each note may have when one more is to sound. */
    @RealTime
    int playersOfNext() {
        float notes = 1f;
        for (int slot = 0; slot < voices.length; slot++) {
            if (voices[slot].state == NoteVoice.State.HELD) {
                notes += 1f / players(voices[slot]);
            }
        }
        int possible = (int) (values.get(Parameters.POLYPHONY) / notes);
        return Math.max(1, Math.min(possible, Math.round(values.get(Parameters.PLAYERS))));
    }

    @RealTime
    boolean tell(InputMessage.Kind kind, int slot, long frameTime) {
        InputMessage message = input.claim(kind, id, frameTime);
        if (message == null) {
            return false;
        }
        message.voice = slot;
        message.serial = voices[slot].serial;
        input.publish();
        return true;
    }

    /** The voice has ended by itself. */
    @RealTime
    void tellEnd(int slot, long frameTime) {
        untold[slot] = !tell(InputMessage.Kind.NOTE_END, slot, frameTime);
    }

    /** An end that found the ring full is told again: else the worker would play the note for ever. */
    @RealTime
    void tellEnds(long frameTime) {
        for (int slot = 0; slot < voices.length; slot++) {
            untold[slot] = untold[slot] && voices[slot].state == NoteVoice.State.FREE
                    && !tell(InputMessage.Kind.NOTE_END, slot, frameTime);
        }
    }

    @RealTime
    private int players(NoteVoice of) {
        int count = 0;
        for (int slot = 0; slot < voices.length; slot++) {
            NoteVoice voice = voices[slot];
            if (voice.state == NoteVoice.State.HELD && voice.key == of.key && voice.channel == of.channel) {
                count++;
            }
        }
        return Math.max(1, count);
    }

    @RealTime
    private int free() {
        for (int slot = 0; slot < voices.length; slot++) {
            if (voices[slot].state == NoteVoice.State.FREE) {
                return slot;
            }
        }
        return -1;
    }

    @RealTime
    private void fill(InputMessage message, int slot, int velocity) {
        message.voice = slot;
        message.serial = voices[slot].serial;
        message.channel = voices[slot].channel;
        message.key = voices[slot].key;
        message.velocity = velocity;
    }
}
