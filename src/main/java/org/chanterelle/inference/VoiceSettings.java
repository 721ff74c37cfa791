package org.chanterelle.inference;

import org.chanterelle.analysis.GateSettings;
import org.chanterelle.rt.ParameterValues;
import org.chanterelle.signal.Parameters;
import org.chanterelle.signal.Units;

/** How a voice is played: plain values, read once a control frame. A mutable slot of the inference thread. */
public final class VoiceSettings {
    /** Transposition, octaves included. */
    public double semitones;

    /** Fine tuning of what sounds. */
    public double fineCents;

    /** Pitch of the A on which the scale stands. */
    public double tuningHz = Units.A4_HZ;

    /** Time in which the pitch is averaged; 0 as it is. */
    public double smoothingMs;

    /** How far the pitch is drawn to the nearest note of the scale, 0 to 1. */
    public double snap;

    /** Notes of the scale, a sum of 2^pitch class, C = 1. */
    public int scale = 0xfff;

    /** Plays harder or softer: timbre and level. */
    public double loudnessDb;

    /** How much of the loudness changes to play. */
    public double dynamics = 1;

    /** Longest consonant over which the tone is held; 0: every one stops it. */
    public double bridgeMs;

    /** By how much the gate opens above (or below) what the calibration says. */
    public double gateShiftDb;

    /** Whether unvoiced sound becomes silence; false only to play an instrument back as it is. */
    public boolean gated = true;

    /** Takes over what the player has turned. */
    public void read(ParameterValues values) {
        semitones = 12 * Math.round(values.get(Parameters.OCTAVE)) + values.get(Parameters.SEMITONES);
        fineCents = values.get(Parameters.FINE);
        tuningHz = values.get(Parameters.TUNING);
        smoothingMs = values.get(Parameters.SMOOTHING);
        snap = values.get(Parameters.SNAP);
        scale = Math.round(values.get(Parameters.SCALE));
        loudnessDb = values.get(Parameters.LOUDNESS);
        dynamics = values.get(Parameters.DYNAMICS);
        bridgeMs = values.get(Parameters.BRIDGE);
        gateShiftDb = values.get(Parameters.GATE) - GateSettings.LIVE.openDb();
    }
}
