package org.chanterelle.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.chanterelle.audiofile.AudioClip;
import org.chanterelle.evaluate.synthetic.FormantSinger;
import org.chanterelle.evaluate.synthetic.Syllable;
import org.chanterelle.evaluate.synthetic.Syllable.Onset;
import org.chanterelle.evaluate.synthetic.Vowel;
import org.chanterelle.generate.Transfer;
import org.chanterelle.generate.TransferSettings;
import org.chanterelle.signal.Levels;

/** What the instrument makes of sounds made for the purpose: vowels, consonants, noise, silence. */
final class MadeSounds {
    private static final int RATE_HZ = 48_000;
    private static final double VOWEL_DBFS = -20;
    private static final double VOWEL_S = 1.2;
    private static final double GAP_S = 0.4;
    private static final double[] MIDI_NOTES = {57, 62, 67};
    private static final double[] HISSES_DBFS = {-35, -25, -15};
    private static final double S_S = 0.13;
    private static final double EDGE_S = 0.03;
    private static final long SEED = 1;
    private static final double NOISE_S = 3;

    private final Transfer transfer;
    private final TransferSettings settings;

    MadeSounds(Transfer transfer, TransferSettings settings) {
        this.transfer = transfer;
        this.settings = settings;
    }

    TransferReport.Inputs measure() {
        Spread vowels = Arrays.stream(MIDI_NOTES).mapToObj(this::vowels).reduce(Spread::worse).orElseThrow();
        double noise = Double.NEGATIVE_INFINITY;
        for (float[] sound : noises()) {
            noise = Math.max(noise, Levels.rmsDbfs(played(sound, settings)));
        }
        return new TransferReport.Inputs(
                vowels, finite(hiss()), finite(noise),
                finite(Levels.rmsDbfs(played(new float[(int) (NOISE_S * RATE_HZ)], settings))));
    }

    /** A sung vowel without vibrato, at an RMS level. */
    static float[] vowel(Vowel vowel, double midiNote, double seconds, double dbfs, int rateHz) {
        Syllable note = Syllable.note(Onset.L, vowel, midiNote, seconds, 0);
        return Levels.atRms(new FormantSinger(rateHz, SEED).sing(List.of(note)).audio(), dbfs);
    }

    /** The five vowels in one recording, so that all meet the same level matching. */
    private Spread vowels(double midiNote) {
        List<float[]> sung = new ArrayList<>();
        for (Vowel vowel : Vowel.values()) {
            sung.add(vowel(vowel, midiNote, VOWEL_S, VOWEL_DBFS, RATE_HZ));
            sung.add(silence(GAP_S));
        }
        float[] out = played(joined(sung), settings);
        List<float[]> middles = new ArrayList<>();
        for (int i = 0; i < Vowel.values().length; i++) {
            double startS = i * (VOWEL_S + GAP_S);
            middles.add(Arrays.copyOfRange(out, frame(startS + 0.3), frame(startS + VOWEL_S - 0.15)));
        }
        return Spread.of(middles, RATE_HZ);
    }

    /** Level of the dry output while an s sounds alone, and in the middle of an s between two vowels. */
    private double hiss() {
        TransferSettings dry = settings.withReverb(new TransferSettings.Reverb.None());
        double loudest = Double.NEGATIVE_INFINITY;
        float[] asa = new FormantSinger(RATE_HZ, SEED)
                .sing(List.of(Syllable.note(Onset.LEGATO, Vowel.A, 60, 0.6, 0), Syllable.note(Onset.S, Vowel.A, 60, 0.6, 0)))
                .audio();
        float[] s = Arrays.copyOfRange(asa, frame(0.6), frame(0.6 + S_S));
        for (double dbfs : HISSES_DBFS) {
            float[] alone = joined(List.of(silence(GAP_S), Levels.atRms(s, dbfs), silence(GAP_S)));
            loudest = Math.max(loudest, Levels.rmsDbfs(played(alone, dry)));
            float[] between = played(Levels.scaled(asa, dbfs - Levels.rmsDbfs(s)), dry);
            loudest = Math.max(loudest, Levels.rmsDbfs(between, frame(0.6 + EDGE_S), frame(0.6 + S_S - EDGE_S)));
        }
        return loudest;
    }

    private List<float[]> noises() {
        float[] white = noise(1);
        float[] low = noise(2);
        for (int n = 1; n < low.length; n++) {
            low[n] = 0.995f * low[n - 1] + low[n];
        }
        float[] breath = noise(3);
        for (int n = 1; n < breath.length; n++) {
            double swell = Math.sin(Math.PI * n / breath.length);
            breath[n] = (float) (0.8 * breath[n - 1] + swell * breath[n]);
        }
        return List.of(Levels.atRms(white, -60), Levels.atRms(white, -30), Levels.atRms(low, -35), Levels.atRms(breath, -30));
    }

    private float[] played(float[] sound, TransferSettings how) {
        return transfer.run(AudioClip.mono(sound, RATE_HZ), how.withRateHz(RATE_HZ)).audio().mono();
    }

    private static float[] noise(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] out = new float[frame(NOISE_S)];
        for (int n = 0; n < out.length; n++) {
            out[n] = (float) random.nextGaussian();
        }
        return out;
    }

    private static float[] silence(double seconds) {
        return new float[frame(seconds)];
    }

    private static int frame(double seconds) {
        return (int) Math.round(seconds * RATE_HZ);
    }

    private static float[] joined(List<float[]> parts) {
        float[] out = new float[parts.stream().mapToInt(part -> part.length).sum()];
        int at = 0;
        for (float[] part : parts) {
            System.arraycopy(part, 0, out, at, part.length);
            at += part.length;
        }
        return out;
    }

    private static Double finite(double dbfs) {
        return Double.isFinite(dbfs) ? dbfs : null;
    }
}
