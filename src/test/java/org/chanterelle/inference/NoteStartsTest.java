package org.chanterelle.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.chanterelle.model.ModelCard;
import org.chanterelle.model.ModelFolder;
import org.chanterelle.model.TestModels;
import org.chanterelle.model.expression.LoudnessQuantiles;
import org.chanterelle.signal.AudioFeatures;
import org.chanterelle.signal.SynthControls;
import org.junit.jupiter.api.Test;

final class NoteStartsTest {
    private static final LoudnessQuantiles LOUDNESS = new LoudnessQuantiles(0, 1, new float[][] {{-60, -30, -10}});
    private static final int[] VOICE = {0};

    @Test
    void keptNumbersBeginNotesAsComputedOnesDo() {
        ModelFolder model = new ModelFolder(Path.of("test"), TestModels.card(TestModels.smallConfig()),
                TestModels.weights(TestModels.smallConfig(), 1));
        DecoderWeights weights = new DecoderWeights(model);
        ModelCard.PitchRange range = model.card().pitchRange();
        float[][] kept = new float[1][];
        NoteStarts computed = new NoteStarts(weights, range, 0.01, LOUDNESS, (count, compute) -> {
            kept[0] = compute.get();
            assertThat(kept[0]).hasSize(count);
            return kept[0];
        });
        NoteStarts loaded = new NoteStarts(weights, range, 0.01, LOUDNESS, (count, compute) -> kept[0]);
        assertThat(loaded.heads().values()).isEqualTo(computed.heads().values());
        for (int key : new int[] {50, 69, 90}) {
            assertThat(firstControls(weights, loaded, key)).isEqualTo(firstControls(weights, computed, key));
        }
        assertThat(firstControls(weights, loaded, 50)).isNotEqualTo(firstControls(weights, loaded, 69));
    }

    private static float[] firstControls(DecoderWeights weights, NoteStarts starts, int key) {
        StepDecoder decoder = weights.decoder(1);
        AudioFeatures[] in = {new AudioFeatures()};
        SynthControls[] out = {new VectorTimbreDecoder(weights).newControls()};
        starts.begin(decoder, VOICE, key, 90, in, out);
        return out[0].harmonicDistribution.clone();
    }
}
