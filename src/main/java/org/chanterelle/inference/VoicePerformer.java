package org.chanterelle.inference;

import org.chanterelle.analysis.FeatureExtractor;
import org.chanterelle.analysis.Timing;
import org.chanterelle.model.timbre.Normalisation;
import org.chanterelle.rt.dsp.Ramp;
import org.chanterelle.signal.AudioFeatures;
import org.chanterelle.signal.Units;

/**
 * From what a voice sounds like to what the instrument is to play, one control frame at a time: pitch, loudness on the training set's
 * scale, gate. The same for playing and for recordings. In RECORD timing a frame is told {@link #delayFrames()} later than it is
 * taken, and a stretch fades before it ends; in LIVE timing at once, and it fades behind its end.
 *
 * <p>Allocates nothing once constructed. One thread.
 */
public final class VoicePerformer {
    /** Time in which a gated sound comes and goes. */
    private static final double FADE_SECONDS = 0.012;

    private static final double RAMP_SECONDS = 0.02;

    private final Normalisation normalisation;
    private final double controlRateHz;

    /** Enough to see a fade's end and a beginning before the first voiced frame. */
    private final int delay;
    private final float step;
    private final AudioFeatures[] slots;
    private final double[] shapedHz;
    private final PitchShaper pitch;
    private final Bridge bridge;
    private final Ramp loudness;
    private final Ramp dynamics;
    private final VoiceSettings settings = new VoiceSettings();
    private InputCalibration calibration;
    private long taken;
    private boolean primed;
    private boolean open;
    private boolean opensClearly;
    private boolean sounded;
    private double openingSeconds;
    private float level;

    /**
     * @param normalisation loudness statistics of the model
     * @param controlRateHz control frames a second
     * @param timing that of the extractor
     */
    public VoicePerformer(Normalisation normalisation, double controlRateHz, Timing timing) {
        this.normalisation = normalisation;
        this.controlRateHz = controlRateHz;
        step = (float) (1.0 / Math.max(1.0, FADE_SECONDS * controlRateHz));
        double foreseen = Math.max(FADE_SECONDS, FeatureExtractor.ONSET_BEFORE_SECONDS) * controlRateHz;
        delay = timing == Timing.RECORD ? (int) Math.ceil(foreseen) + 1 : 0;
        slots = new AudioFeatures[delay + 1];
        for (int i = 0; i < slots.length; i++) {
            slots[i] = new AudioFeatures();
        }
        shapedHz = new double[slots.length];
        pitch = new PitchShaper(controlRateHz);
        bridge = new Bridge(controlRateHz);
        loudness = new Ramp(RAMP_SECONDS, controlRateHz, 0f);
        dynamics = new Ramp(RAMP_SECONDS, controlRateHz, 1f);
        calibration = InputCalibration.unknown(normalisation);
        reset();
    }

    /** Takes over what is known about the input, from the next frame on. */
    public void calibrate(InputCalibration input) {
        calibration = input;
    }

    /** What may be changed before each frame. */
    public VoiceSettings settings() {
        return settings;
    }

    /** Control frames by which {@link #perform} lags. */
    public int delayFrames() {
        return delay;
    }

    /** Forgets the past; calibration and settings stay. */
    public void reset() {
        taken = 0;
        primed = false;
        open = false;
        opensClearly = false;
        sounded = false;
        openingSeconds = Double.NaN;
        level = 0;
        bridge.reset();
    }

    /**
     * Takes the features of the next control frame and tells what the one {@link #delayFrames()} before it is to sound like.
     *
     * @return whether {@code out} was written; not in the first {@link #delayFrames()} calls
     */
    public boolean perform(AudioFeatures in, VoiceFrame out) {
        if (!primed) {
            primed = true;
            pitch.reset(settings);
            loudness.jump((float) settings.loudnessDb);
            dynamics.jump((float) settings.dynamics);
        }
        int slot = (int) (taken % slots.length);
        slots[slot].set(in);
        shapedHz[slot] = pitch.shape(in.f0Hz, in.voiced, settings);
        taken++;
        if (taken <= delay) {
            return false;
        }
        tell(taken - 1 - delay, out);
        return true;
    }

    private void tell(long index, VoiceFrame out) {
        AudioFeatures now = slot(index);
        int coming = comingVoice(index);
        boolean begun = coming > 0 && slot(index + coming).onsetSeconds < (index + 1) / controlRateHz;
        boolean voiced = now.voiced || begun || !settings.gated;
        double mappedDb = mappedDb(now.loudnessDb);
        boolean sounding = bridge.pass(voiced, mappedDb, settings.bridgeMs);
        out.index = index;
        moveGate(out, sounding, coming < 0 || !settings.gated ? Double.NaN : slot(index + coming).onsetSeconds);
        moveLevel(sounding, settings.bridgeMs > 0 ? Integer.MAX_VALUE : voicedFrames(index, voiced ? coming : 0));
        out.sounding = sounding;
        out.gain = level * (float) Units.dbToGain(calibration.outputDb());
        boolean early = coming > 0 && (begun || level == 0);
        out.soundingHz = (float) shapedHz[place(index + (early ? coming : 0))];
        out.features.set(now);
        out.features.f0Hz = begun ? out.soundingHz : (float) shapedHz[place(index)];
        out.features.loudnessDb = (float) playedDb(mappedDb, voiced, sounding);
    }

    /** Opens at the beginning of a stretch, to the sample where it is known, and closes when the fade has ended. */
    private void moveGate(VoiceFrame out, boolean sounding, double onset) {
        double from = (out.index - 1) / controlRateHz;
        out.gateOpenSeconds = Double.NaN;
        out.gateCloseSeconds = Double.NaN;
        boolean begins = sounding && !sounded;
        boolean over = !sounding && level == 0;
        if (open && (begins || over)) {
            out.gateCloseSeconds = from;
            open = false;
        }
        if (begins) {
            opensClearly = !Double.isNaN(onset);
            openingSeconds = opensClearly ? onset : from;
        } else if (over) {
            openingSeconds = Double.NaN;
        }
        if (openingSeconds < out.index / controlRateHz) {
            out.gateOpenSeconds = Math.max(from, openingSeconds);
            openingSeconds = Double.NaN;
            open = true;
        }
        sounded = sounding;
    }

    /** A clear beginning is the gate's; all others fade. */
    private void moveLevel(boolean sounding, int framesLeft) {
        if (!settings.gated) {
            level = 1f;
        } else if (sounding) {
            level = opensClearly ? 1f : Math.min(1f, level + step);
            level = delay == 0 ? level : Math.min(level, framesLeft * step);
        } else {
            level = Math.max(0f, level - step);
        }
    }

    private int place(long index) {
        return (int) (index % slots.length);
    }

    private AudioFeatures slot(long index) {
        return slots[place(index)];
    }

    /** Frames until the next voiced one; 0 if this one is, -1 if none is known. */
    private int comingVoice(long index) {
        for (int ahead = 0; ahead <= delay; ahead++) {
            if (slot(index + ahead).voiced) {
                return ahead;
            }
        }
        return -1;
    }

    /** Frames from this one on that sound, as far as is known. */
    private int voicedFrames(long index, int coming) {
        int ahead = Math.max(0, coming);
        while (ahead <= delay && slot(index + ahead).voiced) {
            ahead++;
        }
        return ahead;
    }

    /** On the training set's scale, with the player's dynamics. */
    private double mappedDb(double loudnessDb) {
        loudness.moveTo((float) settings.loudnessDb);
        dynamics.moveTo((float) settings.dynamics);
        double offset = loudness.next();
        double share = dynamics.next();
        if (!calibration.matchesLevel()) {
            return loudnessDb + offset;
        }
        return normalisation.loudnessMeanDb() + share * (loudnessDb - calibration.meanLoudnessDb()) + offset;
    }

    /** To the network a consonant is a rest: as loud as one, it would leave a shout in the recurrent state. */
    private double playedDb(double mappedDb, boolean voiced, boolean sounding) {
        if (sounding && settings.bridgeMs > 0) {
            return bridge.loudnessDb();
        }
        return voiced ? mappedDb : Math.min(mappedDb, normalisation.loudnessLowDb());
    }
}
