package org.chanterelle.rt;

import org.chanterelle.rt.engine.WaveConfig;
import org.chanterelle.signal.Parameters;
import org.chanterelle.signal.RealTime;

/** The voices of an instrument of whole notes: which are free, which must make room, and what the worker is told of them. */
final class WaveVoices {
    private static final double STEAL_SECONDS = 0.006;
    private static final double MILLI = 1e-3;

    private final int id;
    private final Rings.Input input;
    private final ParameterValues values;
    private final PlayedFrames played;
    private final WaveVoice[] voices = new WaveVoice[NotePatch.SLOTS];

    /** Whose end the worker does not know yet. */
    private final boolean[] untold = new boolean[NotePatch.SLOTS];

    private final double sampleRateHz;
    private int serial;

    WaveVoices(int id, WaveConfig engine, Rings.Input input, ParameterValues values, PlayedFrames played, double sampleRateHz,
            int maxFrames) {
        this.id = id;
        this.input = input;
        this.values = values;
        this.played = played;
        this.sampleRateHz = sampleRateHz;
        for (int i = 0; i < voices.length; i++) {
            voices[i] = new WaveVoice(engine, sampleRateHz, maxFrames);
        }
    }

    @RealTime
    WaveVoice at(int slot) {
        return voices[slot];
    }

    /**
     * Begins a note, and tells the worker when it must make it; -1 when no voice is free.
     *
     * @param ready its sound; null when the worker is to make it
     * @param madeVelocity velocity at which it is made
     * @param gain linear gain of the note
     */
    @RealTime
    int start(int channel, int key, int pitch, LoopedNote ready, float madeVelocity, float gain, long frameTime) {
        int slot = free();
        if (slot < 0) {
            return -1;
        }
        serial++;
        voices[slot].start(serial, channel, key, pitch, ready, gain, values.get(Parameters.ATTACK) * MILLI, frameTime);
        played.set(slot, serial, 0);
        untold[slot] = false;
        if (ready == null) {
            InputMessage message = input.claim(InputMessage.Kind.NOTE_ON, id, frameTime);
            if (message != null) {
                message.voice = slot;
                message.serial = serial;
                message.channel = channel;
                message.key = key;
                message.pitch = pitch;
                message.velocity = Math.round(madeVelocity);
                input.publish();
            }
        }
        return slot;
    }

    /** Lets a note fade, in the time of the release parameter or, when stolen, at once but without a click. */
    @RealTime
    void end(int slot, WaveVoice.State why) {
        double seconds = why == WaveVoice.State.STOLEN ? STEAL_SECONDS : values.get(Parameters.RELEASE) * MILLI;
        voices[slot].fadeOut(why, (int) (seconds * sampleRateHz));
    }

    /** Ends the least missed voice when as many sound as may: of the released the quietest, or else the oldest. */
    @RealTime
    void makeRoom() {
        int sounding = 0;
        int least = -1;
        for (int slot = 0; slot < voices.length; slot++) {
            WaveVoice voice = voices[slot];
            if (voice.state == WaveVoice.State.HELD || voice.state == WaveVoice.State.RELEASED) {
                sounding++;
                least = least < 0 || isLess(voice, voices[least]) ? slot : least;
            }
        }
        if (sounding >= values.get(Parameters.POLYPHONY)) {
            end(least, WaveVoice.State.STOLEN);
        }
    }

    @RealTime
    private static boolean isLess(WaveVoice one, WaveVoice other) {
        if (one.state != other.state) {
            return one.state == WaveVoice.State.RELEASED;
        }
        return one.state == WaveVoice.State.RELEASED ? one.loudness() < other.loudness() : one.began < other.began;
    }

    /** A voice has ended. */
    @RealTime
    void tellEnd(int slot, long frameTime) {
        if (voices[slot].isStreamed()) {
            untold[slot] = !tell(slot, frameTime);
        }
    }

    /** An end that found the ring full is told again: else the worker would make the note for ever. */
    @RealTime
    void tellEnds(long frameTime) {
        for (int slot = 0; slot < voices.length; slot++) {
            untold[slot] = untold[slot] && voices[slot].state == WaveVoice.State.FREE && !tell(slot, frameTime);
        }
    }

    @RealTime
    private boolean tell(int slot, long frameTime) {
        InputMessage message = input.claim(InputMessage.Kind.NOTE_END, id, frameTime);
        if (message == null) {
            return false;
        }
        message.voice = slot;
        message.serial = voices[slot].serial;
        input.publish();
        return true;
    }

    @RealTime
    private int free() {
        for (int slot = 0; slot < voices.length; slot++) {
            if (voices[slot].state == WaveVoice.State.FREE) {
                return slot;
            }
        }
        return -1;
    }
}
