package org.chanterelle.generate.mel2mel;

import java.util.List;
import org.chanterelle.analysis.spectrum.MelSpectrum;
import org.chanterelle.generate.Vocoder;
import org.chanterelle.signal.UserError;

/** Parts of a score into one sound. One thread at a time. */
public final class ScoreRenderer {
    /** What rings on after the last note. */
    private static final double TAIL_S = 2;

    private static final double FADE_OUT_S = 0.5;
    private static final double MAX_SECONDS = 2 * 3600;
    private static final float FULL = 0.99f;

    /** Most of the time goes to the vocoder. */
    private static final double PREDICTION_SHARE = 0.2;

    private final Mel2MelPredictor predictor;
    private final Vocoder vocoder;

    /** Hears how far it is. */
    @FunctionalInterface
    public interface Listener {
        /** A share, 0 to 1, is done. */
        void progress(double share, String doing);
    }

    /**
     * A rendered score.
     *
     * @param audio at 16 kHz, never beyond full scale
     * @param mels the spectrogram of each part, shape (frames, 80)
     * @param reductionDb by which all was lowered to stay within full scale; 0 or more
     */
    public record Rendering(float[] audio, List<float[][]> mels, double reductionDb) {}

    /** Renders with a model and a vocoder. */
    public ScoreRenderer(Mel2MelPredictor predictor, Vocoder vocoder) {
        this.predictor = predictor;
        this.vocoder = vocoder;
    }

    /**
     * Renders all parts and adds them up.
     *
     * @param gain linear
     * @throws UserError when they last longer than two hours
     */
    public Rendering render(List<ScorePart> parts, double gain, WindowStore store, Listener listener) {
        int tail = (int) (TAIL_S * MelSpectrum.SAMPLE_RATE_HZ / MelSpectrum.HOP_FRAMES);
        int frames = tail + parts.stream().mapToInt(part -> part.roll().frames()).max().orElse(0);
        if ((double) frames * MelSpectrum.HOP_FRAMES / MelSpectrum.SAMPLE_RATE_HZ > MAX_SECONDS) {
            throw new UserError("the score lasts longer than two hours. Split it");
        }
        float[] sum = new float[frames * MelSpectrum.HOP_FRAMES];
        List<float[][]> mels = new java.util.ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            ScorePart part = parts.get(i);
            double before = (double) i / parts.size();
            double share = 1.0 / parts.size();
            float[][] mel = predictor.of(part.roll(), part.timbre(), frames, store, "mel-" + i,
                    done -> listener.progress(before + share * PREDICTION_SHARE * done, part.name() + ", spectrogram"));
            mels.add(mel);
            listener.progress(before + share * PREDICTION_SHARE, part.name() + ", sound");
            add(sum, sound(mel, sum.length, store, "sound-" + i));
        }
        fadeOut(sum);
        return scaled(sum, mels, gain);
    }

    private float[] sound(float[][] mel, int length, WindowStore store, String name) {
        float[] sound = store.load(name, length);
        if (sound == null) {
            sound = vocoder.of(mel);
            store.save(name, sound);
        }
        return sound;
    }

    private static void add(float[] sum, float[] sound) {
        for (int n = 0; n < Math.min(sum.length, sound.length); n++) {
            sum[n] += sound[n];
        }
    }

    /** What still sounds at the end must not break off. */
    private static void fadeOut(float[] sum) {
        int length = Math.min(sum.length, (int) (FADE_OUT_S * MelSpectrum.SAMPLE_RATE_HZ));
        for (int i = 0; i < length; i++) {
            sum[sum.length - 1 - i] *= (float) i / length;
        }
    }

    private static Rendering scaled(float[] sum, List<float[][]> mels, double gain) {
        float peak = 0;
        for (float sample : sum) {
            peak = Math.max(peak, Math.abs(sample));
        }
        double reduction = Math.max(1, gain * peak / FULL);
        for (int n = 0; n < sum.length; n++) {
            sum[n] *= (float) (gain / reduction);
        }
        return new Rendering(sum, mels, 20 * Math.log10(reduction));
    }
}
