package org.chanterelle.evaluate.conformance;

import java.util.Arrays;
import java.util.Map;
import org.chanterelle.analysis.LoudnessDefinition;
import org.chanterelle.analysis.LoudnessMeter;
import org.chanterelle.analysis.spectrum.LogMel;
import org.chanterelle.analysis.spectrum.MelConfig;
import org.chanterelle.analysis.spectrum.MelFilterbank;
import org.chanterelle.analysis.spectrum.Stft;
import org.chanterelle.analysis.spectrum.StftConfig;

/** Spectra, mel bands and loudness. */
final class SpectrumAdapters {
    private SpectrumAdapters() {}

    static Map<String, NpyArray> aWeighting(VectorCase vector) {
        return Map.of("db", NpyArray.vector(LoudnessMeter.aWeightingDb(vector.number("sr"), vector.integer("n_fft"))));
    }

    static Map<String, NpyArray> magnitudes(VectorCase vector) {
        Stft stft = new Stft(StftConfig.centred(vector.integer("n_fft"), vector.integer("hop")));
        return Map.of("mag", NpyArray.matrix(stft.magnitudes(vector.audio("audio"))).transposed());
    }

    static Map<String, NpyArray> melFilterbanks(VectorCase vector) {
        int bands = vector.integer("n_mels");
        double rateHz = vector.number("sr");
        int fftSize = vector.integer("n_fft");
        double minHz = vector.number("fmin");
        double maxHz = vector.number("fmax");
        return Map.of(
                "htk_triangles", bank(MelConfig.htk(bands, rateHz, fftSize, minHz, maxHz)),
                "slaney", bank(MelConfig.slaney(bands, rateHz, fftSize, minHz, maxHz)),
                "tf_linear_to_mel", bank(MelConfig.tensorFlow(bands, rateHz, fftSize, minHz, maxHz)));
    }

    static Map<String, NpyArray> logMel(VectorCase vector) {
        int fftSize = vector.integer("n_fft");
        LogMel logMel = new LogMel(
                StftConfig.centred(fftSize, vector.integer("hop")),
                MelConfig.slaney(vector.integer("n_mels"), vector.number("sr"), fftSize, vector.number("fmin"),
                        vector.number("fmax")),
                LogMel.Quantity.MAGNITUDE,
                vector.number("log_floor"));
        return Map.of("logmel", NpyArray.matrix(logMel.of(vector.audio("audio"))).transposed());
    }

    static Map<String, NpyArray> loudnessMagenta(VectorCase vector) {
        int hop = (int) Math.round(vector.number("sr") / vector.number("frame_rate"));
        return Map.of("loudness_db", NpyArray.vector(loudness(LoudnessDefinition.MAGENTA, vector, hop)));
    }

    static Map<String, NpyArray> loudnessAcids(VectorCase vector) {
        float[] all = loudness(LoudnessDefinition.ACIDS, vector, vector.integer("block"));
        return Map.of("loudness", NpyArray.vector(Arrays.copyOf(all, all.length - 1)));
    }

    static Map<String, NpyArray> loudnessTorchcrepe(VectorCase vector) {
        return Map.of("loudness_db", NpyArray.vector(loudness(LoudnessDefinition.TORCHCREPE, vector, vector.integer("hop"))));
    }

    private static float[] loudness(LoudnessDefinition definition, VectorCase vector, int hop) {
        return LoudnessMeter.published(definition, vector.number("sr"), vector.integer("n_fft")).measure(vector.audio("audio"),
                hop);
    }

    private static NpyArray bank(MelConfig config) {
        return NpyArray.matrix(new MelFilterbank(config).weights());
    }
}
