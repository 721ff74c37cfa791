package org.chanterelle.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.chanterelle.analysis.spectrum.MelSpectrum;
import org.chanterelle.inference.vocoder.ParallelPlayer;
import org.chanterelle.model.ModelCard;
import org.chanterelle.model.Tensor;
import org.chanterelle.model.vocoder.ParallelConfig;
import org.chanterelle.model.vocoder.ParallelNetwork;
import org.chanterelle.model.vocoder.VocoderCard;
import org.chanterelle.model.vocoder.VocoderFolder;
import org.junit.jupiter.api.Test;

class ParallelVocoderTest {
    private static final ParallelConfig SMALL = new ParallelConfig(20, 36, 2, 5);

    private static Map<String, Tensor> weights(double headScale) {
        SplittableRandom random = new SplittableRandom(2);
        Map<String, Tensor> weights = new LinkedHashMap<>();
        SMALL.weightShapes().forEach((name, shape) -> {
            float[] values = new float[(int) Tensor.size(shape)];
            double scale = name.startsWith("head") ? headScale : 0.2;
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (scale * random.nextGaussian());
            }
            weights.put(name, new Tensor(shape, values));
        });
        return weights;
    }

    private static float[][] mel(int rows) {
        SplittableRandom random = new SplittableRandom(3);
        float[][] mel = new float[rows][MelSpectrum.BANDS];
        for (float[] row : mel) {
            for (int i = 0; i < row.length; i++) {
                row[i] = (float) random.nextDouble(-11, 1);
            }
        }
        return mel;
    }

    private static VocoderFolder model(double headScale) {
        VocoderCard card = new VocoderCard(1, "test", VocoderCard.KIND, "test", "test", SMALL, null,
                new ModelCard.Training("none", 0, 0, 1), List.of(), Map.of());
        return new VocoderFolder(Path.of("test"), card, weights(headScale));
    }

    @Test
    void theNetworkSaysWhatItsTwinInTrainingSays() {
        int rows = 30;
        float[][] mel = mel(rows);
        ParallelPlayer player = new ParallelPlayer(SMALL, weights(0.2), rows);
        player.run(mel, 0, rows);
        float[] logs = new float[ParallelConfig.BINS];
        float[] offsets = new float[ParallelConfig.BINS];
        try (NDManager manager = NDManager.newBaseManager()) {
            Map<String, NDArray> arrays = new HashMap<>();
            weights(0.2).forEach((name, tensor) -> arrays.put(name, manager.create(tensor.values(),
                    new Shape(Arrays.stream(tensor.shape()).asLongStream().toArray()))));
            ParallelNetwork.Spectra out = new ParallelNetwork(SMALL, arrays).forward(
                    manager.create(mel).expandDims(0), manager.zeros(new Shape(1, rows, ParallelConfig.BINS)));
            float[] wantedLogs = out.logMagnitudes().toFloatArray();
            float[] wantedOffsets = out.offsets().toFloatArray();
            for (int row = 0; row < rows; row++) {
                player.read(row, logs, offsets);
                for (int k = 0; k < logs.length; k++) {
                    assertThat(logs[k]).isCloseTo(wantedLogs[row * ParallelConfig.BINS + k], within(1e-4f));
                    assertThat(offsets[k]).isCloseTo(wantedOffsets[row * ParallelConfig.BINS + k], within(1e-4f));
                }
            }
        }
    }

    @Test
    void aRowDoesNotDependOnWhereAStretchBegins() {
        float[][] mel = mel(60);
        ParallelPlayer player = new ParallelPlayer(SMALL, weights(0.2), 60);
        player.run(mel, 0, 60);
        float[][] whole = new float[2][ParallelConfig.BINS];
        player.read(30, whole[0], whole[1]);
        int context = ParallelPlayer.context(SMALL);
        player.run(mel, 30 - context, 31 + context);
        float[][] part = new float[2][ParallelConfig.BINS];
        player.read(context, part[0], part[1]);
        assertThat(part[0]).containsExactly(whole[0]);
        assertThat(part[1]).containsExactly(whole[1]);
    }

    @Test
    void anyLengthIsFiniteAndTheSameEveryTime() {
        ParallelVocoder vocoder = new ParallelVocoder(model(0.01));
        for (int rows : new int[] {0, 1, 17, 300}) {
            float[] sound = vocoder.of(mel(rows));
            assertThat(sound).hasSize(rows * MelSpectrum.HOP_FRAMES);
            for (float v : sound) {
                assertThat(Float.isFinite(v)).isTrue();
            }
            assertThat(new ParallelVocoder(model(0.01)).of(mel(rows))).containsExactly(sound);
        }
    }

    @Test
    void aNetworkThatCorrectsNothingSoundsATone() {
        float[] tone = new float[16_000];
        for (int i = 0; i < tone.length; i++) {
            // On the middle of a bin, as an untrained head believes.
            tone[i] = (float) (0.4 * Math.sin(2 * Math.PI * 500 * i / 16_000));
        }
        float[] sound = new ParallelVocoder(model(0)).of(new MelSpectrum().of(tone));
        // 32 audio frames are one period: the sound repeats.
        double own = 0;
        double later = 0;
        for (int i = 4000; i < 12_000; i++) {
            own += (double) sound[i] * sound[i];
            later += (double) sound[i] * sound[i + 32];
        }
        assertThat(own).isPositive();
        assertThat(later).isGreaterThan(0.8 * own);
    }
}
