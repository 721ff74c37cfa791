package org.chanterelle.evaluate.synthetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import org.chanterelle.audiofile.AudioClip;
import org.chanterelle.audiofile.AudioReader;
import org.chanterelle.evaluate.synthetic.Syllable.Onset;
import org.chanterelle.signal.Units;
import org.junit.jupiter.api.Test;

class FormantSingerTest {
    private static final int RATE_HZ = 16_000;

    @Test
    void theCommittedPhraseIsWhatTheSingerSings() {
        AudioClip committed = AudioReader.read(Path.of("src/main/resources/org/chanterelle/cli/phrase.flac"));
        float[] sung = DemoPhrase.sing().audio();
        assertThat(committed.frames()).isEqualTo(sung.length);
        float largest = 0;
        for (int i = 0; i < sung.length; i++) {
            largest = Math.max(largest, Math.abs(sung[i] - committed.mono()[i]));
        }
        assertThat(largest).isLessThan(Math.scalb(4f, -15));
    }

    @Test
    void theSameSeedSingsTheSame() {
        List<Syllable> syllables = List.of(Syllable.note(Onset.S, Vowel.A, 60, 0.4, -6));
        float[] first = new FormantSinger(RATE_HZ, 1).sing(syllables).audio();
        assertThat(new FormantSinger(RATE_HZ, 1).sing(syllables).audio()).isEqualTo(first);
        assertThat(new FormantSinger(RATE_HZ, 2).sing(syllables).audio()).isNotEqualTo(first);
    }

    @Test
    void thePitchToldIsThePitchSung() {
        for (Vowel vowel : Vowel.values()) {
            for (double midi : new double[] {50, 62, 74}) {
                var sung = new FormantSinger(RATE_HZ, 3).sing(List.of(Syllable.note(Onset.LEGATO, vowel, midi, 0.6, -6)));
                double told = sung.f0Hz()[40];
                assertThat(Units.cents(told, Units.midiToHz(midi))).isCloseTo(0, within(25.0));
                assertThat(Units.cents(period(sung.audio(), 6400, told), told)).isCloseTo(0, within(15.0));
            }
        }
    }

    @Test
    void sAndBreathAreNoVoice() {
        var sung = new FormantSinger(RATE_HZ, 4)
                .sing(List.of(Syllable.pause(Onset.BREATH, 60, 0.3), Syllable.note(Onset.S, Vowel.A, 60, 0.5, 0)));
        for (int i = 0; i < 42; i++) {
            assertThat(sung.f0Hz()[i]).isZero();
        }
        assertThat(sung.f0Hz()[60]).isGreaterThan(250);
    }

    /** The frequency near {@code hz} whose period repeats best around a frame, by normalised autocorrelation, parabolic peak. */
    private static double period(float[] audio, int at, double hz) {
        int centre = (int) Math.round(RATE_HZ / hz);
        int best = centre;
        for (int lag = centre - 3; lag <= centre + 3; lag++) {
            best = correlation(audio, at, lag) > correlation(audio, at, best) ? lag : best;
        }
        double left = correlation(audio, at, best - 1);
        double middle = correlation(audio, at, best);
        double right = correlation(audio, at, best + 1);
        return RATE_HZ / (best + 0.5 * (left - right) / (left - 2 * middle + right));
    }

    private static double correlation(float[] audio, int at, int lag) {
        double product = 0;
        double energy = 0;
        for (int i = at - 800; i < at + 800; i++) {
            product += audio[i] * (double) audio[i + lag];
            energy += audio[i] * (double) audio[i] + audio[i + lag] * (double) audio[i + lag];
        }
        return 2 * product / energy;
    }
}
