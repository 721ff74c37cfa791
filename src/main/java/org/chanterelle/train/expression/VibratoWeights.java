package org.chanterelle.train.expression;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.chanterelle.model.expression.NoteExpression;
import org.chanterelle.model.expression.NoteField.Group;

/**
 * How many notes' vibrato each note stands for. A note that ends before its vibrato could be seen is censored: it hands its weight on,
 * in equal parts, to all notes that were watched for longer (Efron's redistribution, which gives Kaplan and Meier's estimate of the
 * delay). Without it short notes, which show only early vibrato, would make all vibrato early, and long straight ones all notes straight.
 */
final class VibratoWeights {
    /** So long must a vibrato go on to be seen. */
    private static final double SEEN_SECONDS = 0.35;

    /** Straight for so long is straight for good. */
    private static final double STRAIGHT_SECONDS = 1.0;

    private VibratoWeights() {}

    /** What was seen of one note: a vibrato (or its lasting absence) at a time, or nothing until a time. */
    private record Watch(int index, double seconds, boolean seen) {}

    /**
     * Weights in the order of the notes.
     *
     * @param expressions what each note tells
     * @param seconds how long each is
     * @param counts whether it is to be considered at all
     */
    static double[] of(List<NoteExpression> expressions, double[] seconds, boolean[] counts) {
        Watch[] watches = new Watch[seconds.length];
        int count = 0;
        for (int i = 0; i < seconds.length; i++) {
            if (counts[i]) {
                watches[count++] = watch(i, expressions.get(i), seconds[i]);
            }
        }
        watches = Arrays.copyOf(watches, count);
        Arrays.sort(watches, Comparator.comparingDouble(Watch::seconds).thenComparing(watch -> !watch.seen()));
        double[] weights = new double[seconds.length];
        double handedOn = 0;
        for (int k = 0; k < count; k++) {
            double weight = 1 + handedOn;
            if (watches[k].seen()) {
                weights[watches[k].index()] = weight;
            } else if (k + 1 < count) {
                handedOn += weight / (count - k - 1);
            } else if (expressions.get(watches[k].index()).knows(Group.VIBRATO)) {
                weights[watches[k].index()] = weight;
            }
        }
        return weights;
    }

    private static Watch watch(int index, NoteExpression expression, double seconds) {
        if (expression.knows(Group.VIBRATO_SHAPE)) {
            return new Watch(index, expression.vibratoDelaySeconds(), true);
        }
        if (expression.knows(Group.VIBRATO) && seconds >= STRAIGHT_SECONDS) {
            return new Watch(index, Double.POSITIVE_INFINITY, true);
        }
        return new Watch(index, Math.max(0, seconds - SEEN_SECONDS), false);
    }
}
