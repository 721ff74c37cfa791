package org.chanterelle.inference;

import org.chanterelle.model.timbre.Normalisation;
import org.chanterelle.rt.MidiBuffer;
import org.chanterelle.signal.Units;

/**
 * The melody that a voice plays, as MIDI: notes, and pitch bends that follow every inflection. Vibrato and scoops bend a note; only a
 * pitch that stays away from it begins another. Allocates nothing; one thread.
 */
public final class MelodyOut {
    /** Range of the bends, declared by RPN 0: wide enough for slides between two notes. */
    public static final int BEND_RANGE_SEMITONES = 12;

    private static final int NOTE_OFF = 0x80;
    private static final int NOTE_ON = 0x90;
    private static final int CONTROL = 0xb0;
    private static final int BEND = 0xe0;
    private static final int RPN_MSB = 101;
    private static final int RPN_LSB = 100;
    private static final int DATA_MSB = 6;
    private static final int DATA_LSB = 38;
    private static final int NULL_RPN = 127;
    private static final int BEND_CENTRE = 8192;
    private static final int BEND_MAX = 16383;

    /** Changes under a cent are not sent. */
    private static final int LEAST_BEND = BEND_CENTRE / (100 * BEND_RANGE_SEMITONES) + 1;

    /** Beyond this a pitch has left its note ... */
    private static final double AWAY_SEMITONES = 0.75;

    /** ... when it stays there longer than a wide vibrato does ... */
    private static final double AWAY_SECONDS = 0.07;

    /** ... or leaps further than any vibrato. */
    private static final double LEAP_SEMITONES = 1.6;

    private static final double LEAP_SECONDS = 0.02;
    private static final int SOFTEST = 20;
    private static final int LOUDEST = 120;

    private final Normalisation normalisation;
    private final double controlRateHz;
    private final int channel;
    private boolean declared;
    private boolean open;
    private int note = -1;
    private int bend = BEND_CENTRE;
    private int awayFrames;
    private int leapFrames;

    /**
     * @param normalisation loudness statistics of the model, from which velocities come
     * @param controlRateHz control frames a second
     * @param channel MIDI channel, 0 to 15
     */
    public MelodyOut(Normalisation normalisation, double controlRateHz, int channel) {
        if (channel < 0 || channel > 15) {
            throw new IllegalArgumentException("MIDI channel " + channel + ": expected 0 to 15");
        }
        this.normalisation = normalisation;
        this.controlRateHz = controlRateHz;
        this.channel = channel;
    }

    /**
     * Appends what a control frame changes, at most ten messages.
     *
     * @param atFrame the frame that the messages carry
     */
    public void play(VoiceFrame frame, int atFrame, MidiBuffer out) {
        if (!declared) {
            declareRange(atFrame, out);
        }
        boolean closes = !Double.isNaN(frame.gateCloseSeconds) || !frame.sounding;
        boolean opens = !Double.isNaN(frame.gateOpenSeconds);
        if (note >= 0 && (closes || opens)) {
            stop(atFrame, out);
        }
        open = opens || open && !closes;
        if (!open || !frame.sounding) {
            return;
        }
        double midi = Math.clamp(Units.hzToMidi(frame.soundingHz), 0, 127);
        if (note < 0 || hasLeft(midi)) {
            stop(atFrame, out);
            start(midi, frame.features.loudnessDb, atFrame, out);
        } else {
            bendTo(midi, atFrame, LEAST_BEND, out);
        }
    }

    /** Ends the note that sounds, if any. */
    public void stop(int atFrame, MidiBuffer out) {
        if (note >= 0) {
            out.add(atFrame, NOTE_OFF | channel, note, 64);
            note = -1;
        }
    }

    private void declareRange(int atFrame, MidiBuffer out) {
        declared = true;
        out.add(atFrame, CONTROL | channel, RPN_MSB, 0);
        out.add(atFrame, CONTROL | channel, RPN_LSB, 0);
        out.add(atFrame, CONTROL | channel, DATA_MSB, BEND_RANGE_SEMITONES);
        out.add(atFrame, CONTROL | channel, DATA_LSB, 0);
        out.add(atFrame, CONTROL | channel, RPN_MSB, NULL_RPN);
        out.add(atFrame, CONTROL | channel, RPN_LSB, NULL_RPN);
    }

    private void start(double midi, double loudnessDb, int atFrame, MidiBuffer out) {
        note = (int) Math.round(midi);
        awayFrames = 0;
        leapFrames = 0;
        bendTo(midi, atFrame, 1, out);
        double range = normalisation.loudnessHighDb() - normalisation.loudnessLowDb();
        double share = Math.clamp((loudnessDb - normalisation.loudnessLowDb()) / range, 0, 1);
        out.add(atFrame, NOTE_ON | channel, note, (int) Math.round(SOFTEST + share * (LOUDEST - SOFTEST)));
    }

    private boolean hasLeft(double midi) {
        double distance = Math.abs(midi - note);
        awayFrames = distance > AWAY_SEMITONES ? awayFrames + 1 : 0;
        leapFrames = distance > LEAP_SEMITONES ? leapFrames + 1 : 0;
        return awayFrames > AWAY_SECONDS * controlRateHz || leapFrames > LEAP_SECONDS * controlRateHz;
    }

    private void bendTo(double midi, int atFrame, int least, MidiBuffer out) {
        double share = (midi - note) / BEND_RANGE_SEMITONES;
        int wanted = Math.clamp(Math.round(BEND_CENTRE + share * BEND_CENTRE), 0, BEND_MAX);
        if (Math.abs(wanted - bend) >= least) {
            bend = wanted;
            out.add(atFrame, BEND | channel, wanted & 0x7f, wanted >> 7);
        }
    }
}
