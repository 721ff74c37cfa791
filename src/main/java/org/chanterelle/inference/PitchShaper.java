package org.chanterelle.inference;

import org.chanterelle.rt.dsp.Ramp;
import org.chanterelle.signal.Units;

/** From a sung pitch to the one that sounds: transposed, drawn to a scale, averaged. */
final class PitchShaper {
    private static final int PITCH_CLASSES = 12;

    /** By how much a pitch must be nearer to another note before it is drawn there. */
    private static final double HYSTERESIS_SEMITONES = 0.15;

    private static final double RAMP_SECONDS = 0.02;

    private final double controlRateHz;
    private final Ramp snap;
    private final Ramp tuning;
    private final Ramp fine;
    private long restFrames;
    private double averaged;
    private int note;

    PitchShaper(double controlRateHz) {
        this.controlRateHz = controlRateHz;
        snap = new Ramp(RAMP_SECONDS, controlRateHz, 0f);
        tuning = new Ramp(RAMP_SECONDS, controlRateHz, 0f);
        fine = new Ramp(RAMP_SECONDS, controlRateHz, 0f);
        reset(new VoiceSettings());
    }

    void reset(VoiceSettings settings) {
        restFrames = Long.MAX_VALUE / 2;
        note = Integer.MIN_VALUE;
        averaged = 0;
        snap.jump((float) settings.snap);
        tuning.jump(tuningSemitones(settings));
        fine.jump((float) settings.fineCents / 100);
    }

    /**
     * The pitch that sounds, in Hz, in the next control frame.
     *
     * @param f0Hz sung pitch
     * @param voiced whether it is sung now, not held through a rest
     */
    double shape(double f0Hz, boolean voiced, VoiceSettings settings) {
        double drawn = drawn(Units.hzToMidi(f0Hz) + settings.semitones, settings);
        fine.moveTo((float) settings.fineCents / 100);
        boolean begins = voiced && restFrames > settings.bridgeMs / 1000 * controlRateHz;
        restFrames = voiced ? 0 : restFrames + 1;
        boolean follows = begins || settings.smoothingMs <= 0;
        double share = follows ? 1 : 1 - Math.exp(-1000 / (settings.smoothingMs * controlRateHz));
        averaged += share * (drawn - averaged);
        return Units.midiToHz(averaged + fine.next());
    }

    private double drawn(double midi, VoiceSettings settings) {
        snap.moveTo((float) settings.snap);
        tuning.moveTo(tuningSemitones(settings));
        double amount = snap.next();
        double offset = tuning.next();
        if (amount == 0 || (settings.scale & 0xfff) == 0) {
            return midi;
        }
        choose(midi - offset, settings.scale);
        return midi + amount * (note + offset - midi);
    }

    private static float tuningSemitones(VoiceSettings settings) {
        return (float) (12 * Math.log(settings.tuningHz / Units.A4_HZ) / Math.log(2));
    }

    /** Stays with the note chosen until another of the scale is clearly nearer. */
    private void choose(double midi, int scale) {
        int nearest = nearest(midi, scale);
        boolean known = note != Integer.MIN_VALUE && (scale >> Math.floorMod(note, PITCH_CLASSES) & 1) != 0;
        if (!known || Math.abs(midi - nearest) + HYSTERESIS_SEMITONES < Math.abs(midi - note)) {
            note = nearest;
        }
    }

    private static int nearest(double midi, int scale) {
        int best = 0;
        double distance = Double.POSITIVE_INFINITY;
        int centre = (int) Math.round(midi);
        for (int candidate = centre - PITCH_CLASSES; candidate <= centre + PITCH_CLASSES; candidate++) {
            boolean inScale = (scale >> Math.floorMod(candidate, PITCH_CLASSES) & 1) != 0;
            if (inScale && Math.abs(midi - candidate) < distance) {
                best = candidate;
                distance = Math.abs(midi - candidate);
            }
        }
        return best;
    }
}
