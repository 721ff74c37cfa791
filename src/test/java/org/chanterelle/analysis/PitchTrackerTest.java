package org.chanterelle.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.chanterelle.signal.FeatureTrack;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pitch as the extractor tells it. */
class PitchTrackerTest {
    private static final double RATE = 48000;
    private static final double CONTROL = 200;

    @ParameterizedTest
    @ValueSource(doubles = {56, 61.7, 82.4, 98, 130.8, 196, 220, 329.6, 440, 659.3, 1046.5, 1760, 2637, 2950})
    void steadyTonesAreWithinFiveCents(double hz) {
        for (double[] harmonics : new double[][] {{0.3}, Sounds.bright(4, 0.2), Sounds.bright(30, 0.2)}) {
            FeatureTrack track = FeatureExtractor.extract(Sounds.tone(t -> hz, harmonics, 0.5, RATE), RATE, CONTROL);
            for (int i = 10; i < 90; i++) {
                assertThat(centsOff(track.f0Hz()[i], hz)).as("%d harmonics", harmonics.length).isLessThan(5);
                assertThat(track.voiced()[i]).isTrue();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {110, 165, 262})
    void aStrongFormantOnAHigherHarmonicDoesNotPullThePitchUp(double hz) {
        for (int strong = 2; strong <= 6; strong++) {
            double[] harmonics = Sounds.bright(20, 0.05);
            harmonics[strong - 1] = 0.12;
            FeatureTrack track = FeatureExtractor.extract(Sounds.tone(t -> hz, harmonics, 0.4, RATE), RATE, CONTROL);
            for (int i = 10; i < 70; i++) {
                assertThat(centsOff(track.f0Hz()[i], hz)).as("harmonic %d", strong).isLessThan(20);
            }
        }
    }

    @Test
    void aNoteInTheTailOfAnotherIsHeardAndNotTheirCommonSubharmonic() {
        float[] tail = Sounds.tone(t -> 440, Sounds.bright(10, 0.06), 0.5, RATE);
        float[] sound = Sounds.mix(Sounds.tone(t -> 660, Sounds.bright(10, 0.2), 0.5, RATE), tail);
        FeatureTrack track = FeatureExtractor.extract(sound, RATE, CONTROL);
        for (int i = 10; i < 90; i++) {
            assertThat(centsOff(track.f0Hz()[i], 660)).isLessThan(50);
        }
    }

    @Test
    void vibratoAndStepsAreFollowedInBothTimings() {
        double[] notes = {262, 294, 392, 196, 523, 131, 880, 660, 1320, 98};
        DoubleUnaryOperator hzAt = t -> {
            double note = notes[(int) Math.min(notes.length - 1, t / 0.4)];
            return note * Math.pow(2, 0.4 / 12 * Math.sin(2 * Math.PI * 5.5 * t));
        };
        float[] melody = Sounds.mix(
                Sounds.tone(hzAt, Sounds.bright(15, 0.15), 4, RATE), Sounds.pink(-50, 4, RATE, 3));
        FeatureTrack record = FeatureExtractor.extract(melody, RATE, CONTROL);
        double[] live = liveHz(melody);
        int right = 0;
        int far = 0;
        int agree = 0;
        for (int i = 0; i < record.length() - 10; i++) {
            double off = centsOff(record.f0Hz()[i], hzAt.applyAsDouble(i / CONTROL));
            right += off < 50 ? 1 : 0;
            far += off > 300 && i / CONTROL % 0.4 < 0.15 ? 1 : 0;
            // A live frame describes what sounded about two control frames ago.
            agree += centsOff(live[i + 2], record.f0Hz()[i]) < 50 ? 1 : 0;
        }
        int frames = record.length() - 10;
        assertThat(right).isGreaterThan((int) (0.97 * frames));
        assertThat(far).isLessThan((int) (0.02 * frames));
        assertThat(agree).as("of %d", frames).isGreaterThan((int) (0.95 * frames));
    }

    @Test
    void aGlideOverSixOctavesHasNoJump() {
        DoubleUnaryOperator hzAt = t -> 60 * Math.pow(2, 5.5 * t / 4);
        FeatureTrack track = FeatureExtractor.extract(Sounds.tone(hzAt, Sounds.bright(20, 0.2), 4, RATE), RATE, CONTROL);
        for (int i = 10; i < track.length() - 10; i++) {
            assertThat(centsOff(track.f0Hz()[i], hzAt.applyAsDouble(i / CONTROL))).as("frame %d", i).isLessThan(30);
        }
    }

    private static double[] liveHz(float[] sound) {
        List<Float> told = new ArrayList<>();
        FeatureExtractor extractor = new FeatureExtractor(RATE, CONTROL, Timing.LIVE);
        extractor.process(sound, 0, sound.length, f -> told.add(f.f0Hz));
        return told.stream().mapToDouble(Float::doubleValue).toArray();
    }

    private static double centsOff(double hz, double referenceHz) {
        return Math.abs(1200 * Math.log(hz / referenceHz) / Math.log(2));
    }
}
