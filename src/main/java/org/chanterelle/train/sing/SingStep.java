package org.chanterelle.train.sing;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.LinkedHashMap;
import java.util.Map;
import org.chanterelle.ddsp.LogPowerLoss;
import org.chanterelle.model.sing.SingCarriers;
import org.chanterelle.model.sing.SingConfig;
import org.chanterelle.model.sing.SingDecoder;
import org.chanterelle.model.sing.SingEncoder;
import org.chanterelle.model.sing.SingGenerator;
import org.chanterelle.train.Parameters;
import org.chanterelle.train.sing.SingNotes.Symbols;
import org.chanterelle.train.sing.SingTrainingConfig.Loss;

/** One batch through the network: loss and gradient, or sound. Everything it makes on the engine is gone when it returns. */
final class SingStep {
    private final NDManager root;
    private final SingConfig config;
    private final Loss loss;
    private final SingCarriers carriers;
    private final LogPowerLoss spectral = new LogPowerLoss();

    SingStep(NDManager root, SingConfig config, Loss loss) {
        this.root = root;
        this.config = config;
        this.loss = loss;
        carriers = config.carriers() ? new SingCarriers(config) : null;
    }

    /** Loss and its gradient by parameter name. */
    record Gradient(double loss, Map<String, float[]> gradients) {}

    /** The generator's memory between stretches of a batch; empty at the beginning. */
    static final class Memory {
        private float[] hidden;
        private float[] cell;
    }

    /**
     * First stage.
     *
     * @param audio clip after clip, each a whole number of strides
     */
    Gradient autoencoder(Parameters learned, float[] audio, int clips) {
        try (NDManager manager = root.newSubManager();
                GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            Map<String, NDArray> weights = learned.lend(manager, true);
            NDArray input = manager.create(audio, new Shape(clips, audio.length / clips));
            NDArray output = new SingDecoder(config, weights).forward(new SingEncoder(config, weights).forward(input));
            return compare(collector, weights, output, wanted(audio, clips));
        }
    }

    /** What the decoder can give back of its input: all but the ends. */
    private float[] wanted(float[] audio, int clips) {
        int length = audio.length / clips;
        int kept = length - 2 * config.strip();
        float[] wanted = new float[clips * kept];
        for (int clip = 0; clip < clips; clip++) {
            System.arraycopy(audio, clip * length + config.strip(), wanted, clip * kept, kept);
        }
        return wanted;
    }

    /** The graph is cut before the loss, which plain Java has faster: what follows is handed its gradient. */
    private Gradient compare(GradientCollector collector, Map<String, NDArray> weights, NDArray output, float[] wanted) {
        float[] sound = output.toFloatArray();
        float[] bySound = new float[sound.length];
        double value = loss == Loss.WAVEFORM
                ? squares(sound, wanted, bySound)
                : spectral.apply(sound, wanted, (int) output.getShape().get(0), bySound);
        collector.backward(output.mul(output.getManager().create(bySound, output.getShape())).sum());
        return new Gradient(value, collect(weights));
    }

    private static double squares(float[] sound, float[] wanted, float[] gradient) {
        double sum = 0;
        for (int i = 0; i < sound.length; i++) {
            float difference = sound[i] - wanted[i];
            sum += (double) difference * difference;
            gradient[i] = 2f * difference / sound.length;
        }
        return sum / sound.length;
    }

    private static Map<String, float[]> collect(Map<String, NDArray> weights) {
        Map<String, float[]> gradients = new LinkedHashMap<>();
        weights.forEach((name, array) -> gradients.put(name, array.getGradient().toFloatArray()));
        return gradients;
    }

    /** Representations of whole notes by the encoder, note after note, control frame after control frame. */
    float[] encode(Parameters encoder, float[] audio, int clips) {
        try (NDManager manager = root.newSubManager()) {
            NDArray input = manager.create(audio, new Shape(clips, audio.length / clips));
            return new SingEncoder(config, encoder.lend(manager, false)).forward(input).toFloatArray();
        }
    }

    /**
     * Second stage: one stretch of a batch.
     *
     * @param representations of the whole notes, by {@link #encode}
     * @param memory what the stretch before has left; left for the one after
     */
    Gradient sequence(Parameters learned, Symbols notes, float[] representations, int first, int count, Memory memory) {
        try (NDManager manager = root.newSubManager();
                GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            Map<String, NDArray> weights = learned.lend(manager, true);
            SingGenerator generator = new SingGenerator(config, weights, carriers);
            SingGenerator.Output output = generator.forward(embed(generator, manager, notes), SingGenerator.times(first, count),
                    state(generator, manager, notes, memory));
            keep(memory, output);
            NDArray wanted = manager.create(
                    stretch(representations, notes.size(), first, count), output.representation().getShape());
            NDArray value = output.representation().sub(wanted).square().mean();
            collector.backward(value);
            return new Gradient(value.getFloat(), collect(weights));
        }
    }

    private static SingGenerator.Notes embed(SingGenerator generator, NDManager manager, Symbols notes) {
        return generator.embed(manager, notes.instruments(), notes.pitches(), notes.velocities());
    }

    private float[] stretch(float[] representations, int clips, int first, int count) {
        int width = config.representation();
        float[] some = new float[clips * count * width];
        for (int clip = 0; clip < clips; clip++) {
            System.arraycopy(
                    representations, (clip * config.frames() + first) * width, some, clip * count * width, count * width);
        }
        return some;
    }

    /**
     * Third stage; the second with carriers.
     *
     * @param learned the generator's weights, and the decoder's unless they are held
     * @param held the decoder's weights if they are not learned now
     * @param audio whole notes with their padding
     * @param first first control frame that is decoded
     * @param count how many are
     * @param back control frames before the first that the gradient goes back through
     */
    Gradient endToEnd(Parameters learned, Parameters held, Symbols notes, float[] audio, int first, int count, int back) {
        int begin = Math.max(0, first - back);
        Memory memory = remember(learned, notes, begin);
        try (NDManager manager = root.newSubManager();
                GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            Map<String, NDArray> weights = learned.lend(manager, true);
            Map<String, NDArray> all = held.lend(manager, false);
            all.putAll(weights);
            SingGenerator generator = new SingGenerator(config, all, carriers);
            NDArray representation = generator.forward(embed(generator, manager, notes),
                    SingGenerator.times(begin, first + count - begin), state(generator, manager, notes, memory)).representation();
            NDArray some = representation.get(new NDIndex(":, {}:, :", first - begin));
            NDArray output = new SingDecoder(config, all).forward(some);
            return compare(collector, weights, output, wanted(crop(audio, notes.size(), first, count), notes.size()));
        }
    }

    /** What the generator remembers of a note's first control frames. */
    private Memory remember(Parameters learned, Symbols notes, int frames) {
        Memory memory = new Memory();
        if (frames > 0) {
            try (NDManager manager = root.newSubManager()) {
                SingGenerator generator = new SingGenerator(config, learned.lend(manager, false), carriers);
                keep(memory, generator.forward(embed(generator, manager, notes), SingGenerator.times(0, frames),
                        generator.start(manager, notes.size())));
            }
        }
        return memory;
    }

    private static void keep(Memory memory, SingGenerator.Output output) {
        memory.hidden = output.state().hidden().toFloatArray();
        memory.cell = output.state().cell().toFloatArray();
    }

    private SingGenerator.State state(SingGenerator generator, NDManager manager, Symbols notes, Memory memory) {
        Shape shape = new Shape(config.lstmLayers(), notes.size(), config.lstmUnits());
        return memory.hidden == null
                ? generator.start(manager, notes.size())
                : new SingGenerator.State(manager.create(memory.hidden, shape), manager.create(memory.cell, shape));
    }

    private NDArray generate(Map<String, NDArray> weights, NDManager manager, Symbols notes) {
        SingGenerator generator = new SingGenerator(config, weights, carriers);
        return generator.forward(
                embed(generator, manager, notes), SingGenerator.times(0, config.frames()), generator.start(manager, notes.size()))
                .representation();
    }

    /** The audio that so many control frames of the encoder see. */
    float[] crop(float[] audio, int clips, int first, int count) {
        int length = audio.length / clips;
        int kept = (count - 1) * config.stride() + config.kernel();
        float[] crop = new float[clips * kept];
        for (int clip = 0; clip < clips; clip++) {
            System.arraycopy(audio, clip * length + first * config.stride(), crop, clip * kept, kept);
        }
        return crop;
    }

    /** Sound of the autoencoder, without gradient, clip after clip. */
    float[] reconstruct(Parameters parameters, float[] audio, int clips) {
        try (NDManager manager = root.newSubManager()) {
            Map<String, NDArray> weights = parameters.lend(manager, false);
            NDArray input = manager.create(audio, new Shape(clips, audio.length / clips));
            return new SingDecoder(config, weights).forward(new SingEncoder(config, weights).forward(input)).toFloatArray();
        }
    }

    /** Sound of the whole network, without gradient, note after note. */
    float[] render(Parameters parameters, Symbols notes) {
        try (NDManager manager = root.newSubManager()) {
            Map<String, NDArray> weights = parameters.lend(manager, false);
            return new SingDecoder(config, weights).forward(generate(weights, manager, notes)).toFloatArray();
        }
    }

    /** Spectral loss of sound against what the decoder should make of padded notes, whatever the training compares. */
    double validate(float[] sound, float[] audio, int clips) {
        return spectral.apply(sound, wanted(audio, clips), clips, null);
    }
}
