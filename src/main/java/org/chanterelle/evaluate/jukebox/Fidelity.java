package org.chanterelle.evaluate.jukebox;

import java.util.List;
import org.chanterelle.ddsp.SpectralDistance;
import org.chanterelle.evaluate.ThirdOctaves;

/**
 * What came back of excerpts.
 *
 * @param convergenceDb 20 log10 of the mean over excerpts of the distance of magnitudes relative to the true ones (FFT 2,048, hop 256, window
 *        1,536); excerpts under -60 dB left out
 * @param highLossDb mean over excerpts of what the level between 4 kHz and the band's end is lower than the true one; NaN where there is no
 *        such band
 */
public record Fidelity(double convergenceDb, double highLossDb) {
    private static final double SILENT_RMS = 1e-3;
    private static final double HIGH_HZ = 4000;

    /** Levels of a band that hold next to nothing say nothing. */
    private static final double QUIETEST_BAND_DB = -90;

    /** Of excerpts of one length that is at least 4,096 audio frames, and their renderings. */
    static Fidelity of(List<float[]> wanted, List<float[]> sounds, int rateHz) {
        SpectralDistance measure = SpectralDistance.jukebox();
        double convergence = 0;
        double loss = 0;
        int heard = 0;
        int high = 0;
        for (int i = 0; i < wanted.size(); i++) {
            float[] truth = wanted.get(i);
            float[] sound = sounds.get(i);
            if (rms(truth) < SILENT_RMS) {
                continue;
            }
            convergence += measure.apply(sound, truth, 0, truth.length, 0, null) / measure.norm(truth, 0, truth.length);
            heard++;
            double level = rateHz > 2 * HIGH_HZ ? ThirdOctaves.levelDb(truth, rateHz, HIGH_HZ, rateHz / 2.0) : -999;
            if (level > QUIETEST_BAND_DB) {
                loss += level - ThirdOctaves.levelDb(sound, rateHz, HIGH_HZ, rateHz / 2.0);
                high++;
            }
        }
        return new Fidelity(heard == 0 ? Double.NaN : 20 * Math.log10(convergence / heard), high == 0 ? Double.NaN : loss / high);
    }

    private static double rms(float[] audio) {
        double sum = 0;
        for (float sample : audio) {
            sum += (double) sample * sample;
        }
        return Math.sqrt(sum / audio.length);
    }
}
