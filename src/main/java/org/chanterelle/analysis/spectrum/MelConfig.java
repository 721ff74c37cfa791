package org.chanterelle.analysis.spectrum;

/**
 * The conventions of a mel filterbank.
 *
 * @param bands number of triangles
 * @param sampleRateHz rate of the sound
 * @param fftSize transform length, for the frequencies of its bins
 * @param minHz lower end of the first triangle
 * @param maxHz upper end of the last
 * @param scale mel scale that spaces the triangles
 * @param slopes axis on which a triangle's sides are straight
 * @param areaNormalised whether each triangle has area 1 over Hz (Slaney) instead of peak 1
 */
public record MelConfig(
        int bands,
        double sampleRateHz,
        int fftSize,
        double minHz,
        double maxHz,
        MelScale scale,
        Slopes slopes,
        boolean areaNormalised) {
    /** Axis on which a triangle's sides are straight. */
    public enum Slopes {
        /** Straight over Hz: librosa. */
        IN_HZ,
        /** Straight over mel: TensorFlow's linear_to_mel_weight_matrix. */
        IN_MEL
    }

    /** HTK triangles: straight over Hz, peak 1 (librosa with htk and no norm). */
    public static MelConfig htk(int bands, double sampleRateHz, int fftSize, double minHz, double maxHz) {
        return new MelConfig(bands, sampleRateHz, fftSize, minHz, maxHz, MelScale.HTK, Slopes.IN_HZ, false);
    }

    /** Slaney's: area 1 (librosa's default). */
    public static MelConfig slaney(int bands, double sampleRateHz, int fftSize, double minHz, double maxHz) {
        return new MelConfig(bands, sampleRateHz, fftSize, minHz, maxHz, MelScale.SLANEY, Slopes.IN_HZ, true);
    }

    /** TensorFlow's linear_to_mel_weight_matrix. */
    public static MelConfig tensorFlow(int bands, double sampleRateHz, int fftSize, double minHz, double maxHz) {
        return new MelConfig(bands, sampleRateHz, fftSize, minHz, maxHz, MelScale.HTK, Slopes.IN_MEL, false);
    }
}
