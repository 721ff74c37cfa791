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
import org.chanterelle.analysis.spectrum.MelSpectrum;
import org.chanterelle.model.Tensor;
import org.chanterelle.model.vocoder.WaveNetConfig;
import org.chanterelle.model.vocoder.WaveNetNetwork;
import org.chanterelle.signal.MuLaw;
import org.chanterelle.train.Parameters;
import org.chanterelle.train.TileProducts;

/** A step of WaveNet: cross-entropy of each audio frame's code, given the frames before it and the mel spectrogram. */
final class WaveNetStep implements VocoderStep {
    private static final double LN_2 = Math.log(2);
    private static final double LEAST_CYCLES = 0.5;
    private static final double MOST_CYCLES = 32;

    private final NDManager root;
    private final VocoderTrainingConfig config;
    private final WaveNetConfig network;
    private final VocoderData data;
    private final MelSpectrum spectrum = new MelSpectrum();

    WaveNetStep(NDManager root, VocoderTrainingConfig config, VocoderData data) {
        this.root = root;
        this.config = config;
        this.network = config.wavenet();
        this.data = data;
    }

    @Override
    public Parameters initialise(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        network.weightShapes().forEach((name, shape) -> {
            float[] values = new float[(int) Tensor.size(shape)];
            if (name.equals("embed.weight")) {
                fillSmoothly(values, shape[1], 1, random);
            } else if (name.equals("out2.weight")) {
                fillSmoothly(values, shape[1], 1 / Math.sqrt(shape[1]), random);
            } else if (!name.endsWith("bias")) {
                int inputs = name.startsWith("up") ? 2 * shape[0] : values.length / shape[0];
                double bound = Math.sqrt(3.0 / inputs);
                for (int i = 0; i < values.length; i++) {
                    values[i] = (float) (bound * (2 * random.nextDouble() - 1));
                }
            }
            tensors.put(name, new Tensor(shape, values));
        });
        return Parameters.of(tensors);
    }

    /**
     * Codes that are near are told, and scored, nearly alike: each column is a wave over the codes, from half a cycle to 32. With numbers
     * drawn apart for each code the network first has to learn their order, which took it a thousand steps.
     */
    private static void fillSmoothly(float[] values, int columns, double size, SplittableRandom random) {
        for (int column = 0; column < columns; column++) {
            double cycles = LEAST_CYCLES * Math.pow(MOST_CYCLES / LEAST_CYCLES, (double) column / Math.max(1, columns - 1));
            double phase = random.nextDouble();
            for (int code = 0; code < WaveNetConfig.CODES; code++) {
                double angle = 2 * Math.PI * (cycles * code / WaveNetConfig.CODES + phase);
                values[code * columns + column] = (float) (size * Math.sqrt(2) * Math.cos(angle));
            }
        }
    }

    @Override
    public Gradient step(Parameters parameters, double done, SplittableRandom random) {
        List<float[]> crops = new ArrayList<>();
        for (int i = 0; i < config.batch(); i++) {
            crops.add(data.draw(random, length(), config.gainJitterDb()));
        }
        try (NDManager manager = root.newSubManager();
                TileProducts _ = TileProducts.open();
                GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            Map<String, NDArray> weights = parameters.lend(manager, true);
            NDArray loss = loss(manager, weights, crops);
            collector.backward(loss);
            Map<String, float[]> gradients = new LinkedHashMap<>();
            weights.forEach((name, array) -> {
                try (NDArray gradient = array.getGradient()) {
                    gradients.put(name, gradient.toFloatArray());
                }
            });
            return new Gradient(loss.getFloat() / LN_2, gradients);
        }
    }

    private int length() {
        return config.cropRows() * MelSpectrum.HOP_FRAMES;
    }

    /** Mean over the audio frames, in nats. */
    private NDArray loss(NDManager manager, Map<String, NDArray> weights, List<float[]> crops) {
        int length = length();
        float[] codes = new float[crops.size() * length];
        int[] before = new int[codes.length];
        float[] mel = new float[crops.size() * config.cropRows() * MelSpectrum.BANDS];
        for (int c = 0; c < crops.size(); c++) {
            for (int i = 0; i < length; i++) {
                int code = MuLaw.encode(crops.get(c)[i]);
                codes[c * length + i] = code;
                before[c * length + i] = i == 0 ? WaveNetNetwork.SILENCE : (int) codes[c * length + i - 1];
            }
            float[][] rows = spectrum.of(crops.get(c));
            for (int row = 0; row < config.cropRows(); row++) {
                System.arraycopy(rows[row], 0, mel, (c * config.cropRows() + row) * MelSpectrum.BANDS, MelSpectrum.BANDS);
            }
        }
        NDArray logits = new WaveNetNetwork(network, weights).forward(
                manager.create(before, new Shape(crops.size(), length)),
                network.condition() == 0
                        ? null
                        : manager.create(mel, new Shape(crops.size(), config.cropRows(), MelSpectrum.BANDS)));
        NDArray logs = logits.logSoftmax(2);
        NDArray target = manager.create(codes, new Shape(crops.size(), length, 1)).toType(
                ai.djl.ndarray.types.DataType.INT64, false);
        return logs.gather(target, 2).mean().neg();
    }

    @Override
    public double validate(Parameters parameters) {
        List<float[]> crops = data.validCrops(config.validCrops(), length());
        double sum = 0;
        for (float[] crop : crops) {
            try (NDManager manager = root.newSubManager()) {
                sum += loss(manager, parameters.lend(manager, false), List.of(crop)).getFloat();
            }
        }
        return sum / crops.size() / LN_2;
    }

    @Override
    public String measure() {
        return "validation_bits_per_sample";
    }

    /** Rounded to 8 significant bits, which the player packs two in an int; float16 holds them all. */
    @Override
    public Map<String, Tensor> shipped(Parameters parameters) {
        Map<String, Tensor> rounded = new LinkedHashMap<>();
        parameters.tensors().forEach((name, tensor) -> {
            float[] values = tensor.values().clone();
            for (int i = 0; i < values.length; i++) {
                values[i] = WaveNetNetwork.round(values[i]);
            }
            rounded.put(name, new Tensor(tensor.shape(), values));
        });
        return rounded;
    }
}
