package org.chanterelle.inference;

import org.chanterelle.signal.AudioFeatures;
import org.chanterelle.signal.SynthControls;

/** On the CPU: a {@link VectorTimbreDecoder} for each voice, one after the other, nothing allocated once compiled. */
final class VectorStepDecoder implements StepDecoder {
    private final VectorTimbreDecoder[] decoders;

    VectorStepDecoder(DecoderWeights weights, int voices) {
        decoders = new VectorTimbreDecoder[voices];
        for (int voice = 0; voice < voices; voice++) {
            decoders[voice] = new VectorTimbreDecoder(weights);
        }
    }

    @Override
    public SynthControls newControls() {
        return decoders[0].newControls();
    }

    @Override
    public int stateSize() {
        return decoders[0].stateSize();
    }

    @Override
    public void saveState(int voice, float[] to) {
        decoders[voice].saveState(to);
    }

    @Override
    public void loadState(int voice, float[] from) {
        decoders[voice].loadState(from);
    }

    @Override
    public void step(int count, int[] voices, AudioFeatures[] in, SynthControls[] out) {
        for (int i = 0; i < count; i++) {
            int voice = voices[i];
            decoders[voice].step(in[voice], out[voice]);
        }
    }
}
