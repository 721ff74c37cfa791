package org.chanterelle.evaluate.synthetic;

import java.util.List;
import java.util.SplittableRandom;
import org.chanterelle.rt.dsp.Resampler;

/**
 * Sings a list of syllables: glottal pulses through five formants, an s and a breath made of noise, a quiet room. Deterministic.
 *
 * <p>Works at four times the rate asked for, so that the edges of the pulses do not alias into what is heard.
 */
public final class FormantSinger {
    /** Pitches are told so often. */
    public static final double TRACK_RATE_HZ = 100;

    private static final int OVERSAMPLING = 4;
    private static final int TUNING_FRAMES = 64;
    private static final double PEAK = 0.7;
    private static final double DRIFT_CENTS = 5;
    private static final double DRIFT_HZ = 1.5;
    private static final double HISS = 0.5;
    private static final double BREATH = 0.03;
    private static final double ROOM = 1.4e-3;
    private static final double ROOM_CUT_HZ = 400;
    private static final double TUNED_ABOVE_F0 = 1.05;
    /** Beyond the vowel's formants the throat goes on resonating as any tube; without these the voice would be muffled. */
    private static final double TUBE_FROM_HZ = 6_000;
    private static final double TUBE_SPACING_HZ = 1_050;
    private static final double TUBE_BANDWIDTH_HZ = 700;

    private final int sampleRateHz;
    private final double rateHz;
    private final SplittableRandom random;
    private final GlottalSource source;
    private final Resonator[] throat = new Resonator[Vowel.BANDWIDTHS_HZ.length];
    private final Resonator[] tube = new Resonator[12];
    private final Resonator[] teeth = new Resonator[2];
    private double drift;
    private double room;
    private double lastRadiated;

    /**
     * What was sung.
     *
     * @param audio mono, its peak at -3 dBFS
     * @param f0Hz pitch at i / {@link #TRACK_RATE_HZ}, exact; 0 where no voice sounds
     */
    public record Performance(float[] audio, float[] f0Hz) {}

    /** A singer at this sample rate; the seed decides the unsteadiness and the noises. */
    public FormantSinger(int sampleRateHz, long seed) {
        this.sampleRateHz = sampleRateHz;
        rateHz = (double) sampleRateHz * OVERSAMPLING;
        random = new SplittableRandom(seed);
        source = new GlottalSource(rateHz, random.split());
        for (int i = 0; i < throat.length; i++) {
            throat[i] = new Resonator(rateHz);
        }
        for (int i = 0; i < tube.length; i++) {
            tube[i] = new Resonator(rateHz);
            tube[i].tune(TUBE_FROM_HZ + i * TUBE_SPACING_HZ, TUBE_BANDWIDTH_HZ);
        }
        for (int i = 0; i < teeth.length; i++) {
            teeth[i] = new Resonator(rateHz);
            teeth[i].tune(6_300 + 2_200 * i, 1_500);
        }
    }

    /** Sings; a singer sings once. */
    public Performance sing(List<Syllable> syllables) {
        Score score = new Score(syllables);
        float[] raw = new float[(int) Math.round(score.seconds() * rateHz)];
        float[] f0Hz = new float[(int) Math.ceil(score.seconds() * TRACK_RATE_HZ)];
        int tracked = 0;
        for (int i = 0; i < raw.length; i++) {
            double seconds = i / rateHz;
            int index = score.indexAt(seconds);
            double pitchHz = unsteady(score.f0Hz(index, seconds));
            if (i % TUNING_FRAMES == 0) {
                tune(score, index, seconds, pitchHz);
            }
            double voice = score.voice(index, seconds);
            raw[i] = (float) sample(score, index, seconds, pitchHz, voice);
            if (tracked < f0Hz.length && seconds >= tracked / TRACK_RATE_HZ) {
                f0Hz[tracked++] = voice > 0 ? (float) pitchHz : 0;
            }
        }
        return new Performance(normalised(Resampler.resample(raw, rateHz, sampleRateHz)), f0Hz);
    }

    private double sample(Score score, int index, double seconds, double pitchHz, double voice) {
        double excitation = BREATH * score.breath(index, seconds) * random.nextGaussian();
        // The folds go on swinging unheard, so that the voice comes back without a click.
        excitation += voice * source.next(pitchHz, score.effortDb(index, seconds));
        for (Resonator formant : throat) {
            excitation = formant.process(excitation);
        }
        for (Resonator resonance : tube) {
            excitation = resonance.process(excitation);
        }
        return excitation + hiss(HISS * score.hiss(index, seconds)) + room();
    }

    /** Noise between the teeth; the difference takes its lows off. */
    private double hiss(double gain) {
        double noise = gain * random.nextGaussian();
        for (Resonator resonator : teeth) {
            noise = resonator.process(noise);
        }
        double out = noise - lastRadiated;
        lastRadiated = noise;
        return out;
    }

    private double room() {
        room += 2 * Math.PI * ROOM_CUT_HZ / rateHz * (random.nextGaussian() - room);
        return ROOM * (room * Math.sqrt(rateHz / ROOM_CUT_HZ) + 0.2 * random.nextGaussian());
    }

    private double unsteady(double hz) {
        double pull = 2 * Math.PI * DRIFT_HZ / rateHz;
        drift += -pull * drift + Math.sqrt(2 * pull) * random.nextGaussian();
        return hz * Math.pow(2, DRIFT_CENTS * drift / 1200);
    }

    private void tune(Score score, int index, double seconds, double pitchHz) {
        for (int i = 0; i < throat.length; i++) {
            double hz = score.formantHz(index, seconds, i);
            // A soprano opens her mouth until the first formant is no lower than the note.
            throat[i].tune(i == 0 ? Math.max(hz, TUNED_ABOVE_F0 * pitchHz) : hz, Vowel.BANDWIDTHS_HZ[i]);
        }
    }

    private static float[] normalised(float[] audio) {
        float peak = 0;
        for (float sample : audio) {
            peak = Math.max(peak, Math.abs(sample));
        }
        for (int i = 0; i < audio.length; i++) {
            audio[i] *= (float) (PEAK / peak);
        }
        return audio;
    }
}
