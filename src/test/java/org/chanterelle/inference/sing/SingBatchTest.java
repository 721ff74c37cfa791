package org.chanterelle.inference.sing;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.chanterelle.model.Tensor;
import org.chanterelle.model.sing.SingCard;
import org.chanterelle.model.sing.SingConfig;
import org.chanterelle.model.sing.SingDecoder;
import org.chanterelle.model.sing.SingFolder;
import org.chanterelle.model.sing.SingGenerator;
import org.chanterelle.model.sing.TestSingModels;
import org.junit.jupiter.api.Test;

class SingBatchTest {
    private static final float TOLERANCE = 1e-5f;

    private final SingConfig config = TestSingModels.smallConfig();
    private final Map<String, Tensor> tensors = TestSingModels.weights(config.weightShapes(), 7);
    private final SingWeights weights = new SingWeights(config, tensors);

    @Test
    void soundsAsTheTrainedNetworkDoes() {
        float[][] notes = SingBatch.notes(weights, new int[] {0, 2}, new int[] {48, 71}, new double[] {80, 120});
        float[][] expected = trained(config, tensors, new int[] {0, 2}, new int[] {0, 23}, new int[] {1, 2});
        assertThat(notes[0]).hasSize(config.noteSamples());
        assertClose(notes[0], expected[0]);
        assertClose(notes[1], expected[1]);
    }

    @Test
    void withoutTimeEmbeddingAndWithOddSizesItDoesToo() {
        SingConfig odd = new SingConfig(16000, 64, 192, 5, 37, 11, 300, 19, 1, 3, 3, 1, 0, false, 60, 0.1, List.of("a"), 60, 61,
                List.of(99));
        Map<String, Tensor> own = TestSingModels.weights(odd.weightShapes(), 8);
        float[] note = SingBatch.notes(new SingWeights(odd, own), new int[] {0}, new int[] {61}, new double[] {99})[0];
        assertClose(note, trained(odd, own, new int[] {0}, new int[] {1}, new int[] {0})[0]);
    }

    @Test
    void withCarriersItDoesToo() {
        SingConfig carried = new SingConfig(16000, 256, 1024, 9, 24, 40, 2304, 20, 2, 6, 4, 2, 4, true, 265, 3.0, List.of("a"),
                40, 80,
                List.of(99));
        Map<String, Tensor> own = TestSingModels.weights(carried.weightShapes(), 9);
        float[] note = SingBatch.notes(new SingWeights(carried, own), new int[] {0}, new int[] {57}, new double[] {99})[0];
        assertClose(note, trained(carried, own, new int[] {0}, new int[] {17}, new int[] {0})[0]);
    }

    @Test
    void aPitchIsAsLoudAsTheCardTells() {
        SingCard card = TestSingModels.card(config);
        List<SingCard.Instrument> louder = card.instruments().stream()
                .map(i -> i.withLevels(java.util.Collections.nCopies(config.pitches(), 6.0))).toList();
        SingFolder model = new SingFolder(null, card.withInstruments(louder), tensors);
        float[] plain = SingBatch.notes(weights, new int[] {1}, new int[] {60}, new double[] {100})[0];
        float[] raised = SingBatch.notes(new SingWeights(model), new int[] {1}, new int[] {60}, new double[] {100})[0];
        float gain = (float) Math.pow(10, 6 / 20.0);
        for (int n = 0; n < plain.length; n++) {
            plain[n] *= gain;
        }
        assertClose(raised, plain);
    }

    @Test
    void aNoteIsTheSameInWhateverRunsItIsMade() {
        float[] whole = SingBatch.notes(weights, new int[] {1}, new int[] {60}, new double[] {100})[0];
        for (int chunk : new int[] {1, 2, 3, 7, 50}) {
            assertThat(inRuns(chunk)).as("runs of %s", chunk).isEqualTo(whole);
        }
    }

    @Test
    void aNoteIsTheSameWhateverSoundsBesideIt() {
        float[] alone = SingBatch.notes(weights, new int[] {1}, new int[] {60}, new double[] {100})[0];
        SingBatch batch = new SingBatch(weights, 3, 8);
        float[] audio = new float[config.noteSamples()];
        Random random = new Random(4);
        batch.begin(1, 1, 60, 100, audio);
        for (int i = 0; batch.framesOf(1) < config.frames(); i++) {
            if (i % 20 == 0) {
                batch.begin(0, 0, 50 + i % 12, 40, new float[config.noteSamples()]);
                batch.begin(2, 2, 72 - i % 12, 120, new float[config.noteSamples()]);
            }
            batch.run(3, new int[] {0, 1, 2}, new int[] {random.nextInt(9), random.nextInt(9), random.nextInt(9)});
        }
        assertThat(audio).isEqualTo(alone);
    }

    @Test
    void theFirstSamplesNeedFewControlFrames() {
        SingBatch batch = new SingBatch(weights, 1, 20);
        batch.begin(0, 0, 60, 80, new float[config.noteSamples()]);
        assertThat(weights.framesFor(1)).isEqualTo(14);
        batch.run(1, new int[] {0}, new int[] {13});
        assertThat(batch.samplesOf(0)).isZero();
        batch.run(1, new int[] {0}, new int[] {1});
        assertThat(batch.samplesOf(0)).isEqualTo(config.stride());
        assertThat(weights.framesFor(config.stride() + 1)).isEqualTo(15);
    }

    @Test
    void theWholeNoteEndsWithTheModelsFrames() {
        SingBatch batch = new SingBatch(weights, 1, 8);
        batch.begin(0, 0, 60, 80, new float[config.noteSamples()]);
        for (int i = 0; i < 100; i++) {
            batch.run(1, new int[] {0}, new int[] {8});
        }
        assertThat(batch.framesOf(0)).isEqualTo(config.frames());
        assertThat(batch.samplesOf(0)).isEqualTo(config.noteSamples());
    }

    @Test
    void betweenTwoVelocitiesAndTwoInstrumentsItIsNeither() {
        float[] soft = SingBatch.notes(weights, new int[] {1}, new int[] {60}, new double[] {40})[0];
        float[] between = SingBatch.notes(weights, new int[] {1}, new int[] {60}, new double[] {55})[0];
        float[] hard = SingBatch.notes(weights, new int[] {1}, new int[] {60}, new double[] {80})[0];
        assertThat(distance(soft, between)).isPositive().isLessThan(distance(soft, hard));
        assertThat(SingBatch.notes(weights, new int[] {1}, new int[] {60}, new double[] {1})[0]).isEqualTo(soft);
        assertThat(distance(morphed(0f), morphed(0.3f))).isPositive().isLessThan(distance(morphed(0f), morphed(1f)));
        float[] other = SingBatch.notes(weights, new int[] {2}, new int[] {60}, new double[] {80})[0];
        assertThat(morphed(1f)).isEqualTo(other);
    }

    private float[] morphed(float share) {
        SingBatch batch = new SingBatch(weights, 1, 8);
        float[] audio = new float[config.noteSamples()];
        batch.begin(0, 0, 60, 80, audio);
        while (batch.framesOf(0) < config.frames()) {
            batch.setInstrument(0, 0, 2, share);
            batch.run(1, new int[] {0}, new int[] {8});
        }
        return audio;
    }

    private float[] inRuns(int chunk) {
        SingBatch batch = new SingBatch(weights, 1, chunk);
        float[] audio = new float[config.noteSamples()];
        batch.begin(0, 1, 60, 100, audio);
        while (batch.framesOf(0) < config.frames()) {
            batch.run(1, new int[] {0}, new int[] {chunk});
        }
        return audio;
    }

    private static double distance(float[] a, float[] b) {
        return IntStream.range(0, a.length).mapToDouble(i -> (a[i] - b[i]) * (a[i] - b[i])).sum();
    }

    private static void assertClose(float[] got, float[] expected) {
        assertThat(got).hasSameSizeAs(expected);
        double peak = IntStream.range(0, expected.length).mapToDouble(i -> Math.abs(expected[i])).max().orElseThrow();
        assertThat(peak).isGreaterThan(1e-3);
        for (int i = 0; i < got.length; i++) {
            assertThat(Math.abs(got[i] - expected[i])).as("sample %s", i).isLessThan(TOLERANCE);
        }
    }

    /** Rows of the tables, not pitches or velocities. */
    private static float[][] trained(SingConfig config, Map<String, Tensor> tensors, int[] instruments, int[] pitches,
            int[] velocities) {
        try (NDManager manager = NDManager.newBaseManager()) {
            Map<String, NDArray> arrays = new LinkedHashMap<>();
            tensors.forEach((name, tensor) -> arrays.put(name,
                    manager.create(tensor.values(), new Shape(IntStream.of(tensor.shape()).asLongStream().toArray()))));
            SingGenerator generator = new SingGenerator(config, arrays);
            SingGenerator.Notes notes = generator.embed(manager, instruments, pitches, velocities);
            NDArray representation = generator
                    .forward(notes, SingGenerator.times(0, config.frames()), generator.start(manager, instruments.length))
                    .representation();
            float[] flat = new SingDecoder(config, arrays).forward(representation).toFloatArray();
            int length = flat.length / instruments.length;
            return IntStream.range(0, instruments.length).mapToObj(i -> Arrays.copyOfRange(
                    flat, i * length + config.leadSamples(), i * length + config.leadSamples() + config.noteSamples()))
                    .toArray(float[][]::new);
        }
    }
}
