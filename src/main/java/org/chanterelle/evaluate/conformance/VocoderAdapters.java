package org.chanterelle.evaluate.conformance;

import java.util.LinkedHashMap;
import java.util.Map;
import org.chanterelle.inference.Linear;
import org.chanterelle.inference.vocoder.WaveNetStack;
import org.chanterelle.model.Tensor;
import org.chanterelle.model.vocoder.WaveNetConfig;
import org.chanterelle.signal.MuLaw;

/** Parts of the vocoders with published weights and conventions. */
final class VocoderAdapters {
    private VocoderAdapters() {}

    static Map<String, NpyArray> muLaw(VectorCase vector) {
        float[] x = vector.in("x").floats();
        double[] codes = new double[x.length];
        double[] decoded = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            int code = MuLaw.encode(x[i]);
            codes[i] = code;
            decoded[i] = MuLaw.decode(code);
        }
        return Map.of("codes", NpyArray.vector(codes), "decoded", NpyArray.vector(decoded));
    }

    static Map<String, NpyArray> waveNet(VectorCase vector) {
        Map<String, Tensor> weights = new LinkedHashMap<>();
        vector.arrays().forEach(
                (name, array) -> weights.put(name.replace("__", "."), new Tensor(array.shape(), array.floats())));
        Tensor x = weights.remove("x");
        Tensor condition = weights.remove("cond");
        int channels = vector.integer("channels");
        int width = condition.shape()[1];
        int length = x.shape()[2];
        int layers = vector.integer("layers");
        WaveNetStack stack = new WaveNetStack(
                new WaveNetConfig(layers, layers, channels, vector.integer("skip"), width), weights);
        float[] residual = new float[channels * length];
        float[] logits = new float[WaveNetConfig.CODES * length];
        float[] scores = new float[Linear.padded(WaveNetConfig.CODES)];
        float[] conditions = new float[stack.conditionStride()];
        for (int t = 0; t < length; t++) {
            stack.condition(column(condition, t), new int[1], 1, conditions, Linear.newScratch());
            stack.step(column(x, t), 0, conditions, 0, scores);
            put(stack.residual(), residual, channels, length, t);
            put(scores, logits, WaveNetConfig.CODES, length, t);
        }
        return Map.of(
                "residual", NpyArray.of(new int[] {1, channels, length}, residual),
                "logits", NpyArray.of(new int[] {1, WaveNetConfig.CODES, length}, logits));
    }

    /** Values of one frame of an array (1, channels, length). */
    private static float[] column(Tensor tensor, int t) {
        float[] column = new float[tensor.shape()[1]];
        for (int i = 0; i < column.length; i++) {
            column[i] = tensor.values()[i * tensor.shape()[2] + t];
        }
        return column;
    }

    private static void put(float[] column, float[] to, int rows, int length, int t) {
        for (int i = 0; i < rows; i++) {
            to[i * length + t] = column[i];
        }
    }
}
