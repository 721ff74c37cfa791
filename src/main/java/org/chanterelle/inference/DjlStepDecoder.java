package org.chanterelle.inference;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import org.chanterelle.model.timbre.Normalisation;
import org.chanterelle.model.timbre.TimbreConfig;
import org.chanterelle.model.timbre.TimbreDecoder;
import org.chanterelle.signal.AudioFeatures;
import org.chanterelle.signal.SynthControls;

/**
 * On a device of DJL's: the voices that are due in one forward pass. States stay in Java memory between steps, some kilobytes, so that
 * voices may come and go in any order and a step is one copy to the device and one back. A batch is filled up to the next power of two:
 * a device chooses and keeps its kernels by shape.
 */
final class DjlStepDecoder implements StepDecoder {
    private static final int INPUTS = 3;

    private final DjlNetwork network;
    private final TimbreConfig config;
    private final float[][] states;

    DjlStepDecoder(DjlNetwork network, int voices) {
        this.network = network;
        config = network.config();
        states = new float[voices][config.units()];
    }

    @Override
    public SynthControls newControls() {
        return new SynthControls(config.harmonics(), config.noiseBands());
    }

    @Override
    public int stateSize() {
        return config.units();
    }

    @Override
    public void saveState(int voice, float[] to) {
        System.arraycopy(states[voice], 0, to, 0, config.units());
    }

    @Override
    public void loadState(int voice, float[] from) {
        System.arraycopy(from, 0, states[voice], 0, config.units());
    }

    @Override
    public void step(int count, int[] voices, AudioFeatures[] in, SynthControls[] out) {
        if (count == 0) {
            return;
        }
        int batch = count == 1 ? 1 : Integer.highestOneBit(count - 1) << 1;
        float[] result = forward(batch, pack(batch, count, voices, in));
        for (int i = 0; i < count; i++) {
            int voice = voices[i];
            unpack(result, i, batch, in[voice], out[voice]);
            System.arraycopy(result, batch * controls() + i * config.units(), states[voice], 0, config.units());
        }
    }

    /** All voices' f0, then their pitches, loudnesses and states: parts of it are arrays without gaps. */
    private float[] pack(int batch, int count, int[] voices, AudioFeatures[] in) {
        float[] packed = new float[batch * (INPUTS + config.units())];
        for (int i = 0; i < batch; i++) {
            // What fills the batch up repeats the first voice.
            int voice = voices[i < count ? i : 0];
            packed[i] = in[voice].f0Hz;
            packed[batch + i] = Normalisation.pitchInput(in[voice].f0Hz);
            packed[2 * batch + i] = network.normalisation().loudnessInput(in[voice].loudnessDb);
            System.arraycopy(states[voice], 0, packed, INPUTS * batch + i * config.units(), config.units());
        }
        return packed;
    }

    private float[] forward(int batch, float[] packed) {
        // The scope also closes what operations on the weights leave with the weights' manager.
        try (NDManager step = network.manager.newSubManager(); NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            NDList parts = step.create(packed).split(new long[] {batch, 2L * batch, (long) INPUTS * batch});
            Shape one = new Shape(batch, 1, 1);
            TimbreDecoder.Controls controls = network.network.forward(
                    parts.get(0).reshape(one), parts.get(1).reshape(one), parts.get(2).reshape(one),
                    parts.get(INPUTS).reshape(1, batch, config.units()));
            NDArray all = NDArrays.concat(new NDList(
                    controls.amplitude().flatten(), controls.harmonicDistribution().flatten(),
                    controls.noiseMagnitudes().flatten(), controls.state().flatten()));
            return all.toFloatArray();
        }
    }

    private void unpack(float[] result, int row, int batch, AudioFeatures in, SynthControls out) {
        int harmonics = config.harmonics();
        int bands = config.noiseBands();
        float gain = network.normalisation().gain(in.loudnessDb);
        out.f0Hz = in.f0Hz;
        out.amplitude = result[row] * gain;
        System.arraycopy(result, batch + row * harmonics, out.harmonicDistribution, 0, harmonics);
        int noise = batch * (1 + harmonics) + row * bands;
        for (int band = 0; band < bands; band++) {
            out.noiseMagnitudes[band] = result[noise + band] * gain;
        }
    }

    private int controls() {
        return 1 + config.harmonics() + config.noiseBands();
    }
}
