package org.chanterelle.train.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.chanterelle.model.expression.NoteExpression;
import org.junit.jupiter.api.Test;

class VibratoWeightsTest {
    private static NoteExpression vibrato(double delay, double depth) {
        float[] values = new float[15];
        Arrays.fill(values, Float.NaN);
        values[10] = (float) depth;
        if (depth > 0) {
            values[8] = (float) delay;
            values[9] = 6;
        }
        return NoteExpression.of(values);
    }

    private static NoteExpression unknown() {
        return vibrato(0, Double.NaN);
    }

    private static double[] weights(List<NoteExpression> notes, double... seconds) {
        boolean[] counts = new boolean[seconds.length];
        Arrays.fill(counts, true);
        return VibratoWeights.of(notes, seconds, counts);
    }

    @Test
    void aNoteTooShortHandsItsWeightToAllThatWereWatchedLonger() {
        double[] weights = weights(List.of(vibrato(0.1, 20), unknown(), vibrato(0.4, 20), vibrato(0, 0)), 1, 0.6, 1, 2);
        assertThat(weights).containsExactly(1, 0, 1.5, 1.5);
    }

    @Test
    void whatIsLeftOutHasNoWeight() {
        double[] weights = VibratoWeights.of(List.of(vibrato(0.1, 20), vibrato(0.2, 20)), new double[] {1, 1},
                new boolean[] {true, false});
        assertThat(weights).containsExactly(1, 0);
    }

    /** Half of all notes get a vibrato after 0.1 s, half after 0.5 s, but most notes are too short to show the late one. */
    @Test
    void shortNotesDoNotMakeAllVibratoEarly() {
        SplittableRandom random = new SplittableRandom(8);
        List<NoteExpression> notes = new ArrayList<>();
        double[] seconds = new double[4000];
        for (int i = 0; i < seconds.length; i++) {
            seconds[i] = random.nextDouble(0.2, 1.2);
            double delay = random.nextBoolean() ? 0.1 : 0.5;
            notes.add(delay + 0.35 <= seconds[i] ? vibrato(delay, 20) : unknown());
        }
        double[] weights = weights(notes, seconds);
        double late = 0;
        for (int i = 0; i < weights.length; i++) {
            late += notes.get(i).vibratoDelaySeconds() > 0.3 ? weights[i] : 0;
        }
        assertThat(late / Arrays.stream(weights).sum()).isCloseTo(0.5, within(0.04));
    }
}
