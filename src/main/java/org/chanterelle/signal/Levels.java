package org.chanterelle.signal;

import java.util.Arrays;

/** Levels of whole sounds, in dB relative to full scale (a full-scale square wave is 0 dBFS RMS). */
public final class Levels {
    /** Below one step of 16 bits: digital silence, with its dither. */
    private static final float DIGITAL_SILENCE = 1.5f / 32768f;

    private Levels() {}

    /** RMS level in dBFS; negative infinity for silence and for nothing. */
    public static double rmsDbfs(float[] audio) {
        return rmsDbfs(audio, 0, audio.length);
    }

    /** RMS level in dBFS of the frames from {@code from} (inclusive) to {@code to} (exclusive). */
    public static double rmsDbfs(float[] audio, int from, int to) {
        double sum = 0;
        for (int n = from; n < to; n++) {
            sum += (double) audio[n] * audio[n];
        }
        return to > from ? Units.gainToDb(Math.sqrt(sum / (to - from))) : Double.NEGATIVE_INFINITY;
    }

    /** Level in dBFS of the largest sample; negative infinity for silence. */
    public static double peakDbfs(float[] audio) {
        float peak = 0;
        for (float x : audio) {
            peak = Math.max(peak, Math.abs(x));
        }
        return Units.gainToDb(peak);
    }

    /** A copy at the RMS level asked for; silence stays silence. */
    public static float[] atRms(float[] audio, double dbfs) {
        double now = rmsDbfs(audio);
        return Double.isInfinite(now) ? audio.clone() : scaled(audio, dbfs - now);
    }

    /** A copy, {@code gainDb} louder. */
    public static float[] scaled(float[] audio, double gainDb) {
        float[] out = audio.clone();
        amplify(out, gainDb);
        return out;
    }

    /** Makes a sound {@code gainDb} louder in place. */
    public static void amplify(float[] audio, double gainDb) {
        float gain = (float) Units.dbToGain(gainDb);
        for (int n = 0; n < audio.length; n++) {
            audio[n] *= gain;
        }
    }

    /** A copy without the digital silence at both ends. */
    public static float[] trimmed(float[] audio) {
        int from = 0;
        int to = audio.length;
        while (from < to && Math.abs(audio[from]) < DIGITAL_SILENCE) {
            from++;
        }
        while (to > from && Math.abs(audio[to - 1]) < DIGITAL_SILENCE) {
            to--;
        }
        return Arrays.copyOfRange(audio, from, to);
    }
}
