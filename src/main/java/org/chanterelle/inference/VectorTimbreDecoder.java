package org.chanterelle.inference;

import java.util.Arrays;
import org.chanterelle.model.timbre.Normalisation;
import org.chanterelle.model.timbre.TimbreConfig;
import org.chanterelle.signal.AudioFeatures;
import org.chanterelle.signal.SynthControls;

/**
 * The timbre model's decoder for playing: one control frame a step, the recurrent state kept inside, nothing allocated once compiled.
 * The live twin of {@code model.timbre.TimbreDecoder}, equal to it within 1e-5. One voice, one thread.
 */
public final class VectorTimbreDecoder {
    private static final float SILENCE = 1e-9f;

    private final DecoderWeights weights;
    private final TimbreConfig config;
    private final float[] pitch = new float[1];
    private final float[] loudness = new float[1];
    private final float[] pitchFeatures;
    private final float[] loudnessFeatures;
    private final float[] scratch;
    private final float[] hidden;
    private final float[] gruInput;
    private final Gru.State state;
    private final float[] outInput;
    private final float[] heads;

    /** A voice of the model, in its initial state. */
    public VectorTimbreDecoder(DecoderWeights weights) {
        this.weights = weights;
        config = weights.config;
        int padded = Linear.padded(config.units());
        pitchFeatures = new float[padded];
        loudnessFeatures = new float[padded];
        scratch = new float[padded];
        hidden = new float[padded];
        state = new Gru.State(config.units());
        gruInput = new float[2 * config.units()];
        outInput = new float[config.outInputs()];
        heads = new float[Linear.padded(config.harmonics() + 1 + config.noiseBands())];
    }

    /** Slots of this model's shape. */
    public SynthControls newControls() {
        return new SynthControls(config.harmonics(), config.noiseBands());
    }

    /** Forgets all that was played. */
    public void reset() {
        Arrays.fill(state.hidden, 0f);
    }

    /** Number of values that {@link #saveState} needs. */
    public int stateSize() {
        return config.units();
    }

    /** Copies the recurrent state out. */
    public void saveState(float[] to) {
        System.arraycopy(state.hidden, 0, to, 0, config.units());
    }

    /** Goes on from a saved state. */
    public void loadState(float[] from) {
        System.arraycopy(from, 0, state.hidden, 0, config.units());
    }

    /**
     * Takes one step. Loudness beyond the training set's 5th to 95th percentile reaches the network clamped, and the rest multiplies
     * amplitude and noise as plain gain.
     *
     * @param in pitch in Hz, greater than 0, and loudness in dB; voicing and confidence are not looked at
     * @param out slots from {@link #newControls()}
     */
    public void step(AudioFeatures in, SynthControls out) {
        pitch[0] = Normalisation.pitchInput(in.f0Hz);
        loudness[0] = weights.normalisation.loudnessInput(in.loudnessDb);
        weights.pitchMlp.apply(pitch, scratch, pitchFeatures);
        weights.loudnessMlp.apply(loudness, scratch, loudnessFeatures);
        int units = config.units();
        System.arraycopy(pitchFeatures, 0, gruInput, 0, units);
        System.arraycopy(loudnessFeatures, 0, gruInput, units, units);
        weights.gru.apply(gruInput, state);
        joinOutInput();
        weights.outMlp.apply(outInput, scratch, hidden);
        weights.heads.apply(hidden, heads);
        Activations.control(heads, heads.length);
        writeControls(in.f0Hz, weights.normalisation.gain(in.loudnessDb), out);
    }

    private void joinOutInput() {
        int units = config.units();
        if (config.skip() == TimbreConfig.Skip.FEATURES) {
            System.arraycopy(gruInput, 0, outInput, 0, 2 * units);
            System.arraycopy(state.hidden, 0, outInput, 2 * units, units);
        } else {
            System.arraycopy(state.hidden, 0, outInput, 0, units);
            outInput[units] = pitch[0];
            outInput[units + 1] = loudness[0];
        }
    }

    private void writeControls(float f0Hz, float gain, SynthControls out) {
        out.f0Hz = f0Hz;
        int harmonics = config.harmonics();
        out.amplitude = heads[harmonics] * gain;
        double nyquistHz = config.sampleRateHz() / 2.0;
        float sum = SILENCE;
        for (int k = 0; k < harmonics; k++) {
            float share = f0Hz * (k + 1) < nyquistHz ? heads[k] : 0f;
            out.harmonicDistribution[k] = share;
            sum += share;
        }
        float scale = 1f / sum;
        for (int k = 0; k < harmonics; k++) {
            out.harmonicDistribution[k] *= scale;
        }
        for (int band = 0; band < config.noiseBands(); band++) {
            out.noiseMagnitudes[band] = heads[harmonics + 1 + band] * gain;
        }
    }
}
