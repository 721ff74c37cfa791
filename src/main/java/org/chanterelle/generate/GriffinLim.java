package org.chanterelle.generate;

import org.chanterelle.analysis.spectrum.MelInverse;
import org.chanterelle.analysis.spectrum.MelSpectrum;
import org.chanterelle.ddsp.PhaseRetrieval;
import org.chanterelle.ddsp.PhaseTrack;
import org.chanterelle.ddsp.SpectrumSource;

/** The vocoder that needs no training: magnitudes by inversion of the mel bands, phases by the fast algorithm of Griffin and Lim. */
public final class GriffinLim implements Vocoder {
    /** More gain little: see docs/decisions/150. */
    public static final int DEFAULT_ITERATIONS = 30;

    private static final double MOMENTUM = 0.99;

    private final PhaseRetrieval retrieval;
    private final PhaseTrack track = new PhaseTrack(MelSpectrum.WINDOW_FRAMES, MelSpectrum.HOP_FRAMES);
    private final MelInverse inverse = new MelInverse(MelSpectrum.bands(), MelInverse.DEFAULT_ITERATIONS);

    /** The default number of iterations. */
    public GriffinLim() {
        this(DEFAULT_ITERATIONS);
    }

    /** @param iterations 0 or more: time against quality */
    public GriffinLim(int iterations) {
        retrieval = new PhaseRetrieval(MelSpectrum.WINDOW_FRAMES, MelSpectrum.HOP_FRAMES, iterations, MOMENTUM);
    }

    @Override
    public float[] of(float[][] logMel) {
        return retrieval.of(new SpectrumSource() {
            @Override
            public int frames() {
                return logMel.length;
            }

            @Override
            public void read(int frame, float[] magnitudes, float[] advances) {
                inverse.apply(logMel[frame], magnitudes);
                track.advances(magnitudes, advances);
            }
        });
    }
}
