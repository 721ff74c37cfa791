package org.chanterelle.model.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.chanterelle.model.expression.NoteField.Group;
import org.chanterelle.signal.UserError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpressionModelTest {
    private static final LoudnessQuantiles LOUDNESS = new LoudnessQuantiles(55, 12, new float[][] {{-30, -10, 0}, {-20, 0, 10}});

    @TempDir
    Path folder;

    private static NoteContext context(double key, double gapSeconds) {
        return new NoteContext(key, 2, gapSeconds, 0.5);
    }

    private static NoteExpression expression(NoteField field, float value) {
        float[] values = {0.05f, 12, 3, 0, 1, 0.3f, 0.5f, 0, 0.25f, 6, 15, -10, 0.03f, 0.05f, 0.1f};
        values[field.ordinal()] = value;
        return NoteExpression.of(values);
    }

    private static NoteExpression without(NoteExpression note, Group... groups) {
        float[] values = new float[NoteField.ALL.size()];
        for (NoteField field : NoteField.ALL) {
            values[field.ordinal()] = List.of(groups).contains(field.group) ? Float.NaN : field.of(note);
        }
        return NoteExpression.of(values);
    }

    private static MeasuredNote note(NoteContext context, NoteExpression expression, double vibratoWeight) {
        return new MeasuredNote(context, 1, vibratoWeight, expression);
    }

    private static ExpressionModel model(List<MeasuredNote> notes) {
        return new ExpressionModel(notes, LOUDNESS,
                List.of(new ExpressionModel.Source("CC0", "nobody", List.of("a.wav"), notes.size())));
    }

    /** Low notes start slowly, high ones fast; legato ones have no attack of their own. */
    private static ExpressionModel mixed() {
        List<MeasuredNote> notes = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            notes.add(note(context(55 + i % 5, 0.3), expression(NoteField.ATTACK_SECONDS, 0.2f), 1));
            notes.add(note(context(85 + i % 5, 0.3), expression(NoteField.ATTACK_SECONDS, 0.02f), 1));
            notes.add(note(context(70 + i % 5, -0.01), without(expression(NoteField.ATTACK_SECONDS, 0f), Group.SCOOP), 1));
        }
        return model(notes);
    }

    private static double[] drawn(ExpressionModel model, NoteContext context, NoteField field) {
        SplittableRandom random = new SplittableRandom(5);
        return IntStream.range(0, 1000).mapToDouble(i -> field.of(model.draw(context, random))).toArray();
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    @Test
    void sameSeedDrawsTheSameNoteAndTheNextOneDiffers() {
        ExpressionModel model = mixed();
        SplittableRandom random = new SplittableRandom(1);
        NoteExpression first = model.draw(context(60, 0.3), random);
        assertThat(model.draw(context(60, 0.3), new SplittableRandom(1))).isEqualTo(first);
        assertThat(model.draw(context(60, 0.3), random)).isNotEqualTo(first);
    }

    @Test
    void drawsWhatWasPlayedInTheSameContext() {
        ExpressionModel model = mixed();
        assertThat(median(drawn(model, context(57, 0.3), NoteField.ATTACK_SECONDS))).isCloseTo(0.2, within(0.02));
        assertThat(median(drawn(model, context(87, 0.3), NoteField.ATTACK_SECONDS))).isCloseTo(0.02, within(0.002));
        assertThat(median(drawn(model, context(72, -0.02), NoteField.ATTACK_SECONDS))).isCloseTo(0, within(0.002));
    }

    @Test
    void whatANoteDoesNotTellComesFromAnother() {
        List<MeasuredNote> notes = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            notes.add(note(context(60, 0.1), without(expression(NoteField.GLIDE_SECONDS, 0.1f), Group.VIBRATO,
                    Group.VIBRATO_SHAPE, Group.SWELL), 0));
        }
        notes.add(note(context(60, 0.1), expression(NoteField.VIBRATO_DEPTH_CENTS, 30), 1));
        double[] depths = drawn(model(notes), context(60, 0.1), NoteField.VIBRATO_DEPTH_CENTS);
        assertThat(Arrays.stream(depths).min().orElseThrow()).isBetween(20.0, 30.0);
        assertThat(median(depths)).isCloseTo(30, within(1.0));
    }

    @Test
    void vibratoComesByItsWeight() {
        List<MeasuredNote> notes = List.of(
                note(context(60, 0.1), without(expression(NoteField.VIBRATO_DEPTH_CENTS, 0), Group.VIBRATO_SHAPE), 3),
                note(context(60, 0.1), expression(NoteField.VIBRATO_DEPTH_CENTS, 20), 1));
        double[] depths = drawn(model(notes), context(60, 0.1), NoteField.VIBRATO_DEPTH_CENTS);
        assertThat(Arrays.stream(depths).filter(depth -> depth > 0).count()).isBetween(190L, 310L);
        assertThat(Arrays.stream(drawn(model(notes), context(60, 0.1), NoteField.VIBRATO_RATE_HZ)).min().orElseThrow())
                .isGreaterThan(5);
    }

    @Test
    void bodyStaysTogether() {
        List<MeasuredNote> notes = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            notes.add(note(context(60, 0.1), expression(NoteField.VIBRATO_DEPTH_CENTS, 10), 1));
            float[] deep = {0.05f, 12, 3, 0, 4, 0.3f, 0.5f, 0, 0.25f, 6, 40, -10, 0.03f, 0.05f, 0.1f};
            notes.add(note(context(60, 0.1), NoteExpression.of(deep), 1));
        }
        ExpressionModel model = model(notes);
        SplittableRandom random = new SplittableRandom(2);
        for (int i = 0; i < 200; i++) {
            NoteExpression drawn = model.draw(context(60, 0.1), random);
            assertThat(drawn.vibratoDepthCents() > 20).isEqualTo(drawn.swellDb() > 2);
        }
    }

    @Test
    void everyDrawIsWithinRangeEvenFarFromAllNotes() {
        ExpressionModel model = mixed();
        SplittableRandom random = new SplittableRandom(3);
        for (double key : new double[] {0, 60, 127}) {
            for (double gap : new double[] {-5, 0, 0.001, 100, Double.POSITIVE_INFINITY}) {
                NoteExpression drawn = model.draw(new NoteContext(key, Double.NaN, gap, 1), random);
                assertThat(NoteField.ALL).allSatisfy(field -> assertThat(field.of(drawn)).isBetween(field.min, field.max));
            }
        }
    }

    @Test
    void comesBackFromItsFile() throws IOException {
        ExpressionModel model = mixed();
        Path file = folder.resolve(ExpressionModel.FILE);
        Files.writeString(file, ExpressionJson.write(model));
        ExpressionModel read = ExpressionJson.read(file);
        assertThat(read.notes()).isEqualTo(model.notes().stream().map(ExpressionModelTest::asStored).toList());
        assertThat(read.loudness()).isEqualTo(LOUDNESS);
        assertThat(read.sources()).isEqualTo(model.sources());
        assertThat(read.count(Group.SCOOP)).isEqualTo(80);
    }

    @Test
    void theFileSaysWhereItIsThin() {
        assertThat(ExpressionJson.write(mixed())).contains("\"scoop\": 80").contains("scoop: told by 80 notes only");
    }

    private static MeasuredNote asStored(MeasuredNote note) {
        NoteContext context = note.context();
        return new MeasuredNote(new NoteContext(context.key(), context.intervalSemitones(), (float) context.gapSeconds(),
                context.level()), note.seconds(), note.vibratoWeight(), note.expression());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"\"formatVersion\": 1|\"formatVersion\": 9|formatVersion is 9; expected 1",
            "\"attackSeconds\"|\"surprise\"|columns is", "[55,2,0.3,0.5|[555,2,0.3,0.5|notes[0].key is 555.0; expected 0 to 127",
            "0.2,12,3|null,12,3|notes[0].attackDb is 12.0; expected a number with or without",
            "0.2,12,3|0.2,1e9,3|notes[0].attackDb is 1.0E9; expected 0.0 to 60.0", "0.2,12,3|0.2,12|notes[0] is 20; expected 21",
            "[-30,-10,0]|[-30,-40,0]|loudnessDb[0] is", "\"notes\": [|\"tones\": [|notes is no list",
            "\"formatVersion\": 1|oh!|not an expression model"})
    void damageIsToldInOneLine(String whole, String damaged, String told) throws IOException {
        Path file = folder.resolve(ExpressionModel.FILE);
        String text = ExpressionJson.write(mixed());
        assertThat(text.contains(whole)).isTrue();
        Files.writeString(file, text.replace(whole, damaged));
        assertThatThrownBy(() -> ExpressionJson.read(file)).isInstanceOf(UserError.class).hasMessageContaining(told)
                .hasMessageContaining("expression.json").hasMessageNotContaining("\n");
    }

    @Test
    void aFileThatIsTooLargeIsNotRead() throws IOException {
        Path file = folder.resolve(ExpressionModel.FILE);
        Files.write(file, new byte[ExpressionJson.MAX_BYTES + 1]);
        assertThatThrownBy(() -> ExpressionJson.read(file)).isInstanceOf(UserError.class).hasMessageContaining("larger than");
    }

    @Test
    void loudnessFollowsPitchAndLevelAndBack() {
        assertThat(LOUDNESS.loudnessDb(55, 0.5)).isEqualTo(-10);
        assertThat(LOUDNESS.loudnessDb(61, 0.5)).isCloseTo(-5, within(1e-4));
        assertThat(LOUDNESS.loudnessDb(20, 0)).isEqualTo(-30);
        assertThat(LOUDNESS.loudnessDb(100, 1)).isEqualTo(10);
        assertThat(LOUDNESS.level(61, LOUDNESS.loudnessDb(61, 0.3))).isCloseTo(0.3, within(1e-4));
    }
}
