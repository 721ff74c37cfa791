package org.chanterelle.analysis.spectrum;

/** Natural logarithm of a mel spectrogram, floored before the logarithm. Not thread-safe. */
public final class LogMel {
    /** What the mel bands sum. */
    public enum Quantity {
        /** Magnitudes, as in Tacotron 2. */
        MAGNITUDE,
        /** Squared magnitudes, as in MFCCs. */
        POWER
    }

    private final Stft stft;
    private final MelFilterbank bank;
    private final int bands;
    private final Quantity quantity;
    private final double floor;

    /** Combines a transform, a filterbank for its size and a floor (linear, greater than 0). */
    public LogMel(StftConfig stft, MelConfig mel, Quantity quantity, double floor) {
        if (stft.fftSize() != mel.fftSize()) {
            throw new IllegalArgumentException("transform of " + stft.fftSize() + " with a filterbank for " + mel.fftSize());
        }
        this.stft = new Stft(stft);
        this.bank = new MelFilterbank(mel);
        this.bands = mel.bands();
        this.quantity = quantity;
        this.floor = floor;
    }

    /** {@code ln(max(mel, floor))}, shape (windows, bands). */
    public double[][] of(float[] audio) {
        float[][] spectra = quantity == Quantity.POWER ? stft.powers(audio) : stft.magnitudes(audio);
        double[][] out = new double[spectra.length][bands];
        for (int i = 0; i < out.length; i++) {
            bank.apply(spectra[i], out[i]);
            for (int band = 0; band < bands; band++) {
                out[i][band] = Math.log(Math.max(out[i][band], floor));
            }
        }
        return out;
    }
}
