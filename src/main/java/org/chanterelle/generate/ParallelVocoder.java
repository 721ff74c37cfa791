package org.chanterelle.generate;

import java.util.Arrays;
import org.chanterelle.analysis.spectrum.MelInverse;
import org.chanterelle.analysis.spectrum.MelSpectrum;
import org.chanterelle.ddsp.PhaseRetrieval;
import org.chanterelle.ddsp.SpectrumSource;
import org.chanterelle.inference.vocoder.ParallelPlayer;
import org.chanterelle.model.vocoder.ParallelConfig;
import org.chanterelle.model.vocoder.VocoderFolder;

/**
 * The parallel neural vocoder: the network says magnitudes and how fast phases turn, the phases are summed up and brought into line with
 * a few iterations of Griffin's and Lim's algorithm, and the inverse STFT makes audio.
 */
public final class ParallelVocoder implements Vocoder {
    /** Enough where the phases begin well. */
    public static final int DEFAULT_ITERATIONS = 10;

    private static final double MOMENTUM = 0.99;
    private static final int STRETCH = 256;
    private static final int KEPT = 8;
    private static final double RADIANS_PER_BIN = 2 * Math.PI * MelSpectrum.HOP_FRAMES / MelSpectrum.WINDOW_FRAMES;

    private final ParallelPlayer player;
    private final int context;
    private final MelInverse inverse = new MelInverse(MelSpectrum.bands(), MelInverse.DEFAULT_ITERATIONS);
    private final PhaseRetrieval retrieval;

    /** With a model's weights. */
    public ParallelVocoder(VocoderFolder model) {
        this(model, DEFAULT_ITERATIONS);
    }

    /** @param iterations that bring the phases into line, 0 or more */
    public ParallelVocoder(VocoderFolder model, int iterations) {
        ParallelConfig config = model.card().parallel();
        context = ParallelPlayer.context(config);
        player = new ParallelPlayer(config, model.weights(), STRETCH + 2 * context);
        retrieval = new PhaseRetrieval(MelSpectrum.WINDOW_FRAMES, MelSpectrum.HOP_FRAMES, iterations, MOMENTUM);
    }

    @Override
    public float[] of(float[][] logMel) {
        return retrieval.of(new Spectra(logMel));
    }

    /** Spectra by the stretch, the last few kept: the retrieval asks for some twice. */
    private final class Spectra implements SpectrumSource {
        private final float[][] logMel;
        private final int[] held = new int[KEPT];
        private final float[][][] magnitudes = new float[KEPT][STRETCH][ParallelConfig.BINS];
        private final float[][][] advances = new float[KEPT][STRETCH][ParallelConfig.BINS];

        Spectra(float[][] logMel) {
            this.logMel = logMel;
            Arrays.fill(held, -1);
        }

        @Override
        public int frames() {
            return logMel.length;
        }

        @Override
        public void read(int frame, float[] magnitude, float[] advance) {
            int stretch = frame / STRETCH;
            int slot = stretch % KEPT;
            if (held[slot] != stretch) {
                fill(stretch, slot);
                held[slot] = stretch;
            }
            System.arraycopy(magnitudes[slot][frame % STRETCH], 0, magnitude, 0, magnitude.length);
            System.arraycopy(advances[slot][frame % STRETCH], 0, advance, 0, advance.length);
        }

        private void fill(int stretch, int slot) {
            int first = stretch * STRETCH;
            int last = Math.min(logMel.length, first + STRETCH);
            int from = Math.max(0, first - context);
            player.run(logMel, from, Math.min(logMel.length, last + context));
            for (int row = first; row < last; row++) {
                float[] inverted = new float[ParallelConfig.BINS];
                inverse.apply(logMel[row], inverted);
                float[] magnitude = magnitudes[slot][row - first];
                float[] advance = advances[slot][row - first];
                player.read(row - from, magnitude, advance);
                for (int k = 0; k < magnitude.length; k++) {
                    magnitude[k] = (float) ((inverted[k] + MelSpectrum.FLOOR_MAGNITUDE) * Math.exp(Math.min(magnitude[k], 20f)));
                    advance[k] = (float) (RADIANS_PER_BIN * (k + advance[k]));
                }
            }
        }
    }
}
