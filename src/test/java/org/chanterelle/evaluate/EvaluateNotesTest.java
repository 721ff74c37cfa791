package org.chanterelle.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.chanterelle.audiofile.AudioClip;
import org.chanterelle.signal.ScoreNote;
import org.chanterelle.signal.Units;
import org.junit.jupiter.api.Test;

final class EvaluateNotesTest {
    private static final int RATE_HZ = 48_000;
    private static final double STEP_SECONDS = 0.3;
    private static final int NOTES = 20;

    @Test
    void eachOnsetIsTakenForOneNote() {
        double[] truth = {0.1, 0.5, 0.51, 1};
        assertThat(EvaluateNotes.offsets(truth, new double[] {0.115, 0.3, 0.505, 1.03})).hasSize(2);
        assertThat(EvaluateNotes.offsets(truth, new double[] {0.115, 0.3, 0.505, 1.03})[0]).isCloseTo(0.015, within(1e-9));
        assertThat(EvaluateNotes.offsets(truth, new double[0])).isEmpty();
    }

    /** Needs aubio-tools, which bin/verify installs; reported as skipped, never as passed, without them. */
    @Test
    void hearsRightAndWrongNotes() {
        assumeTrue(ExternalOnsets.find().isPresent(), ExternalOnsets.MISSING);
        EvaluateNotes evaluation = new EvaluateNotes(score());
        EvaluateNotes.Report right = evaluation.of(played(0, 0));
        assertThat(right.onsets()).isEqualTo(NOTES);
        assertThat(right.onsetShare()).isGreaterThanOrEqualTo(0.95);
        assertThat(right.onsetsFalse()).isLessThanOrEqualTo(2);
        assertThat(right.pitchShare()).isEqualTo(1);
        assertThat(evaluation.of(played(0.1, 0)).onsetShare()).as("100 ms late").isLessThan(0.2);
        assertThat(evaluation.of(played(0, 1)).pitchShare()).as("a semitone sharp").isZero();
        AudioClip silence = AudioClip.mono(new float[RATE_HZ * 7], RATE_HZ);
        assertThat(evaluation.of(silence).onsetsFound()).isZero();
        assertThat(evaluation.of(silence).pitchShare()).isZero();
    }

    private static List<ScoreNote> score() {
        List<ScoreNote> notes = new ArrayList<>();
        for (int i = 0; i < NOTES; i++) {
            double start = 0.2 + i * STEP_SECONDS;
            notes.add(new ScoreNote(start, start + STEP_SECONDS, 60 + 5 * i % 12, 90, 0));
        }
        return notes;
    }

    /** Plucked notes one after the other, over a little noise. */
    private static AudioClip played(double lateSeconds, double semitones) {
        float[] audio = new float[RATE_HZ * 7];
        Random random = new Random(1);
        for (int n = 0; n < audio.length; n++) {
            audio[n] = (float) (1e-4 * random.nextGaussian());
        }
        for (ScoreNote note : score()) {
            double hz = Units.midiToHz(note.pitch() + semitones);
            int start = (int) ((note.startSeconds() + lateSeconds) * RATE_HZ);
            for (int n = 0; n < STEP_SECONDS * RATE_HZ; n++) {
                double t = (double) n / RATE_HZ;
                for (int k = 1; k <= 12; k++) {
                    audio[start + n] += (float) (0.1 / k * Math.exp(-6 * t) * Math.min(1, (STEP_SECONDS - t) / 0.02)
                            * Math.sin(2 * Math.PI * k * hz * t));
                }
            }
        }
        return AudioClip.mono(audio, RATE_HZ);
    }
}
