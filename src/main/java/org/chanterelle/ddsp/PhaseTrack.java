package org.chanterelle.ddsp;

/**
 * Phases from frame to frame as a phase vocoder has them with identity locking (Laroche and Dolson 1999): each spectral peak turns on at
 * its own frequency, and the bins around it keep the phases that the window's main lobe gives them.
 */
public final class PhaseTrack {
    private final int size;
    private final int hop;

    /**
     * @param size window in audio frames
     * @param hop in audio frames
     */
    public PhaseTrack(int size, int hop) {
        this.size = size;
        this.hop = hop;
    }

    /** Advances that follow from the magnitudes alone: each peak's frequency by a parabola through the logarithms. */
    public void advances(float[] magnitudes, float[] advances) {
        double perBin = 2 * Math.PI * hop / size;
        int bins = magnitudes.length;
        for (int k = 0; k < bins; k++) {
            double offset = 0;
            if (k > 0 && k < bins - 1 && isPeak(magnitudes, k)) {
                double below = Math.log(magnitudes[k - 1] + 1e-9);
                double at = Math.log(magnitudes[k] + 1e-9);
                double above = Math.log(magnitudes[k + 1] + 1e-9);
                double curve = below - 2 * at + above;
                offset = curve < 0 ? Math.clamp(0.5 * (below - above) / curve, -0.5, 0.5) : 0;
            }
            advances[k] = (float) (perBin * (k + offset));
        }
    }

    /**
     * The next frame's phases.
     *
     * @param phases those of the frame before, in radians; overwritten
     */
    public void next(float[] magnitudes, float[] advances, float[] phases) {
        int bins = magnitudes.length;
        int from = 0;
        for (int k = 0; k < bins; k++) {
            if (isPeak(magnitudes, k)) {
                int to = k;
                while (to < bins - 1 && magnitudes[to + 1] <= magnitudes[to]) {
                    to++;
                }
                double phase = Math.IEEEremainder((double) phases[k] + advances[k], 2 * Math.PI);
                for (int i = from; i <= to; i++) {
                    phases[i] = (float) (((i - k) & 1) == 0 ? phase : phase - Math.PI);
                }
                from = to + 1;
                k = to;
            }
        }
    }

    private static boolean isPeak(float[] magnitudes, int k) {
        return (k == 0 || magnitudes[k] > magnitudes[k - 1])
                && (k == magnitudes.length - 1 || magnitudes[k] >= magnitudes[k + 1]);
    }
}
