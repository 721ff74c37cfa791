package org.chanterelle.train.mel2mel;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.chanterelle.model.Tensor;
import org.chanterelle.model.mel2mel.Mel2MelConfig;

/**
 * A wider network that gives what a narrower one gives (Net2WiderNet, Chen et al. 2016): units are copied, and who reads a unit reads its
 * copies by shares that add up to one. Each reader has shares of its own, so that copies learn different things.
 */
final class Widening {
    private final int narrow;
    private final int wide;
    private final SplittableRandom random;

    private Widening(int narrow, int wide, long seed) {
        this.narrow = narrow;
        this.wide = wide;
        random = new SplittableRandom(seed);
    }

    /**
     * Widens.
     *
     * @param from the narrower network
     * @param weights its weights by name
     * @param units of the wider one, at least as many
     */
    static Map<String, Tensor> widen(Mel2MelConfig from, Map<String, Tensor> weights, int units, long seed) {
        return new Widening(from.units(), units, seed).all(weights);
    }

    private Map<String, Tensor> all(Map<String, Tensor> weights) {
        int[] input = copies();
        int[] forward = copies();
        int[] backward = copies();
        int[] both = blocks(2, forward, backward);
        Map<String, Tensor> widened = new LinkedHashMap<>();
        weights.forEach((name, tensor) -> {
            int[] hidden = name.endsWith("_reverse") ? backward : forward;
            Tensor wider = tensor;
            if (name.startsWith("input.") || name.startsWith("film1.")) {
                wider = rows(tensor, input);
            } else if (name.startsWith("lstm.")) {
                wider = rows(tensor, blocks(4, hidden));
                if (name.startsWith("lstm.weight_ih")) {
                    wider = columns(wider, input);
                } else if (name.startsWith("lstm.weight_hh")) {
                    wider = columns(wider, hidden);
                }
            } else if (name.startsWith("film2.")) {
                wider = rows(tensor, both);
            } else if (name.equals("output.weight")) {
                wider = columns(tensor, both);
            }
            widened.put(name, wider);
        });
        return widened;
    }

    /** For each unit of the wider layer the one that it copies; all are there. */
    private int[] copies() {
        int[] sources = new int[wide];
        for (int i = 0; i < wide; i++) {
            sources[i] = i < narrow ? i : random.nextInt(narrow);
        }
        return sources;
    }

    /** The same for layers side by side, such as the gates of an LSTM; the last one stands for those that are not given. */
    private int[] blocks(int count, int[]... sources) {
        int[] all = new int[count * wide];
        for (int block = 0; block < count; block++) {
            int[] own = sources[Math.min(block, sources.length - 1)];
            for (int i = 0; i < wide; i++) {
                all[block * wide + i] = block * narrow + own[i];
            }
        }
        return all;
    }

    private static Tensor rows(Tensor tensor, int[] sources) {
        int[] shape = tensor.shape().clone();
        int width = tensor.values().length / shape[0];
        float[] values = new float[sources.length * width];
        for (int row = 0; row < sources.length; row++) {
            System.arraycopy(tensor.values(), sources[row] * width, values, row * width, width);
        }
        shape[0] = sources.length;
        return new Tensor(shape, values);
    }

    private Tensor columns(Tensor tensor, int[] sources) {
        int rows = tensor.shape()[0];
        int width = tensor.shape()[1];
        float[] values = new float[rows * sources.length];
        for (int row = 0; row < rows; row++) {
            double[] shares = new double[sources.length];
            double[] sums = new double[width];
            for (int i = 0; i < sources.length; i++) {
                shares[i] = 0.5 + random.nextDouble();
                sums[sources[i]] += shares[i];
            }
            for (int i = 0; i < sources.length; i++) {
                values[row * sources.length
                        + i] = (float) (tensor.values()[row * width + sources[i]] * shares[i] / sums[sources[i]]);
            }
        }
        return new Tensor(new int[] {rows, sources.length}, values);
    }
}
