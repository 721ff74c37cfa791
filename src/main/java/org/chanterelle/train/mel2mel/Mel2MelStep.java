package org.chanterelle.train.mel2mel;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.LinkedHashMap;
import java.util.Map;
import org.chanterelle.analysis.spectrum.MelSpectrum;
import org.chanterelle.model.mel2mel.Mel2MelBlock;
import org.chanterelle.model.mel2mel.Mel2MelConfig;
import org.chanterelle.model.mel2mel.PianoRoll;
import org.chanterelle.train.Parameters;

/** One batch through the network. Everything it makes on the engine is gone when it returns. */
final class Mel2MelStep {
    private final NDManager root;
    private final Mel2MelConfig config;
    private final Mel2MelLoss loss;
    private final Mel2MelData.Bands bands;

    Mel2MelStep(NDManager root, Mel2MelConfig config, Mel2MelLoss loss, Mel2MelData.Bands bands) {
        this.root = root;
        this.config = config;
        this.loss = loss;
        this.bands = bands;
    }

    /** Loss and its gradient by parameter name. */
    record Gradient(double loss, Map<String, float[]> gradients) {}

    Gradient gradient(Parameters learned, Mel2MelData.Batch batch) {
        try (NDManager manager = root.newSubManager();
                GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            Map<String, NDArray> weights = learned.lend(manager, true);
            NDArray value = loss.of(predict(manager, weights, batch), wanted(manager, batch));
            collector.backward(value);
            Map<String, float[]> gradients = new LinkedHashMap<>();
            weights.forEach((name, array) -> gradients.put(name, array.getGradient().toFloatArray()));
            return new Gradient(value.getFloat(), gradients);
        }
    }

    /** The loss, and the root mean square of the difference of logarithms, whatever the loss. */
    double[] validate(Parameters parameters, Mel2MelData.Batch batch) {
        try (NDManager manager = root.newSubManager()) {
            NDArray predicted = predict(manager, parameters.lend(manager, false), batch);
            NDArray wanted = wanted(manager, batch);
            return new double[] {
                    loss.of(predicted, wanted).getFloat(), Mel2MelLoss.LOG_ABS.of(predicted, wanted).getFloat()
            };
        }
    }

    private NDArray predict(NDManager manager, Map<String, NDArray> weights, Mel2MelData.Batch batch) {
        int sequences = batch.instruments().length;
        Mel2MelBlock block = new Mel2MelBlock(config, weights);
        NDArray roll = manager.create(batch.rolls(), new Shape(sequences, batch.frames(), PianoRoll.ROWS));
        NDArray normalised = block.forward(roll, block.timbres(manager, batch.instruments()));
        return normalised.mul(manager.create(bands.deviation())).add(manager.create(bands.mean()));
    }

    private static NDArray wanted(NDManager manager, Mel2MelData.Batch batch) {
        return manager.create(batch.mels(), new Shape(batch.instruments().length, batch.frames(), MelSpectrum.BANDS));
    }
}
