package org.chanterelle.generate;

/** Makes a mel spectrogram sound. Any length, deterministic; one thread at a time. */
public interface Vocoder {
    /**
     * The sound of a mel spectrogram.
     *
     * @param logMel natural logarithms as {@code ddsp.MelSpectrum} gives them, shape (frames, 80), one every 8 ms
     * @return audio at 16 kHz, 128 audio frames for each of the spectrogram's
     */
    float[] of(float[][] logMel);
}
