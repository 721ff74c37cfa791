package org.chanterelle.train.sing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.chanterelle.model.Tensor;
import org.chanterelle.model.sing.SingConfig;
import org.chanterelle.train.Parameters;
import org.chanterelle.train.sing.SingNotes.Symbols;
import org.chanterelle.train.sing.SingTrainingConfig.Loss;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SingStepTest {
    private static final Parameters NONE = Parameters.of(java.util.Map.of());
    private static final SingConfig CONFIG = new SingConfig(16000, 256, 1024, 9, 10, 6, 2304, 7, 2, 3, 2, 2, 2, false, 40, 0.2,
            List.of("a", "b"), 60, 62, List.of(50, 100));
    private static final Symbols NOTES = new Symbols(new int[] {1, 0}, new int[] {2, 0}, new int[] {0, 1});

    private NDManager manager;
    private Parameters weights;
    private float[] audio;

    @BeforeEach
    void prepares() {
        manager = NDManager.newBaseManager();
        weights = SingWeights.initialise(CONFIG, 3);
        // Louder than fresh ones: of a silent network the loss says little.
        for (String name : List.of("dec.layers.6.conv_tr.weight", "dec.layers.0.weight", "enc.layers.0.conv.weight",
                "enc.layers.6.weight")) {
            float[] values = weights.tensors().get(name).values();
            for (int i = 0; i < values.length; i++) {
                values[i] *= 5;
            }
        }
        Random random = new Random(4);
        int length = CONFIG.noteSamples() + 2 * CONFIG.padding();
        audio = new float[2 * length];
        for (int i = 0; i < audio.length; i++) {
            audio[i] = (float) (0.3 * Math.sin(0.05 * i) + 0.1 * random.nextGaussian());
        }
    }

    @AfterEach
    void closes() {
        manager.close();
    }

    /** Along each tensor's gradient the loss rises by the gradient's length. */
    private static void assertGradient(Parameters learned, Function<Parameters, SingStep.Gradient> step, double tolerance) {
        SingStep.Gradient gradient = step.apply(learned);
        assertThat(gradient.gradients().keySet()).isEqualTo(learned.tensors().keySet());
        gradient.gradients().forEach((name, g) -> {
            double squares = 0;
            for (float value : g) {
                squares += (double) value * value;
            }
            double norm = Math.sqrt(squares);
            assertThat(norm).as(name).isPositive();
            double epsilon = 0.003;
            double up = step.apply(moved(learned, name, g, epsilon / norm)).loss();
            double down = step.apply(moved(learned, name, g, -epsilon / norm)).loss();
            double slope = (up - down) / (2 * epsilon);
            assertThat(slope).as(name).isCloseTo(norm, within(tolerance * norm + 1e-5 * gradient.loss()));
        });
    }

    private static Parameters moved(Parameters parameters, String name, float[] direction, double by) {
        Map<String, Tensor> tensors = new LinkedHashMap<>(parameters.tensors());
        float[] values = tensors.get(name).values().clone();
        for (int i = 0; i < values.length; i++) {
            values[i] += (float) (by * direction[i]);
        }
        tensors.put(name, new Tensor(tensors.get(name).shape(), values));
        return Parameters.of(tensors);
    }

    @Test
    void theAutoencodersGradientIsThatOfFiniteDifferences() {
        Parameters learned = weights.only(SingStage.AUTOENCODER::learns);
        SingStep waveform = new SingStep(manager, CONFIG, Loss.WAVEFORM);
        assertGradient(learned, p -> waveform.autoencoder(p, audio, 2), 0.05);
        SingStep spectral = new SingStep(manager, CONFIG, Loss.SPECTRAL);
        assertGradient(learned, p -> spectral.autoencoder(p, audio, 2), 0.1);
    }

    @Test
    void theGeneratorsGradientIsThatOfFiniteDifferences() {
        Parameters learned = weights.only(SingStage.SEQUENCE::learns);
        SingStep step = new SingStep(manager, CONFIG, Loss.SPECTRAL);
        float[] wanted = step.encode(weights.only(SingStage.AUTOENCODER::learns), audio, 2);
        assertThat(wanted).hasSize(2 * 40 * 6);
        assertGradient(learned, p -> step.sequence(p, NOTES, wanted, 0, 40, new SingStep.Memory()), 0.03);
    }

    @Test
    void endToEndTheGradientIsThatOfFiniteDifferences() {
        Parameters learned = weights.only(SingStage.END_TO_END::learns);
        SingStep step = new SingStep(manager, CONFIG, Loss.WAVEFORM);
        assertGradient(learned, p -> step.endToEnd(p, NONE, NOTES, audio, 0, 40, 40), 0.05);
    }

    @Test
    void stretchesWithMemoryGoOnWhereTheOneBeforeEnded() {
        Parameters learned = weights.only(SingStage.SEQUENCE::learns);
        SingStep step = new SingStep(manager, CONFIG, Loss.SPECTRAL);
        float[] wanted = step.encode(weights.only(SingStage.AUTOENCODER::learns), audio, 2);
        double whole = step.sequence(learned, NOTES, wanted, 0, 40, new SingStep.Memory()).loss();
        SingStep.Memory memory = new SingStep.Memory();
        double parts = 0;
        for (int first = 0; first < 40; first += 16) {
            int count = Math.min(16, 40 - first);
            parts += count * step.sequence(learned, NOTES, wanted, first, count, memory).loss();
        }
        assertThat(parts / 40).isCloseTo(whole, within(1e-5 * whole));
    }

    @Test
    void partsOfANoteHaveTheLossOfTheirAudio() {
        Parameters learned = weights.only(SingStage.END_TO_END::learns);
        SingStep step = new SingStep(manager, CONFIG, Loss.WAVEFORM);
        float[] sound = step.render(learned, NOTES);
        int kept = CONFIG.outputSamples(20);
        int length = sound.length / 2;
        int padded = audio.length / 2;
        double sum = 0;
        for (int clip = 0; clip < 2; clip++) {
            for (int n = 0; n < kept; n++) {
                double wanted = audio[clip * padded + CONFIG.strip() + 5 * 256 + n];
                sum += Math.pow(sound[clip * length + 5 * 256 + n] - wanted, 2);
            }
        }
        assertThat(step.endToEnd(learned, NONE, NOTES, audio, 5, 20, 3).loss()).isCloseTo(sum / (2 * kept), within(1e-5));
    }

    @Test
    void asALappedTransformItGivesBackLowTonesUntrained() {
        SingConfig config = new SingConfig(16000, 256, 1024, 9, 272, 128, 2304, 7, 1, 3, 2, 2, 2, false, 60, 0.2, List.of("a"),
                60, 62,
                List.of(50));
        Parameters fresh = SingWeights.initialise(config, 3);
        LappedTransform.lay(config, fresh, 3);
        float[] tone = new float[config.noteSamples() + 2 * config.padding()];
        for (int n = 0; n < tone.length; n++) {
            tone[n] = (float) (0.5 * Math.sin(2 * Math.PI * 440 * n / 16000) + 0.2 * Math.sin(2 * Math.PI * 3210 * n / 16000));
        }
        float[] sound = new SingStep(manager, config, Loss.WAVEFORM).reconstruct(fresh, tone, 1);
        double signal = 0;
        double error = 0;
        for (int n = 0; n < sound.length; n++) {
            double wanted = tone[config.strip() + n];
            signal += wanted * wanted;
            error += (sound[n] - wanted) * (sound[n] - wanted);
        }
        assertThat(10 * Math.log10(signal / error)).isGreaterThan(15);
    }

    @Test
    void nothingOfAStepStaysOnTheEngine() {
        SingStep step = new SingStep(manager, CONFIG, Loss.SPECTRAL);
        Parameters learned = weights.only(SingStage.END_TO_END::learns);
        step.endToEnd(learned, NONE, NOTES, audio, 0, 20, 40);
        int before = manager.getManagedArrays().size();
        for (int i = 0; i < 20; i++) {
            step.endToEnd(learned, NONE, NOTES, audio, 0, 20, 40);
            step.render(learned, NOTES);
        }
        assertThat(manager.getManagedArrays()).hasSize(before);
    }
}
