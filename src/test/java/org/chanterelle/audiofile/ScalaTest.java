package org.chanterelle.audiofile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.chanterelle.signal.KeyScale;
import org.chanterelle.signal.Units;
import org.chanterelle.signal.UserError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tunings against frequencies worked out by hand. */
final class ScalaTest {
    private static final String PYTHAGOREAN = """
            ! pyth.scl
            !
            Pythagorean, twelve tones
             12
            !
             2187/2048 apotome
             9/8
             32/27
             81/64
             4/3
             729/512
             3/2
             6561/4096
             27/16
             16/9
             243/128
             2/1
            """;

    /** Fifths of a quarter comma less: four of them are two octaves and a pure third. */
    private static final String MEANTONE = """
            Quarter-comma meantone
            12
            76.04900
            193.15686
            310.26471
            5/4
            503.42157
            579.47057
            696.57843
            25/16
            889.73529
            1006.84314
            1082.89214
            2
            """;

    private static final String A_440 = "0\n0\n127\n60\n69\n440.0\n12\n";

    @TempDir
    private Path folder;

    @Test
    void twelveEqualStepsAreEqualTemperament() throws IOException {
        StringBuilder text = new StringBuilder("Equal\n12\n");
        for (int i = 1; i <= 12; i++) {
            text.append(100 * i).append(".0\n");
        }
        KeyScale keys = ScalaKeyboard.MIDDLE_C.tune(scale(text.toString()));
        for (int key = 0; key < 128; key++) {
            assertThat(keys.offsetSemitones(key)).as("key %d", key).isCloseTo(0f, within(1e-5f));
        }
    }

    @ParameterizedTest
    @CsvSource({"69, 440", "60, 260.740741", "64, 330", "67, 391.111111", "61, 278.4375", "81, 880", "57, 220", "76, 660"})
    void pythagoreanKeysArePureFifthsApart(int key, double hz) throws IOException {
        assertThat(hz(keyboard(A_440).tune(scale(PYTHAGOREAN)), key)).isCloseTo(hz, within(1e-3));
    }

    @ParameterizedTest
    @CsvSource({"69, 440", "60, 263.18138", "64, 328.97673", "67, 393.54796", "72, 526.36277", "68, 411.22091"})
    void meantoneThirdsArePure(int key, double hz) throws IOException {
        assertThat(hz(keyboard(A_440).tune(scale(MEANTONE)), key)).isCloseTo(hz, within(1e-3));
    }

    /** Twelve of nineteen equal steps on the usual keys: 440 Hz times 2 to the number of steps from A over 19. */
    @ParameterizedTest
    @CsvSource({"69, 440", "60, 264.02260", "61, 273.83237", "62, 294.55890", "71, 490.88948", "72, 528.04520", "48, 132.01130"})
    void aMappingChoosesTwelveOfNineteenSteps(int key, double hz) throws IOException {
        StringBuilder text = new StringBuilder("19 equal\n19\n");
        for (int i = 1; i <= 19; i++) {
            text.append(1200.0 * i / 19).append('\n');
        }
        String map = "12\n0\n127\n60\n69\n440.0\n19\n0\n1\n3\n5\n6\n8\n9\n11\n12\n14\n16\n17\n";
        assertThat(hz(keyboard(map).tune(scale(text.toString())), key)).isCloseTo(hz, within(1e-3));
    }

    @ParameterizedTest
    @CsvSource({"60, 261.625565", "61, 284.696295", "73, 784.876696", "47, 87.208522", "86, 2354.630088"})
    void bohlenPierceRepeatsAtTheTwelfth(int key, double hz) throws IOException {
        StringBuilder text = new StringBuilder("Bohlen-Pierce, equal\n13\n");
        for (int i = 1; i < 13; i++) {
            text.append(1901.9550008654 * i / 13).append('\n');
        }
        assertThat(hz(ScalaKeyboard.MIDDLE_C.tune(scale(text + "3/1\n")), key)).isCloseTo(hz, within(2e-3));
    }

    @Test
    void aKeyThatIsNotMappedIsSilentAndOneOutsideIsNotTuned() throws IOException {
        KeyScale keys = keyboard("3\n48\n72\n60\n60\n262\n12\n0\nx\n").tune(scale(PYTHAGOREAN));
        assertThat(keys.sounds(60)).isTrue();
        assertThat(keys.sounds(61)).isFalse();
        assertThat(keys.sounds(62)).as("left out at the end").isFalse();
        assertThat(hz(keys, 63)).isCloseTo(524, within(1e-3));
        assertThat(keys.offsetSemitones(47)).isCloseTo(0f, within(1e-6f));
        assertThat(keys.offsetSemitones(73)).isCloseTo(0f, within(1e-6f));
    }

    @Test
    void whatNobodyHearsDoesNotSound() throws IOException {
        KeyScale keys = ScalaKeyboard.MIDDLE_C.tune(scale("Octaves\n1\n2/1\n"));
        assertThat(hz(keys, 66)).isCloseTo(261.625565 * 64, within(0.1));
        assertThat(keys.sounds(67)).isFalse();
        assertThat(keys.sounds(127)).isFalse();
        assertThat(keys.sounds(0)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "Empty|:2: the file ends; expected the number of notes",
            "A;none|:2: found none; expected the number of notes, a whole number from 1 to 1024",
            "A;0|:2: found 0; expected the number of notes from 1 to 1024",
            "A;2;3/2|:4: the file ends; expected pitch 2 of 2",
            "A;1;3:2|:3: found 3:2; expected pitch 1 of 1: cents with a point (701.955) or a ratio (3/2)",
            "A;1;-3/2|:3: found -3/2; expected",
            "A;1;3/0|:3: found 3/0; expected",
            "A;1;1e99.|:3: found 1e99.; expected",
            "A;1;99999999999999999999/3|:3: found 99999999999999999999/3; expected",
            "!x;A;! y;1;;2/1|:5: found nothing; expected",
    })
    void whatIsWrongInAScaleIsToldWithItsLine(String text, String told) throws IOException {
        Path file = written("odd.scl", text.replace(';', '\n'));
        assertThatThrownBy(() -> ScalaScale.read(file)).isInstanceOf(UserError.class)
                .hasMessageStartingWith(file + told)
                .message().hasLineCount(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "x|:1: found x; expected the size of the mapping",
            "0;0;128|:3: found 128; expected the last key to tune from 0 to 127",
            "0;50;40|:3: found 40; expected the last key to tune from 50 to 127",
            "0;0;127;60;69;0|:6: found 0; expected the reference frequency",
            "0;0;127;60;69;NaN|:6: found NaN; expected the reference frequency",
            "2;0;127;60;60;262;2;0;-1|:9: found -1; expected entry 2 of 2: a degree of the scale, or x",
            "2;0;127;60;61;262;2;0;x|: reference key 61 is not mapped",
    })
    void whatIsWrongInAMappingIsToldWithItsLine(String text, String told) throws IOException {
        Path file = written("odd.kbm", text.replace(';', '\n'));
        assertThatThrownBy(() -> ScalaKeyboard.read(file)).isInstanceOf(UserError.class)
                .hasMessageStartingWith(file + told)
                .message().hasLineCount(1);
    }

    @Test
    void whateverTheBytesAreItIsATuningOrAUserError() throws IOException {
        Random random = new Random(7);
        byte[] scale = PYTHAGOREAN.getBytes(StandardCharsets.ISO_8859_1);
        byte[] map = "! a map of twelve keys, each a degree\n12\n0\n127\n60\n69\n440.0\n12\n0\n1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n"
                .getBytes(StandardCharsets.ISO_8859_1);
        int read = 0;
        for (int round = 0; round < 2000; round++) {
            Path scl = Files.write(folder.resolve("a.scl"), damaged(scale, random));
            Path kbm = Files.write(folder.resolve("a.kbm"), damaged(map, random));
            try {
                KeyScale keys = ScalaKeyboard.read(kbm).tune(ScalaScale.read(scl));
                assertThat(Float.isFinite(keys.offsetSemitones(random.nextInt(128)))).isTrue();
                read++;
            } catch (UserError e) {
                assertThat(e.getMessage()).contains(": ").doesNotContain("\n");
            }
        }
        assertThat(read).isBetween(50, 1950);
    }

    @Test
    void aFileThatIsMissingOrTooLargeIsRefused() throws IOException {
        assertThatThrownBy(() -> ScalaScale.read(folder.resolve("none.scl"))).hasMessageContaining("no such file");
        Path large = written("large.scl", "!".repeat(1 << 17));
        assertThatThrownBy(() -> ScalaScale.read(large)).isInstanceOf(UserError.class).hasMessageContaining("at most 65536");
    }

    private static byte[] damaged(byte[] bytes, Random random) {
        byte[] odd = bytes.clone();
        odd[random.nextInt(odd.length)] = (byte) random.nextInt(256);
        return odd;
    }

    private static double hz(KeyScale keys, int key) {
        return Units.midiToHz(key + keys.offsetSemitones(key));
    }

    private ScalaScale scale(String text) throws IOException {
        return ScalaScale.read(written("test.scl", text));
    }

    private ScalaKeyboard keyboard(String text) throws IOException {
        return ScalaKeyboard.read(written("test.kbm", text));
    }

    private Path written(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text, StandardCharsets.ISO_8859_1);
    }
}
