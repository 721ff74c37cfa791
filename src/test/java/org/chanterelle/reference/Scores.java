package org.chanterelle.reference;

import java.util.Random;

/** Control sequences that are hard to synthesise: f0, amplitudes and noise magnitudes, control frames first. */
public record Scores(float[] f0Hz, float[][] amplitudes, float[][] magnitudes) {
    /** The same pitch law with harmonics falling as 1/k. */
    private static Scores of(int frames, int harmonics, int bands, Pitch pitch, Pitch level) {
        Random random = new Random(7);
        float[] f0Hz = new float[frames];
        float[][] amplitudes = new float[frames][harmonics];
        float[][] magnitudes = new float[frames][bands];
        for (int i = 0; i < frames; i++) {
            f0Hz[i] = (float) pitch.at(i);
            for (int k = 0; k < harmonics; k++) {
                amplitudes[i][k] = (float) (level.at(i) * 0.2 / (k + 1) * (0.5 + random.nextDouble()));
            }
            for (int b = 0; b < bands; b++) {
                magnitudes[i][b] = (float) (level.at(i) * 0.05 * random.nextDouble());
            }
        }
        return new Scores(f0Hz, amplitudes, magnitudes);
    }

    /** A slow glide over four octaves, up and down, so that all harmonics but the first cross a Nyquist frequency of 8 kHz. */
    public static Scores glide(int frames, int harmonics, int bands) {
        return of(frames, harmonics, bands, i -> 440 * Math.pow(2, 2 * Math.sin(i * 0.05)), i -> 1);
    }

    /** Leaps of up to three octaves from one control frame to the next. */
    public static Scores steps(int frames, int harmonics, int bands) {
        double[] notes = {196, 1568, 220, 233, 659, 3136, 98};
        return of(frames, harmonics, bands, i -> notes[i / 4 % notes.length], i -> 1 + i % 3);
    }

    /** Notes between silences that begin and end in one control frame. */
    public static Scores silences(int frames, int harmonics, int bands) {
        return of(frames, harmonics, bands, i -> 300 + 7 * i, i -> i / 5 % 2);
    }

    /** Vibrato around a pitch whose higher harmonics stand about the Nyquist frequency. */
    public static Scores crossings(int frames, int harmonics, int bands) {
        return of(frames, harmonics, bands, i -> 1000 + 60 * Math.sin(i * 0.3), i -> 1);
    }

    private interface Pitch {
        double at(int frame);
    }
}
