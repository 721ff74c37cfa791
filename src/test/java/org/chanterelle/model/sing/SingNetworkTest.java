package org.chanterelle.model.sing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.chanterelle.model.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SingNetworkTest {
    private final SingConfig config = TestSingModels.smallConfig();
    private NDManager manager;
    private Map<String, Tensor> tensors;
    private Map<String, NDArray> weights;

    @BeforeEach
    void lendsWeights() {
        manager = NDManager.newBaseManager();
        Map<String, int[]> shapes = config.weightShapes();
        shapes.putAll(config.encoderShapes());
        tensors = TestSingModels.weights(shapes, 5);
        weights = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> weights.put(name,
                manager.create(tensor.values(), new Shape(IntStream.of(tensor.shape()).asLongStream().toArray()))));
    }

    @AfterEach
    void closes() {
        manager.close();
    }

    @Test
    void stepsOfOneControlFrameEqualOneCallWithAll() {
        SingGenerator generator = new SingGenerator(config, weights);
        SingGenerator.Notes notes = generator.embed(manager, new int[] {0, 2}, new int[] {3, 24}, new int[] {2, 0});
        SingGenerator.Output whole = generator.forward(notes, SingGenerator.times(0, 11), generator.start(manager, 2));
        SingGenerator.State state = generator.start(manager, 2);
        NDList steps = new NDList();
        for (int i = 0; i < 11; i++) {
            SingGenerator.Output step = generator.forward(notes, SingGenerator.times(i, 1), state);
            steps.add(step.representation());
            state = step.state();
        }
        assertClose(NDArrays.concat(steps, 1), whole.representation());
        assertClose(state.cell(), whole.state().cell());
    }

    @Test
    void stretchesOfRepresentationsDecodeToPartsOfTheWhole() {
        NDArray representation = manager.create(noise(2 * 30 * 12, 1), new Shape(2, 30, 12));
        SingDecoder decoder = new SingDecoder(config, weights);
        NDArray whole = decoder.forward(representation);
        assertThat(whole.getShape().getShape()).containsExactly(2, config.outputSamples(30));
        NDArray part = decoder.forward(representation.get(":, 6:26, :"));
        assertClose(part, whole.get(":, " + 6 * 256 + ":" + (6 * 256 + config.outputSamples(20))));
    }

    @Test
    void theDecoderIsAConvolutionTwoRewritesAndATransposedConvolution() {
        int frames = 14;
        float[] input = noise(frames * 12, 2);
        float[] audio = new SingDecoder(config, weights).forward(manager.create(input, new Shape(1, frames, 12))).toFloatArray();
        double[][] hidden = new double[frames - 8][24];
        for (int t = 0; t < hidden.length; t++) {
            for (int c = 0; c < 24; c++) {
                double sum = value("dec.layers.0.bias", c);
                for (int r = 0; r < 12; r++) {
                    for (int k = 0; k < 9; k++) {
                        sum += value("dec.layers.0.weight", (c * 12 + r) * 9 + k) * input[(t + k) * 12 + r];
                    }
                }
                hidden[t][c] = Math.max(0, sum);
            }
            hidden[t] = rewrite("dec.layers.4", rewrite("dec.layers.2", hidden[t]));
        }
        double[] full = new double[(hidden.length - 1) * 256 + 1024];
        for (int t = 0; t < hidden.length; t++) {
            for (int c = 0; c < 24; c++) {
                for (int n = 0; n < 1024; n++) {
                    full[t * 256 + n] += hidden[t][c] * value("dec.layers.6.conv_tr.weight", c * 1024 + n) * window(n);
                }
            }
        }
        assertThat(audio).hasSize(full.length - 2 * 768);
        for (int n = 0; n < audio.length; n++) {
            assertThat((double) audio[n]).isCloseTo(full[768 + n] + value("dec.layers.6.conv_tr.bias", 0), within(1e-4));
        }
    }

    @Test
    void theEncoderIsAConvolutionTwoRewritesAndAProjection() {
        float[] audio = noise(8 * 256, 3);
        float[] output = new SingEncoder(config, weights).forward(manager.create(audio, new Shape(1, audio.length)))
                .toFloatArray();
        assertThat(output).hasSize(5 * 12);
        for (int t = 0; t < 5; t++) {
            double[] hidden = new double[24];
            for (int c = 0; c < 24; c++) {
                double sum = value("enc.layers.0.conv.bias", c);
                for (int n = 0; n < 1024; n++) {
                    sum += value("enc.layers.0.conv.weight", c * 1024 + n) * window(n) * audio[t * 256 + n];
                }
                hidden[c] = Math.max(0, sum);
            }
            hidden = rewrite("enc.layers.4", rewrite("enc.layers.2", hidden));
            for (int r = 0; r < 12; r++) {
                double sum = value("enc.layers.6.bias", r);
                for (int c = 0; c < 24; c++) {
                    sum += value("enc.layers.6.weight", r * 24 + c) * hidden[c];
                }
                assertThat((double) output[t * 12 + r]).isCloseTo(sum, within(1e-4));
            }
        }
    }

    private double[] rewrite(String name, double[] x) {
        double[] y = new double[x.length];
        for (int i = 0; i < y.length; i++) {
            double sum = value(name + ".bias", i);
            for (int j = 0; j < x.length; j++) {
                sum += value(name + ".weight", i * x.length + j) * x[j];
            }
            y[i] = Math.max(0, sum);
        }
        return y;
    }

    private double value(String name, int index) {
        return tensors.get(name).values()[index];
    }

    private static double window(int n) {
        return Math.pow(0.5 - 0.5 * Math.cos(2 * Math.PI * n / 1024), 2);
    }

    private static float[] noise(int length, long seed) {
        Random random = new Random(seed);
        float[] x = new float[length];
        for (int i = 0; i < length; i++) {
            x[i] = (float) random.nextGaussian();
        }
        return x;
    }

    private static void assertClose(NDArray actual, NDArray expected) {
        assertThat(actual.getShape()).isEqualTo(expected.getShape());
        assertThat(actual.toFloatArray()).containsExactly(expected.toFloatArray(), within(1e-4f));
    }
}
