package org.chanterelle.model.timbre;

import java.util.LinkedHashMap;
import java.util.Map;
import org.chanterelle.model.ModelConfig;

/**
 * Size and conventions of a timbre model.
 *
 * @param units width of the MLPs and the GRU
 * @param harmonics number of harmonics
 * @param noiseBands noise magnitudes, evenly spaced from 0 to Nyquist, both included
 * @param sampleRateHz rate it was trained at: 16000, 32000, 44100 or 48000
 * @param controlRateHz control frames a second
 * @param reverbTaps length of a learned impulse response in frames at the model's rate; 0 for none
 * @param rooms number of learned impulse responses
 * @param noiseBias added to the noise head before its non-linearity, so that an untrained model is quiet
 * @param skip what the last MLP sees beside the GRU
 */
public record TimbreConfig(
        int units,
        int harmonics,
        int noiseBands,
        int sampleRateHz,
        double controlRateHz,
        int reverbTaps,
        int rooms,
        float noiseBias,
        Skip skip)
        implements ModelConfig {

    /** Layers of each MLP. */
    public static final int MLP_LAYERS = 3;

    /** Decay rate in nepers a second of the envelope over every learned impulse response. */
    public static final double REVERB_DECAY_PER_SECOND = 4.0;

    /** What the last MLP sees beside the GRU's output. */
    public enum Skip {
        /** The outputs of the two input MLPs, as the course and magenta have it. */
        FEATURES,
        /** The two raw inputs, as ddsp_pytorch has it. */
        INPUTS
    }

    @Override
    public String kind() {
        return "timbre";
    }

    /** Width of the last MLP's input. */
    public int outInputs() {
        return skip == Skip.FEATURES ? 3 * units : units + 2;
    }

    @Override
    public Map<String, int[]> weightShapes() {
        Map<String, int[]> shapes = new LinkedHashMap<>();
        addMlp(shapes, "mlp_f0", 1);
        addMlp(shapes, "mlp_loudness", 1);
        shapes.put("gru.weight_ih_l0", new int[] {3 * units, 2 * units});
        shapes.put("gru.weight_hh_l0", new int[] {3 * units, units});
        shapes.put("gru.bias_ih_l0", new int[] {3 * units});
        shapes.put("gru.bias_hh_l0", new int[] {3 * units});
        addMlp(shapes, "mlp_out", outInputs());
        addLinear(shapes, "head_harmonics", units, harmonics);
        addLinear(shapes, "head_amplitude", units, 1);
        addLinear(shapes, "head_noise", units, noiseBands);
        if (reverbTaps > 0) {
            shapes.put("reverb", new int[] {rooms, reverbTaps});
        }
        return shapes;
    }

    private void addMlp(Map<String, int[]> shapes, String name, int inputs) {
        for (int layer = 0; layer < MLP_LAYERS; layer++) {
            addLinear(shapes, name + "." + 3 * layer, layer == 0 ? inputs : units, units);
            shapes.put(name + "." + (3 * layer + 1) + ".weight", new int[] {units});
            shapes.put(name + "." + (3 * layer + 1) + ".bias", new int[] {units});
        }
    }

    private static void addLinear(Map<String, int[]> shapes, String name, int inputs, int outputs) {
        shapes.put(name + ".weight", new int[] {outputs, inputs});
        shapes.put(name + ".bias", new int[] {outputs});
    }
}
