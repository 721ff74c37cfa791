package org.chanterelle.train.vocoder;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.chanterelle.analysis.spectrum.MelFilterbank;
import org.chanterelle.analysis.spectrum.MelSpectrum;
import org.chanterelle.model.Scaled;
import org.chanterelle.model.Tensor;
import org.chanterelle.model.vocoder.ParallelConfig;
import org.chanterelle.model.vocoder.ParallelNetwork;
import org.chanterelle.model.vocoder.ParallelNetwork.Spectra;
import org.chanterelle.train.Parameters;

/**
 * A step of the parallel vocoder: spectral losses on magnitudes and phase advances, towards the end with the opinion of a
 * {@link Critic}, that learns beside it (hinge loss).
 */
final class ParallelStep implements VocoderStep {
    /** About 108 dB below a sine at full scale. */
    private static final float FLOOR = 1e-3f;

    /** What a constant-Q bin of the lowest octaves hears lies in a few bins, and most of what the mel bands lose: decision 145. */
    private static final double OCTAVES_FROM_BIN = 1;
    private static final float PHASE_WEIGHT = 1f;
    private static final float MEL_WEIGHT = 0.5f;
    private static final float RADIANS_PER_BIN = (float) (2 * Math.PI * MelSpectrum.HOP_FRAMES / MelSpectrum.WINDOW_FRAMES);

    private final NDManager root;
    private final VocoderTrainingConfig config;
    private final VocoderData data;
    private final SpectrumBatch.Maker maker = new SpectrumBatch.Maker();
    private final float[] bank;

    ParallelStep(NDManager root, VocoderTrainingConfig config, VocoderData data) {
        this.root = root;
        this.config = config;
        this.data = data;
        double[][] weights = new MelFilterbank(MelSpectrum.bands()).weights();
        bank = new float[ParallelConfig.BINS * MelSpectrum.BANDS];
        for (int band = 0; band < weights.length; band++) {
            for (int k = 0; k < ParallelConfig.BINS; k++) {
                bank[k * MelSpectrum.BANDS + band] = (float) weights[band][k];
            }
        }
    }

    @Override
    public Parameters initialise(long seed) {
        Map<String, int[]> shapes = config.parallel().weightShapes();
        shapes.putAll(Critic.shapes());
        SplittableRandom random = new SplittableRandom(seed);
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        shapes.forEach((name, shape) -> tensors.put(name, new Tensor(shape, draw(name, shape, random))));
        return Parameters.of(tensors);
    }

    /** Uniform within one over the square root of the inputs; norms neutral; what adds to a residual, and the head, small. */
    private static float[] draw(String name, int[] shape, SplittableRandom random) {
        float[] values = new float[(int) Tensor.size(shape)];
        boolean norm = name.contains("norm") || name.startsWith("final");
        double bound = 1 / Math.sqrt(values.length / (double) shape[0]);
        double scale = name.startsWith("head") || name.contains(".out.") ? 0.1 : 1;
        for (int i = 0; i < values.length; i++) {
            values[i] = norm
                    ? name.endsWith("weight") ? 1f : 0f
                    : name.endsWith("bias") ? 0f : (float) (scale * bound * (2 * random.nextDouble() - 1));
        }
        return values;
    }

    @Override
    public Gradient step(Parameters parameters, double done, SplittableRandom random) {
        List<float[]> crops = new ArrayList<>();
        for (int i = 0; i < config.batch(); i++) {
            crops.add(data.draw(random, SpectrumBatch.length(config.cropRows()), config.gainJitterDb()));
        }
        SpectrumBatch batch = maker.make(crops, config.cropRows());
        boolean adversarial = config.adversarialShare() > 0 && done > 1 - config.adversarialShare();
        Map<String, float[]> gradients = new LinkedHashMap<>();
        Parameters network = parameters.only(name -> !name.startsWith(Critic.PREFIX));
        Parameters critic = parameters.only(name -> name.startsWith(Critic.PREFIX));
        try (NDManager manager = root.newSubManager()) {
            Outcome outcome = network(manager, network, critic, batch, adversarial, gradients);
            if (adversarial) {
                critic(manager, critic, batch, outcome.sound, gradients);
            } else {
                critic.tensors().forEach((name, tensor) -> gradients.put(name, new float[tensor.values().length]));
            }
            return new Gradient(outcome.loss, gradients);
        }
    }

    private record Outcome(double loss, float[] sound) {}

    private Outcome network(NDManager manager, Parameters network, Parameters critic, SpectrumBatch batch, boolean adversarial,
            Map<String, float[]> gradients) {
        try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            Map<String, NDArray> weights = network.lend(manager, true);
            NDArray magnitudes = batch.bins(manager, batch.magnitudes());
            Spectra out = new ParallelNetwork(config.parallel(), weights)
                    .forward(batch.mel(manager), batch.bins(manager, batch.inverted()));
            NDArray spectral = spectral(manager, out, magnitudes, batch);
            NDArray loss = spectral.add(Scaled.by(PHASE_WEIGHT, phase(out, magnitudes, batch.bins(manager, batch.offsets()))));
            if (adversarial) {
                NDArray opinion = new Critic(critic.lend(manager, false)).judge(logs(out));
                loss = loss.sub(Scaled.by((float) config.adversarialWeight(), opinion.mean()));
            }
            collector.backward(loss);
            collect(weights, gradients);
            return new Outcome(spectral.getFloat(), logs(out).toFloatArray());
        }
    }

    private void critic(NDManager manager, Parameters critic, SpectrumBatch batch, float[] sound,
            Map<String, float[]> gradients) {
        try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            Map<String, NDArray> weights = critic.lend(manager, true);
            Critic judge = new Critic(weights);
            NDArray truth = judge.judge(batch.bins(manager, batch.magnitudes()).add(FLOOR).log());
            NDArray made = judge.judge(batch.bins(manager, sound));
            NDArray zero = manager.create(0f);
            collector.backward(truth.neg().add(1f).maximum(zero).mean().add(made.add(1f).maximum(zero).mean()));
            collect(weights, gradients);
        }
    }

    private static void collect(Map<String, NDArray> weights, Map<String, float[]> gradients) {
        weights.forEach((name, array) -> {
            try (NDArray gradient = array.getGradient()) {
                gradients.put(name, gradient.toFloatArray());
            }
        });
    }

    private static NDArray logs(Spectra out) {
        return out.logMagnitudes().exp().add(FLOOR).log();
    }

    /**
     * Distance of logarithms, spectral convergence (Arık, Jun and Diamos 2019) of each bin over time, and distance of the mel bands'
     * logarithms.
     */
    private NDArray spectral(NDManager manager, Spectra out, NDArray magnitudes, SpectrumBatch batch) {
        NDArray sound = out.logMagnitudes().exp();
        NDArray perBin = weights(manager);
        NDArray logs = sound.add(FLOOR).log().sub(magnitudes.add(FLOOR).log()).abs().mul(perBin).mean();
        int[] time = {1};
        NDArray difference = sound.sub(magnitudes).square().sum(time).add(1e-6f).sqrt();
        NDArray convergence = difference.div(magnitudes.square().sum(time).add(1e-2f).sqrt()).mul(perBin).mean();
        NDArray filters = manager.create(bank, new Shape(ParallelConfig.BINS, MelSpectrum.BANDS));
        NDArray mel = sound.matMul(filters).add(MelSpectrum.FLOOR_MAGNITUDE).log().sub(batch.mel(manager)).abs().mean();
        return logs.add(convergence).add(Scaled.by(MEL_WEIGHT, mel));
    }

    /** An octave counts about as much as another, from 30 Hz up; mean 1. */
    private static NDArray weights(NDManager manager) {
        float[] weights = new float[ParallelConfig.BINS];
        double sum = 0;
        for (int k = 0; k < weights.length; k++) {
            sum += 1.0 / (k + OCTAVES_FROM_BIN);
        }
        for (int k = 0; k < weights.length; k++) {
            weights[k] = (float) (weights.length / (k + OCTAVES_FROM_BIN) / sum);
        }
        return manager.create(weights);
    }

    /** 1 - cosine of the error, weighted in each bin by the magnitudes: where there is nothing no phase matters. */
    private static NDArray phase(Spectra out, NDArray magnitudes, NDArray offsets) {
        NDArray error = Scaled.by(RADIANS_PER_BIN, out.offsets()).sub(offsets);
        int[] time = {1};
        NDArray perBin = error.cos().neg().add(1f).mul(magnitudes).sum(time).div(magnitudes.sum(time).add(1e-2f));
        return perBin.mul(weights(magnitudes.getManager())).mean();
    }

    @Override
    public double validate(Parameters parameters) {
        Parameters network = parameters.only(name -> !name.startsWith(Critic.PREFIX));
        List<float[]> crops = data.validCrops(config.validCrops(), SpectrumBatch.length(config.cropRows()));
        double sum = 0;
        for (float[] crop : crops) {
            SpectrumBatch batch = maker.make(List.of(crop), config.cropRows());
            try (NDManager manager = root.newSubManager()) {
                Spectra out = new ParallelNetwork(config.parallel(), network.lend(manager, false))
                        .forward(batch.mel(manager), batch.bins(manager, batch.inverted()));
                NDArray magnitudes = batch.bins(manager, batch.magnitudes());
                sum += spectral(manager, out, magnitudes, batch)
                        .add(Scaled.by(PHASE_WEIGHT, phase(out, magnitudes, batch.bins(manager, batch.offsets())))).getFloat();
            }
        }
        return sum / crops.size();
    }

    @Override
    public String measure() {
        return "validation_spectral_loss";
    }

    @Override
    public Map<String, Tensor> shipped(Parameters parameters) {
        return parameters.only(name -> !name.startsWith(Critic.PREFIX)).tensors();
    }
}
