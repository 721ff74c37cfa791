package org.chanterelle.rt.dsp;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.chanterelle.signal.RealTime;

/**
 * Blocks of white noise, each filtered by the zero-phase FIR of its own band magnitudes; the caller overlap-adds the responses.
 *
 * <p>The filter is the inverse real FFT of the magnitudes (bands evenly spaced from 0 Hz to the model's Nyquist frequency, both
 * included), {@code 2 (bands - 1)} taps at the model's rate under a periodic Hann window. At another device rate it is the same
 * function of time taken at the device's instants, so the magnitudes stay where they are in Hz and nothing lies above the model's
 * Nyquist frequency; the gain {@code sqrt(modelRate / sampleRate)} keeps the spectral density. Sampling the function directly serves
 * every ratio of rates (16,000 to 44,100 too), which a longer FFT would not.
 */
public final class FilteredNoise {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    /** Magnitudes below this (-200 dB) count as silence. */
    private static final float SILENCE = 1e-10f;

    private final int bands;
    private final int halfTaps;
    private final NoiseSource source;

    /** Row b: the response of band b at lags 0 to halfTaps, padded to whole vectors. */
    private final float[] bandResponse;

    private final int rowLength;
    private final float[] lags;
    private final float[] taps;
    private final float[] white;

    /**
     * @param bands magnitudes in a frame, at least 2
     * @param modelRateHz rate at which the magnitudes are defined
     * @param sampleRateHz device rate
     * @param maxBlockFrames longest block that will be asked for
     * @param source the noise
     */
    public FilteredNoise(int bands, double modelRateHz, double sampleRateHz, int maxBlockFrames, NoiseSource source) {
        if (bands < 2) {
            throw new IllegalArgumentException(bands + " noise bands: expected at least 2");
        }
        this.bands = bands;
        this.source = source;
        halfTaps = halfTaps(bands, modelRateHz, sampleRateHz);
        rowLength = (halfTaps + LANES) / LANES * LANES;
        bandResponse = new float[bands * rowLength];
        lags = new float[rowLength];
        taps = new float[2 * halfTaps + 1];
        white = new float[2 * halfTaps + maxBlockFrames + 2 * halfTaps + DirectFir.SLACK];
        design(modelRateHz, sampleRateHz);
    }

    /** Frames by which a response begins before its block and ends after it. */
    public static int halfTaps(int bands, double modelRateHz, double sampleRateHz) {
        return (int) Math.ceil((bands - 1) * sampleRateHz / modelRateHz) - 1;
    }

    private void design(double modelRateHz, double sampleRateHz) {
        int length = 2 * (bands - 1);
        double gain = Math.sqrt(modelRateHz / sampleRateHz) / length;
        for (int b = 0; b < bands; b++) {
            double bandHz = b * modelRateHz / length;
            double weight = b == 0 || b == bands - 1 ? 1 : 2;
            for (int n = 0; n <= halfTaps && bandHz <= sampleRateHz / 2; n++) {
                double angle = 2 * Math.PI * n * modelRateHz / (sampleRateHz * length);
                double window = 0.5 + 0.5 * Math.cos(angle);
                bandResponse[b * rowLength + n] = (float) (gain * weight * window * Math.cos(b * angle));
            }
        }
    }

    /** Frames by which a response begins before its block and ends after it. */
    public int halfTaps() {
        return halfTaps;
    }

    /** Length of {@code response} that {@link #render} needs for a block. */
    public int responseCapacity(int blockFrames) {
        return blockFrames + 2 * halfTaps + DirectFir.SLACK;
    }

    /** Starts the noise again. */
    @RealTime
    public void reset() {
        source.reset();
    }

    /**
     * Draws one block of noise and filters it.
     *
     * @param magnitudes linear, one for each band
     * @param blockFrames length of the block
     * @param response written: {@code blockFrames + 2 halfTaps} frames, the block itself begins at {@code halfTaps}
     * @return whether there is anything to hear; if not, the response is left as it was
     */
    @RealTime
    public boolean render(float[] magnitudes, int blockFrames, float[] response) {
        int lead = 2 * halfTaps;
        source.fill(white, lead, blockFrames);
        if (!filter(magnitudes)) {
            return false;
        }
        Arrays.fill(white, lead + blockFrames, white.length, 0f);
        int frames = blockFrames + lead;
        int tile = DirectFir.SLACK;
        for (int n = 0; n < frames; n += tile) {
            // Taps that would meet only the zeros around the block are left out.
            int first = Math.max(0, n - blockFrames + 1);
            int last = Math.min(taps.length, n + tile);
            DirectFir.fourVectors(taps, first, last, white, lead + n, response, n);
        }
        return true;
    }

    @RealTime
    private boolean filter(float[] magnitudes) {
        Arrays.fill(lags, 0f);
        boolean audible = false;
        for (int b = 0; b < bands; b++) {
            float magnitude = magnitudes[b];
            if (Math.abs(magnitude) < SILENCE) {
                continue;
            }
            audible = true;
            FloatVector weight = FloatVector.broadcast(SPECIES, magnitude);
            for (int n = 0; n < rowLength; n += LANES) {
                FloatVector.fromArray(SPECIES, bandResponse, b * rowLength + n)
                        .fma(weight, FloatVector.fromArray(SPECIES, lags, n))
                        .intoArray(lags, n);
            }
        }
        for (int n = 0; n <= halfTaps; n++) {
            taps[halfTaps + n] = lags[n];
            taps[halfTaps - n] = lags[n];
        }
        return audible;
    }
}
