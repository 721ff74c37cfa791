package org.chanterelle.model.expression;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.chanterelle.model.expression.NoteField.Group;

/**
 * Notes as they were measured in recordings, drawn anew: the body of one that was played in a similar context, the beginning of
 * another, each with a little change. Values that go together in playing stay together. Immutable; any thread.
 */
public final class ExpressionModel implements Expression {
    /** File name in a model folder. */
    public static final String FILE = "expression.json";

    private final List<MeasuredNote> notes;
    private final LoudnessQuantiles loudness;
    private final List<Source> sources;
    private final Map<Group, int[]> tellers = new EnumMap<>(Group.class);
    private final Map<Group, NoteField[]> fields = new EnumMap<>(Group.class);

    /**
     * Recordings that notes were measured in.
     *
     * @param licence their licence
     * @param attribution the line that the licence asks for
     * @param files names or patterns of names
     * @param notes how many are in the model
     */
    public record Source(String licence, String attribution, List<String> files, int notes) {}

    /**
     * @param notes what was measured
     * @param loudness of the training set by pitch
     * @param sources what it was measured in
     */
    public ExpressionModel(List<MeasuredNote> notes, LoudnessQuantiles loudness, List<Source> sources) {
        this.notes = List.copyOf(notes);
        this.loudness = loudness;
        this.sources = List.copyOf(sources);
        for (Group group : Group.values()) {
            tellers.put(group,
                    IntStream.range(0, notes.size()).filter(i -> notes.get(i).expression().knows(group)).toArray());
            fields.put(group, group.fields().toArray(NoteField[]::new));
        }
    }

    /** What was measured. */
    public List<MeasuredNote> notes() {
        return notes;
    }

    /** Loudness of the training set by pitch. */
    public LoudnessQuantiles loudness() {
        return loudness;
    }

    /** What it was measured in. */
    public List<Source> sources() {
        return sources;
    }

    /** How many notes tell of a group. */
    public int count(Group group) {
        return tellers.get(group).length;
    }

    @Override
    public NoteExpression draw(NoteContext context, SplittableRandom random) {
        float[] values = new float[NoteField.ALL.size()];
        double[] near = weights(Nearness.BODY, context);
        int body = pick(Group.VIBRATO, near, random);
        take(Group.VIBRATO, body, near, random, values);
        take(Group.VIBRATO_SHAPE, body, near, random, values);
        take(Group.LEVEL, body, near, random, values);
        take(Group.SWELL, body, near, random, values);
        take(Group.BRIGHTNESS, body, near, random, values);
        take(Group.RELEASE, body, near, random, values);
        near = weights(Nearness.ONSET, context);
        int onset = pick(Group.ATTACK, near, random);
        take(Group.ATTACK, onset, near, random, values);
        take(Group.NOISE, onset, near, random, values);
        take(Group.SCOOP, onset, near, random, values);
        take(Group.GLIDE, onset, near, random, values);
        return NoteExpression.of(values);
    }

    private double[] weights(Nearness nearness, NoteContext context) {
        double[] weights = new double[notes.size()];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = nearness.weight(context, notes.get(i).context());
        }
        return weights;
    }

    /** Takes a group from {@code preferred}, or from another note when that does not tell. */
    private void take(Group group, int preferred, double[] near, SplittableRandom random, float[] values) {
        boolean tells = preferred >= 0 && notes.get(preferred).expression().knows(group);
        int index = tells ? preferred : pick(group, near, random);
        for (NoteField field : fields.get(group)) {
            values[field.ordinal()] = index < 0
                    ? field.neutral
                    : field.strayed(field.of(notes.get(index).expression()), random.nextGaussian());
        }
    }

    /** A note that tells of {@code group}, by weight; -1 when none does. */
    private int pick(Group group, double[] near, SplittableRandom random) {
        int[] choice = tellers.get(group);
        double total = 0;
        for (int index : choice) {
            total += weight(group, index, near);
        }
        double left = random.nextDouble() * total;
        int last = -1;
        for (int index : choice) {
            double weight = weight(group, index, near);
            if (weight > 0) {
                last = index;
                left -= weight;
            }
            if (last >= 0 && left < 0) {
                break;
            }
        }
        return last;
    }

    private double weight(Group group, int index, double[] near) {
        boolean vibrato = group == Group.VIBRATO || group == Group.VIBRATO_SHAPE;
        return vibrato ? near[index] * notes.get(index).vibratoWeight() : near[index];
    }
}
