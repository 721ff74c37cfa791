package org.chanterelle.ddsp;

/** Magnitudes, frame by frame, of a sound that is still to be found. Frames may be asked for more than once. */
public interface SpectrumSource {
    /** How many frames there are. */
    int frames();

    /**
     * Writes one frame.
     *
     * @param magnitudes of the one-sided spectrum, unscaled, at least 0; written
     * @param advances by how many radians each bin's phase has moved on since the frame before; written
     */
    void read(int frame, float[] magnitudes, float[] advances);
}
