package org.chanterelle.train.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.chanterelle.model.expression.NoteExpression;
import org.chanterelle.model.expression.NoteField.Group;
import org.chanterelle.train.expression.Phrase.Tone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordedNotesTest {
    private static NoteExpression only(Tone tone) {
        List<PlayedNote> notes = new Phrase().add(tone).measured().notes();
        assertThat(notes).hasSize(1);
        return notes.getFirst().expression();
    }

    @Test
    void findsEveryNoteOfAScaleWithItsPitchIntervalAndGap() {
        Phrase phrase = new Phrase();
        for (int i = 0; i < 8; i++) {
            phrase.add(Tone.plain(60 + i, 0.2 + 0.3 * i, 0.4 + 0.3 * i));
        }
        List<PlayedNote> notes = phrase.measured().notes();
        assertThat(notes).hasSize(8);
        for (int i = 0; i < 8; i++) {
            assertThat(notes.get(i).context().key()).isCloseTo(60 + i, within(0.05));
            assertThat(notes.get(i).onsetSeconds()).isCloseTo(0.2 + 0.3 * i, within(0.02));
            assertThat(notes.get(i).endSeconds()).isCloseTo(0.4 + 0.3 * i, within(0.04));
        }
        assertThat(notes.get(0).context().intervalSemitones()).isNaN();
        assertThat(notes.get(0).context().gapSeconds()).isInfinite();
        assertThat(notes.get(3).context().intervalSemitones()).isCloseTo(1, within(0.1));
        assertThat(notes.get(3).context().gapSeconds()).isCloseTo(0.1, within(0.02));
    }

    @Test
    void aRepeatedNoteIsTwoAndALegatoOneHasNoGap() {
        List<PlayedNote> again = new Phrase().add(Tone.plain(67, 0.2, 0.6)).add(Tone.plain(67, 0.62, 1.0)).measured().notes();
        assertThat(again).hasSize(2);
        assertThat(again.get(1).context().gapSeconds()).isBetween(0.005, 0.05);
        List<PlayedNote> legato = new Phrase().add(Tone.plain(67, 0.2, 0.6)).add(Tone.plain(69, 0.6, 1.0).attack(0, 0))
                .measured().notes();
        assertThat(legato).hasSize(2);
        assertThat(legato.get(1).context().gapSeconds()).isZero();
        assertThat(legato.get(1).expression().knows(Group.SCOOP)).isFalse();
        assertThat(legato.get(1).onsetSeconds()).isCloseTo(0.6, within(0.015));
    }

    @ParameterizedTest
    @CsvSource({"0.03, 20", "0.08, 20", "0.15, 24", "0.3, 12"})
    void measuresTheAttack(double seconds, double db) {
        NoteExpression found = only(Tone.plain(69, 0.2, 1.2).attack(seconds, db));
        double untilWithin3Db = seconds * (1 - 3 / db);
        assertThat((double) found.attackSeconds()).isCloseTo(untilWithin3Db, within(0.02 + 0.1 * seconds));
        assertThat((double) found.attackDb()).isGreaterThan(0.75 * db);
    }

    @ParameterizedTest
    @CsvSource({"0.0, 5.5, 15", "0.2, 6.0, 20", "0.4, 5.0, 10", "0.3, 7.0, 25"})
    void measuresTheVibrato(double delay, double rate, double depth) {
        NoteExpression found = only(Tone.plain(72, 0.2, 1.5).vibrato(delay, rate, depth));
        assertThat((double) found.vibratoDelaySeconds()).isCloseTo(delay, within(0.06));
        assertThat((double) found.vibratoRateHz()).isCloseTo(rate, within(0.15));
        assertThat((double) found.vibratoDepthCents()).isCloseTo(depth, within(0.12 * depth));
    }

    @Test
    void aVibratoIsOneNoteAndWideOnesToo() {
        assertThat(new Phrase().add(Tone.plain(72, 0.2, 1.8).vibrato(0.1, 6, 45)).measured().notes()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(doubles = {55, 62, 69, 76, 88})
    void aStraightNoteIsStraight(double key) {
        NoteExpression found = only(Tone.plain(key, 0.2, 1.6));
        assertThat(found.vibratoDepthCents()).isZero();
        assertThat(found.vibratoRateHz()).isNaN();
    }

    @Test
    void aShortNoteTellsNothingOfVibratoAndSwell() {
        NoteExpression found = only(Tone.plain(70, 0.2, 0.42));
        assertThat(found.knows(Group.VIBRATO)).isFalse();
        assertThat(found.knows(Group.SWELL)).isFalse();
        assertThat(found.knows(Group.ATTACK)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"-60, 0.05", "-30, 0.04", "40, 0.06"})
    void measuresTheScoop(double cents, double half) {
        NoteExpression found = only(Tone.plain(70, 0.2, 1.2).scoop(cents, half));
        assertThat((double) found.scoopCents()).isCloseTo(cents, within(0.45 * Math.abs(cents)));
        assertThat(Math.signum((double) found.scoopCents())).isEqualTo(Math.signum(cents));
        assertThat((double) found.scoopSeconds()).isCloseTo(half, within(0.03));
    }

    @ParameterizedTest
    @CsvSource({"0.06, 3", "0.1, 2", "0.1, 7", "0.15, 4"})
    void measuresTheGlide(double seconds, double interval) {
        List<PlayedNote> notes = new Phrase().add(Tone.plain(65, 0.2, 0.7))
                .add(Tone.plain(65 + interval, 0.7, 1.3).attack(0, 0).glide(seconds)).measured().notes();
        assertThat(notes).hasSize(2);
        assertThat((double) notes.get(1).expression().glideSeconds()).isCloseTo(seconds, within(0.03));
    }

    @Test
    void measuresNoiseOfTheAttackAndTheRelease() {
        NoteExpression clean = only(Tone.plain(69, 0.2, 1.0));
        NoteExpression noisy = only(Tone.plain(69, 0.2, 1.0).noise(0.02));
        assertThat(noisy.attackNoiseDb()).isGreaterThan(clean.attackNoiseDb() + 6);
        assertThat(noisy.releaseSeconds()).isBetween(0.002f, 0.03f);
    }
}
