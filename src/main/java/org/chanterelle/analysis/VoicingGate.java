package org.chanterelle.analysis;

import org.chanterelle.signal.AudioFeatures;
import org.chanterelle.signal.Units;

/**
 * Decides where a pitch sounds, by level and evidence with hysteresis in both and in time, and holds the last trusted pitch where
 * none does.
 */
final class VoicingGate {
    private static final int HELD_PITCHES = 5;

    /** From here on a change of pitch is a leap, for which an open gate wants as much evidence as a closed one. */
    private static final double LEAP_CENTS = 300;

    private final GateSettings settings;
    private final int openFrames;
    private final int closeFrames;
    private final AudioFeatures[] slots;
    private final HeldPitch held = new HeldPitch(HELD_PITCHES, Units.A4_HZ);
    private double openDb;
    private double closeDb;
    private boolean open;
    private double trustedHz;
    private int streak;
    private long frames;

    VoicingGate(GateSettings settings, double controlRateHz) {
        this.settings = settings;
        openDb = settings.openDb();
        closeDb = settings.closeDb();
        openFrames = settings.openFrames(controlRateHz);
        closeFrames = settings.closeFrames(controlRateHz);
        slots = new AudioFeatures[settings.delayFrames(controlRateHz) + 1];
        for (int i = 0; i < slots.length; i++) {
            slots[i] = new AudioFeatures();
        }
    }

    /** Moves the levels, from the next frame on. */
    void setLevels(double newOpenDb, double newCloseDb) {
        openDb = newOpenDb;
        closeDb = Math.min(newOpenDb, newCloseDb);
    }

    void reset() {
        open = false;
        trustedHz = 0;
        streak = 0;
        frames = 0;
        held.reset();
    }

    /**
     * Takes one control frame and tells the one that is due, if the delay has passed.
     *
     * @param pitchHz 0 if there is none
     * @param correlation of that pitch, told on as confidence
     * @param salience of that pitch
     */
    void pass(float loudnessDb, double pitchHz, double correlation, double salience, FeatureExtractor.Sink sink) {
        AudioFeatures slot = slots[(int) (frames % slots.length)];
        slot.loudnessDb = loudnessDb;
        slot.f0Hz = (float) pitchHz;
        slot.confidence = (float) Math.clamp(correlation, 0.0, 1.0);
        boolean loud = loudnessDb >= (open ? closeDb : openDb);
        double evidence = pitchHz > 0 ? correlation + salience : 0;
        boolean trusted = evidence >= (open && near(pitchHz) ? settings.closeEvidence() : settings.openEvidence());
        boolean wanted = loud && trusted;
        streak = wanted == open ? 0 : streak + 1;
        if (open && !trusted) {
            slot.f0Hz = 0f;
        } else if (wanted) {
            trustedHz = pitchHz;
        }
        slot.voiced = open;
        boolean sure = wanted && !open && evidence >= settings.sureEvidence();
        if (sure || streak >= (open ? closeFrames : openFrames)) {
            open = !open;
            slot.voiced = open;
            revise(Math.min(streak, slots.length));
            streak = 0;
        }
        frames++;
        if (frames >= slots.length) {
            tell(slots[(int) (frames % slots.length)], sink);
        }
    }

    /** While a tone dies away, or in a creaking voice, a stray pitch may come with little evidence. */
    private boolean near(double pitchHz) {
        return pitchHz > 0 && trustedHz > 0 && Math.abs(Units.cents(pitchHz, trustedHz)) < LEAP_CENTS;
    }

    /** Lets the new state count from where it began. */
    private void revise(int count) {
        for (int back = 0; back < count; back++) {
            slots[(int) ((frames + slots.length - back) % slots.length)].voiced = open;
        }
    }

    private void tell(AudioFeatures slot, FeatureExtractor.Sink sink) {
        boolean pitched = slot.voiced && slot.f0Hz > 0;
        if (pitched) {
            held.add(slot.f0Hz);
        } else {
            slot.f0Hz = (float) held.medianHz();
        }
        sink.accept(slot);
    }
}
