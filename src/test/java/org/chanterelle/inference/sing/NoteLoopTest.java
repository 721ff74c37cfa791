package org.chanterelle.inference.sing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.chanterelle.model.sing.SingConfig;
import org.chanterelle.rt.LoopedNote;
import org.junit.jupiter.api.Test;

class NoteLoopTest {
    private static final int RATE_HZ = 16_000;
    private static final double SECONDS = 12;

    private final NoteLoop loop = new NoteLoop(SingConfig.published(List.of("a"), 60, 61, List.of(90)));

    @Test
    void aHeldToneStaysATone() {
        float[] heard = played(t -> 0.3 * Math.sin(2 * Math.PI * 311.13 * t));
        for (int i = 0; i < heard.length; i++) {
            assertThat((double) heard[i]).as("frame %s", i).isBetween(-0.31, 0.31);
        }
        assertThat(largestBend(heard, 0, heard.length)).isLessThan(1.2 * largestBend(heard, 0, RATE_HZ));
        assertThat(levelDb(heard, 11)).isCloseTo(levelDb(heard, 1), within(0.5));
    }

    @Test
    void vibratoAndBeatingAreNoDecay() {
        float[] heard = played(t -> 0.1 * Math.sin(2 * Math.PI * 440 * t + 0.5 * Math.sin(2 * Math.PI * 5.5 * t))
                + 0.1 * Math.sin(2 * Math.PI * 441.3 * t));
        assertThat(levelDb(heard, 11)).isCloseTo(levelDb(heard, 2), within(3.0));
        assertThat(largestBend(heard, 0, heard.length)).isLessThan(1.3 * largestBend(heard, 0, 2 * RATE_HZ));
    }

    @Test
    void whatDiesAwayGoesOnDyingAway() {
        float[] heard = played(t -> 0.3 * Math.pow(10, -6 * t / 20) * Math.sin(2 * Math.PI * 220 * t));
        assertThat(levelDb(heard, 2) - levelDb(heard, 1)).isCloseTo(-6, within(0.2));
        assertThat(levelDb(heard, 9) - levelDb(heard, 5)).isCloseTo(-24, within(4.0));
    }

    @Test
    void noiseAndSilenceAreLoopedToo() {
        Random random = new Random(1);
        float[] noise = played(t -> 0.1 * random.nextGaussian());
        assertThat(levelDb(noise, 8)).isCloseTo(levelDb(noise, 1), within(1.0));
        assertThat(played(t -> 0)).containsOnly(0f);
    }

    private float[] played(DoubleUnaryOperator sound) {
        float[] audio = new float[loop.length()];
        for (int i = 0; i < audio.length; i++) {
            audio[i] = (float) sound.applyAsDouble((double) i / RATE_HZ);
        }
        LoopedNote note = loop.close(audio);
        float[] heard = new float[(int) (SECONDS * RATE_HZ)];
        new LoopedNote.Cursor().read(note, heard, 0, heard.length);
        return heard;
    }

    private static double levelDb(float[] audio, int second) {
        double sum = 0;
        for (int i = second * RATE_HZ; i < (second + 1) * RATE_HZ; i++) {
            sum += audio[i] * audio[i];
        }
        return 10 * Math.log10(sum / RATE_HZ);
    }

    /** A click bends the waveform more than the tone does. */
    private static double largestBend(float[] audio, int from, int to) {
        double largest = 0;
        for (int i = from + 2; i < to; i++) {
            largest = Math.max(largest, Math.abs(audio[i] - 2 * audio[i - 1] + audio[i - 2]));
        }
        return largest;
    }
}
