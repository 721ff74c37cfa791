package org.chanterelle.analysis;

/** Published definitions of frame loudness; all A-weight a Hann-windowed spectrum, then average over its bins. */
public enum LoudnessDefinition {
    /**
     * {@code ddsp.spectral_ops.compute_loudness} (magenta): 10 log10 of the mean over bins of {@code |S|^2 10^(A/10)}, floored at
     * -80 dB.
     */
    MAGENTA,

    /** {@code extract_loudness} of ddsp_pytorch (acids): mean over bins of {@code ln(|S| + 1e-7) + A}. */
    ACIDS,

    /**
     * {@code torchcrepe.loudness.a_weighted}: mean over bins of {@code max(20 log10 |S| + A - 20, -100)}, magnitudes at most 80 dB
     * below the loudest bin of the clip.
     */
    TORCHCREPE
}
