package org.chanterelle.inference;

import java.util.Arrays;
import java.util.Locale;
import org.chanterelle.analysis.FeatureExtractor;
import org.chanterelle.analysis.GateSettings;
import org.chanterelle.analysis.LoudnessMeter;
import org.chanterelle.analysis.Timing;
import org.chanterelle.rt.dsp.Resampler;
import org.chanterelle.signal.Levels;
import org.chanterelle.signal.UserError;

/**
 * Measures an input: three seconds of room, seven of singing. What comes of it belongs to the input, not to a model. One thread, not
 * the audio thread.
 */
public final class Calibrator {
    /** Seconds of room that it listens to first. */
    public static final double ROOM_SECONDS = 3;

    /** Seconds of singing that it listens to then. */
    public static final double VOICE_SECONDS = 7;

    /** RMS level to which singing is brought: about that of training sets. */
    public static final double LEVEL_DBFS = -21;

    /** Steady noise this far below the mark never reaches it. */
    private static final double ABOVE_ROOM_DB = 9;

    private static final double HYSTERESIS_DB = GateSettings.LIVE.openDb() - GateSettings.LIVE.closeDb();

    /** Nearer to its room the gate would cut a voice to pieces. */
    private static final double LEAST_ABOVE_ROOM_DB = 18;

    private static final double CONTROL_RATE_HZ = 200;
    private static final int LOUDNESS_WINDOW = 1024;
    private static final double USUAL_SHARE = 0.95;
    private static final double LEAST_VOICED_SECONDS = 1;
    private static final double SILENT_DBFS = -75;
    private static final float FULL_SCALE = 0.985f;
    private static final int CLIPPED_FRAMES = 20;

    private final double sampleRateHz;
    private final float[] room;
    private final float[] voice;
    private int taken;

    /** What it listens to. */
    public enum Phase {
        /** Nobody sings. */
        ROOM,
        /** Somebody sings. */
        VOICE,
        /** It has heard enough. */
        DONE
    }

    /** @param sampleRateHz of the input */
    public Calibrator(double sampleRateHz) {
        this.sampleRateHz = sampleRateHz;
        room = new float[(int) Math.round(ROOM_SECONDS * sampleRateHz)];
        voice = new float[(int) Math.round(VOICE_SECONDS * sampleRateHz)];
    }

    /** What it is listening to now. */
    public Phase phase() {
        return taken < room.length ? Phase.ROOM : taken < room.length + voice.length ? Phase.VOICE : Phase.DONE;
    }

    /** Seconds until the present phase is over. */
    public double secondsLeft() {
        int end = taken < room.length ? room.length : room.length + voice.length;
        return (end - taken) / sampleRateHz;
    }

    /** Takes the input's next frames; what comes after the last phase is not looked at. */
    public void process(float[] mono, int offset, int frames) {
        for (int i = offset; i < offset + frames && taken < room.length + voice.length; i++) {
            float x = Float.isFinite(mono[i]) ? mono[i] : 0f;
            if (taken < room.length) {
                room[taken] = x;
            } else {
                voice[taken - room.length] = x;
            }
            taken++;
        }
    }

    /**
     * What was found.
     *
     * @throws UserError when the input is silent, clipped, without a pitch, or its room too loud
     */
    public InputCalibration result() {
        if (phase() != Phase.DONE) {
            throw new IllegalStateException("calibration: " + secondsLeft() + " s missing of " + phase());
        }
        checkLevel();
        double gainDb = RecordingLevel.gainDb(voice, sampleRateHz, LEVEL_DBFS);
        double roomDb = usualMaximumDb(room, gainDb);
        double aboveDb = usualMaximumDb(voice, gainDb) - roomDb;
        if (aboveDb < LEAST_ABOVE_ROOM_DB) {
            throw error("the singing is %.0f dB louder than the room; expected at least %.0f. Go nearer to the microphone, or "
                    + "make the room quieter", aboveDb, LEAST_ABOVE_ROOM_DB);
        }
        double openDb = Math.max(GateSettings.LIVE.openDb(), roomDb + ABOVE_ROOM_DB);
        return new InputCalibration(gainDb, openDb, openDb - HYSTERESIS_DB, voiceLoudnessDb(gainDb, openDb), 0);
    }

    private void checkLevel() {
        double peakDbfs = Levels.peakDbfs(voice);
        if (peakDbfs < SILENT_DBFS) {
            throw error("silence in the %.0f seconds of singing (peak %.0f dBFS). Connect the microphone, or turn it up",
                    VOICE_SECONDS, Math.max(-200, peakDbfs));
        }
        int clipped = 0;
        for (float x : voice) {
            clipped += Math.abs(x) >= FULL_SCALE ? 1 : 0;
        }
        if (clipped > CLIPPED_FRAMES) {
            throw error("the singing is clipped: %d frames at full scale; expected at most %d. Turn the input down", clipped,
                    CLIPPED_FRAMES);
        }
    }

    /** Loudness that a sound hardly ever passes, behind the gain. */
    private double usualMaximumDb(float[] sound, double gainDb) {
        LoudnessMeter meter = LoudnessMeter.rateIndependent(
                FeatureExtractor.INTERNAL_RATE_HZ, LOUDNESS_WINDOW, FeatureExtractor.LOUDNESS_MAX_HZ);
        float[] heard = Resampler.resample(Levels.scaled(sound, gainDb), sampleRateHz, FeatureExtractor.INTERNAL_RATE_HZ);
        float[] loudnessDb = meter.measure(heard, LOUDNESS_WINDOW / 2);
        Arrays.sort(loudnessDb);
        return loudnessDb[(int) (USUAL_SHARE * (loudnessDb.length - 1))];
    }

    private double voiceLoudnessDb(double gainDb, double openDb) {
        GateSettings gate = GateSettings.RECORD.withLevels(openDb, openDb - HYSTERESIS_DB);
        FeatureExtractor extractor = new FeatureExtractor(sampleRateHz, CONTROL_RATE_HZ, Timing.RECORD, gate);
        double[] sum = new double[2];
        extractor.process(Levels.scaled(voice, gainDb), 0, voice.length, features -> {
            sum[0] += features.voiced ? features.loudnessDb : 0;
            sum[1] += features.voiced ? 1 : 0;
        });
        if (sum[1] < LEAST_VOICED_SECONDS * CONTROL_RATE_HZ) {
            throw error("no pitch found in the singing (%.1f s voiced at a level of %.0f dBFS; expected at least %.0f s). Sing "
                    + "some long notes when asked to, nearer to the microphone", sum[1] / CONTROL_RATE_HZ, LEVEL_DBFS - gainDb,
                    LEAST_VOICED_SECONDS);
        }
        return sum[0] / sum[1];
    }

    private static UserError error(String format, Object... found) {
        return new UserError("calibrate: " + String.format(Locale.ROOT, format, found) + ", then calibrate again.");
    }
}
