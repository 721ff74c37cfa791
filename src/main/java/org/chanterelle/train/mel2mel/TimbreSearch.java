package org.chanterelle.train.mel2mel;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleConsumer;
import org.chanterelle.analysis.spectrum.MelSpectrum;
import org.chanterelle.model.Tensor;
import org.chanterelle.model.mel2mel.Mel2MelBlock;
import org.chanterelle.model.mel2mel.Mel2MelFolder;
import org.chanterelle.model.mel2mel.PianoRoll;
import org.chanterelle.train.Adam;
import org.chanterelle.train.Parameters;

/**
 * The way back that the paper names as future work: the embedding whose spectrogram is nearest to a given one of known notes. The network
 * stays as it is; the embedding and one gain for all go down the gradient, from the nearest instruments. Deterministic, one thread.
 */
public final class TimbreSearch {
    private static final String TIMBRE = "timbre";
    private static final String GAIN = "gain";
    private static final int STARTS = 3;
    private static final int STEPS = 60;
    private static final double RATE = 0.05;

    /** Below it lie noise and room of a recording. */
    private static final float LEAST = -8f;

    private final Mel2MelFolder model;

    /**
     * What was found.
     *
     * @param timbre the embedding
     * @param error mean absolute difference of log-mel values above -70 dB
     * @param gainDb by which the recording is louder than the model's rendering
     * @param nearest the instrument whose own embedding comes nearest
     * @param errors that of each instrument's own embedding
     */
    public record Found(List<Float> timbre, double error, double gainDb, String nearest, Map<String, Double> errors) {}

    /** A point of the search. */
    private record Point(float[] timbre, float gain, double error) {}

    /** Searches a model's timbres. */
    public TimbreSearch(Mel2MelFolder model) {
        this.model = model;
    }

    /**
     * Searches.
     *
     * @param roll the notes of the sound
     * @param mel its log-mel spectrogram, see {@link MelSpectrum}, shape (frames, 80)
     * @param progress hears the share that is done
     */
    public Found find(PianoRoll roll, float[][] mel, DoubleConsumer progress) {
        List<String> instruments = model.card().config().instruments();
        try (NDManager manager = NDManager.newBaseManager(ai.djl.Device.cpu())) {
            Target target = new Target(manager, roll, mel);
            Map<String, Double> errors = new LinkedHashMap<>();
            List<Point> starts = new ArrayList<>();
            for (int i = 0; i < instruments.size(); i++) {
                Point start = target.start(model.timbre(i));
                starts.add(start);
                errors.put(instruments.get(i), start.error());
                progress.accept(0.3 * (i + 1) / instruments.size());
            }
            String nearest = errors.entrySet().stream().min(Map.Entry.comparingByValue()).orElseThrow().getKey();
            starts.sort(Comparator.comparingDouble(Point::error));
            int count = Math.min(STARTS, starts.size());
            Point best = starts.getFirst();
            for (int i = 0; i < count; i++) {
                int before = i;
                Point end = target.descend(starts.get(i),
                        share -> progress.accept(0.3 + 0.7 * (before + share) / count));
                best = end.error() < best.error() ? end : best;
            }
            List<Float> timbre = new ArrayList<>();
            for (float value : best.timbre()) {
                timbre.add(value);
            }
            return new Found(timbre, best.error(), 20 * best.gain() / Math.log(10), nearest, errors);
        }
    }

    private final class Target {
        private final NDManager root;
        private final Map<String, NDArray> weights;
        private final NDArray roll;
        private final NDArray wanted;

        Target(NDManager root, PianoRoll notes, float[][] mel) {
            this.root = root;
            weights = Parameters.of(model.weights()).lend(root, false);
            float[] columns = new float[mel.length * PianoRoll.ROWS];
            notes.write(0, mel.length, columns, 0);
            roll = root.create(columns, new Shape(1, mel.length, PianoRoll.ROWS));
            float[] values = new float[mel.length * MelSpectrum.BANDS];
            for (int i = 0; i < values.length; i++) {
                values[i] = Math.max(LEAST, mel[i / MelSpectrum.BANDS][i % MelSpectrum.BANDS]);
            }
            wanted = root.create(values, new Shape(1, mel.length, MelSpectrum.BANDS));
        }

        /** An instrument with the gain that fits best: the median difference where both sound. */
        Point start(float[] timbre) {
            try (NDManager manager = root.newSubManager()) {
                NDArray input = roll.duplicate();
                input.attach(manager);
                float[] predicted = new Mel2MelBlock(model.card().config(), weights)
                        .forward(input, manager.create(timbre, new Shape(1, timbre.length))).toFloatArray();
                float[] values = wanted.toFloatArray();
                float[] differences = new float[values.length];
                int count = 0;
                for (int i = 0; i < values.length; i++) {
                    if (values[i] > LEAST && predicted[i] > LEAST) {
                        differences[count++] = values[i] - predicted[i];
                    }
                }
                Arrays.sort(differences, 0, count);
                float gain = count == 0 ? 0f : differences[count / 2];
                double sum = 0;
                for (int i = 0; i < values.length; i++) {
                    sum += Math.abs(Math.max(LEAST, predicted[i] + gain) - values[i]);
                }
                return new Point(timbre.clone(), gain, sum / values.length);
            }
        }

        Point descend(Point start, DoubleConsumer progress) {
            Parameters learned = Parameters.of(Map.of(
                    TIMBRE, new Tensor(new int[] {1, start.timbre().length}, start.timbre().clone()),
                    GAIN, new Tensor(new int[] {1}, new float[] {start.gain()})));
            Adam adam = Adam.start(learned);
            Point best = start;
            for (int step = 0; step < STEPS; step++) {
                float[] timbre = learned.tensors().get(TIMBRE).values().clone();
                float gain = learned.tensors().get(GAIN).values()[0];
                Mel2MelStep.Gradient gradient = gradient(learned);
                if (gradient.loss() < best.error()) {
                    best = new Point(timbre, gain, gradient.loss());
                }
                adam.update(learned, gradient.gradients(), RATE * (1 - (double) step / STEPS), 1);
                progress.accept((step + 1.0) / STEPS);
            }
            return best;
        }

        private Mel2MelStep.Gradient gradient(Parameters learned) {
            try (NDManager manager = root.newSubManager();
                    GradientCollector collector = Engine.getInstance().newGradientCollector()) {
                Map<String, NDArray> free = learned.lend(manager, true);
                NDArray input = roll.duplicate();
                input.attach(manager);
                NDArray predicted = new Mel2MelBlock(model.card().config(), weights).forward(input, free.get(TIMBRE));
                NDArray loss = predicted.add(free.get(GAIN)).maximum(LEAST).sub(wanted).abs().mean();
                loss.attach(manager);
                collector.backward(loss);
                Map<String, float[]> gradients = new LinkedHashMap<>();
                free.forEach((name, array) -> gradients.put(name, array.getGradient().toFloatArray()));
                return new Mel2MelStep.Gradient(loss.getFloat(), gradients);
            }
        }
    }
}
