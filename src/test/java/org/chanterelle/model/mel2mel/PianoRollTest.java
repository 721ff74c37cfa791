package org.chanterelle.model.mel2mel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.chanterelle.signal.ScoreNote;
import org.junit.jupiter.api.Test;

class PianoRollTest {
    private static final int FRAMES = 40;

    private static float[] roll(int first, int count, ScoreNote... notes) {
        float[] out = new float[count * PianoRoll.ROWS];
        Arrays.fill(out, 9f);
        PianoRoll.of(List.of(notes), 10).write(first, count, out, 0);
        return out;
    }

    private static float onset(float[] roll, int frame, int pitch) {
        return roll[frame * PianoRoll.ROWS + pitch - PianoRoll.LOWEST];
    }

    private static float held(float[] roll, int frame, int pitch) {
        return roll[frame * PianoRoll.ROWS + PianoRoll.KEYS + pitch - PianoRoll.LOWEST];
    }

    @Test
    void aNoteHasItsVelocityWhereItBeginsAndWhileItIsHeld() {
        float[] roll = roll(0, FRAMES, new ScoreNote(1, 2, 60, 127, 0));
        float sum = 0;
        for (float value : roll) {
            sum += value;
        }
        assertThat(sum).isEqualTo(11f);
        assertThat(onset(roll, 10, 60)).isEqualTo(1f);
        assertThat(held(roll, 10, 60)).isEqualTo(1f);
        assertThat(held(roll, 19, 60)).isEqualTo(1f);
        assertThat(held(roll, 20, 60)).isZero();
    }

    @Test
    void aRepeatedNoteHasTheLaterVelocity() {
        float[] roll = roll(0, FRAMES, new ScoreNote(0, 3, 60, 100, 0), new ScoreNote(1, 2, 60, 50, 0));
        assertThat(held(roll, 5, 60)).isEqualTo(100 / 127f);
        assertThat(held(roll, 15, 60)).isEqualTo(50 / 127f);
        assertThat(onset(roll, 10, 60)).isEqualTo(50 / 127f);
    }

    @Test
    void aGapOfATickOrTwentyMillisecondsIsNoSilenceAndOneOfFortyIs() {
        for (double gap : new double[] {0.001, 0.009, 0.024, 0.034}) {
            assertThat(silentFrames(gap)).as("gap of %s s", gap).isZero();
        }
        assertThat(silentFrames(0.04)).isBetween(4, 6);
    }

    private static int silentFrames(double gap) {
        float[] roll = new float[200 * PianoRoll.ROWS];
        PianoRoll.of(List.of(new ScoreNote(0, 0.5, 60, 127, 0), new ScoreNote(0.5 + gap, 1, 62, 127, 0)), 125)
                .write(0, 200, roll, 0);
        int silent = 0;
        for (int frame = 0; frame < 120; frame++) {
            silent += held(roll, frame, 60) == 0 && held(roll, frame, 62) == 0 ? 1 : 0;
        }
        return silent;
    }

    @Test
    void theShortestNoteIsOneFrame() {
        float[] roll = roll(0, FRAMES, new ScoreNote(1, 1.001, 108, 127, 0), new ScoreNote(1, 2, 109, 127, 0));
        assertThat(onset(roll, 10, 108)).isEqualTo(1f);
        assertThat(held(roll, 10, 108)).isEqualTo(1f);
        assertThat(held(roll, 11, 108)).isZero();
        assertThat(PianoRoll.of(List.of(new ScoreNote(1, 2, 109, 127, 0)), 10).notes()).isZero();
    }

    @Test
    void aWindowShowsTheSameAsTheWhole() {
        Random random = new Random(1);
        List<ScoreNote> notes = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            double start = 10 * random.nextDouble();
            notes.add(new ScoreNote(start, start + (i % 7 == 0 ? 5 : 0.4), 40 + random.nextInt(20), 1 + random.nextInt(127), 0));
        }
        PianoRoll roll = PianoRoll.of(notes, 10);
        float[] whole = new float[200 * PianoRoll.ROWS];
        roll.write(0, 200, whole, 0);
        float[] window = new float[30 * PianoRoll.ROWS];
        for (int first : new int[] {-5, 0, 33, 70, 180}) {
            roll.write(first, 30, window, 0);
            for (int frame = 0; frame < 30; frame++) {
                float[] expected = first + frame < 0 || first + frame >= 200
                        ? new float[PianoRoll.ROWS]
                        : Arrays.copyOfRange(whole, (first + frame) * PianoRoll.ROWS, (first + frame + 1) * PianoRoll.ROWS);
                assertThat(Arrays.copyOfRange(window, frame * PianoRoll.ROWS, (frame + 1) * PianoRoll.ROWS))
                        .as("frame %d", first + frame).containsExactly(expected);
            }
        }
    }
}
