package org.chanterelle.generate.jukebox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.chanterelle.audiofile.AudioClip;
import org.chanterelle.audiofile.AudioWriter;
import org.chanterelle.generate.codes.CodeFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GenerationTest {
    @TempDir
    Path folder;
    private SmallJukebox jukebox;
    private Path out;

    @BeforeEach
    void writeModels() {
        jukebox = new SmallJukebox(folder.resolve("models"));
        out = folder.resolve("out.wav");
    }

    private static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** All that a job leaves, by file name. */
    static Map<String, String> left(Path out, List<Path> outs) throws IOException {
        Map<String, String> left = new TreeMap<>();
        try (var files = Files.list(new JobFolder(out).path())) {
            for (Path file : files.toList()) {
                left.put(file.getFileName().toString(), Arrays.toString(Files.readAllBytes(file)));
            }
        }
        for (Path file : outs) {
            left.put("result " + outs.indexOf(file), Files.readString(file));
        }
        return left;
    }

    private String codes(Path job, String level) throws IOException {
        return Files.readString(new JobFolder(job).sound(level, 0));
    }

    @Test
    void whereverItIsStoppedItGoesOnToTheSameBytes() throws IOException {
        GenerationRequest request = SmallJukebox.request(2, 7);
        List<Path> outs = List.of(folder.resolve("out-1.wav"), folder.resolve("out-2.wav"));
        jukebox.run(request, out, outs, (level, codes, total) -> {});
        Map<String, String> expected = left(out, outs);
        assertThat(expected).containsKeys("top-1.codes", "top-2.wav", "middle-2.codes", "bottom-1.codes", "result 1");
        for (int stop = 1; stop < 140; stop += 9) {
            int firstStop = stop;
            Path other = folder.resolve("stopped-" + stop + ".wav");
            List<Path> others = List.of(folder.resolve("a" + stop), folder.resolve("b" + stop));
            for (int attempt = 0; attempt < 2; attempt++) {
                int[] drawn = {0};
                assertThatThrownBy(() -> jukebox.run(request, other, others, (level, codes, total) -> {
                    if (++drawn[0] == firstStop) {
                        throw new Stopped();
                    }
                })).isInstanceOf(Stopped.class);
                assertThat(drawn[0]).isEqualTo(firstStop);
                if (firstStop > 60) {
                    break;
                }
            }
            jukebox.run(request, other, others, (level, codes, total) -> {});
            assertThat(left(other, others)).as("stopped after " + stop).isEqualTo(expected);
        }
    }

    @Test
    void windowsAreGivenWhatIsThereAndWhatLiesAboveThem() throws IOException {
        jukebox.run(SmallJukebox.request(1, 7), out);
        String top = codes(out, "top");
        List<FakePrior.Opened> windows = jukebox.priors.get(2).opened();
        assertThat(windows).extracting(window -> window.condition().startFrame()).containsExactly(0L, 2 * 8L, 4 * 8L);
        assertThat(windows).extracting(window -> window.given().length).containsExactly(0, 14, 14);
        assertThat(text(windows.get(2).given())).isEqualTo(top.substring(4, 18));
        List<FakePrior.Opened> below = jukebox.priors.get(1).opened();
        assertThat(below).extracting(window -> window.condition().startFrame()).containsExactly(0L, 32L, 64L, 96L);
        assertThat(below).extracting(window -> window.given().length).containsExactly(0, 8, 8, 8);
        assertThat(text(below.get(3).condition().upperCodes())).isEqualTo(top.substring(12, 20));
        assertThat(below.getFirst().condition().artist()).isEqualTo(1);
        assertThat(below.getFirst().condition().genres()).containsExactly(1);
        assertThat(below.getFirst().condition().totalFrames()).isEqualTo(320);
        assertThat(Files.readString(out)).hasSize(80);
        assertThat(jukebox.released).as("priors let go").isEqualTo(3);
    }

    private static String text(int[] codes) {
        StringBuilder text = new StringBuilder();
        for (int code : codes) {
            text.append((char) ('a' + code));
        }
        return text.toString();
    }

    @Test
    void aSampleIsTheSameWhateverIsMadeBesideIt() throws IOException {
        jukebox.run(SmallJukebox.request(1, 7), out);
        List<Path> outs = List.of(folder.resolve("x-1"), folder.resolve("x-2"), folder.resolve("x-3"));
        jukebox.run(SmallJukebox.request(3, 7), folder.resolve("x"), outs, (level, codes, total) -> {});
        Path otherSeed = folder.resolve("seed.wav");
        jukebox.run(SmallJukebox.request(1, 8), otherSeed);
        assertThat(Files.readString(outs.getFirst())).isEqualTo(Files.readString(out));
        assertThat(List.of(Files.readString(outs.get(0)), Files.readString(outs.get(1)), Files.readString(outs.get(2)),
                Files.readString(otherSeed))).doesNotHaveDuplicates();
    }

    @Test
    void aRecordingThatIsContinuedKeepsItsCodesAtEveryLevel() throws IOException {
        Path prime = folder.resolve("prime.wav");
        AudioWriter.write(prime, AudioClip.mono(new float[8 * 11 + 5], SmallJukebox.RATE_HZ), false);
        jukebox.run(SmallJukebox.given(prime, null), out);
        assertThat(codes(out, "top")).startsWith("ijklmnopabc").hasSize(20);
        assertThat(codes(out, "middle")).startsWith("eeffgghhiijjkkllmmnnoo").hasSize(40);
        assertThat(Files.readString(out)).startsWith("ccccddddeeeeffffgggghhhhiiiijjjjkkkkllllmmmm").hasSize(80);
        assertThat(jukebox.priors.get(2).opened().getFirst().given()).hasSize(11);
        assertThat(jukebox.priors.get(0).opened().getFirst().condition().startFrame()).isEqualTo(4 * 8 * 2);
    }

    @Test
    void ofAFileOfCodesOnlyTheLevelsBelowAreMade() throws IOException {
        Path codes = folder.resolve("upper.codes");
        int[] counting = new int[20];
        Arrays.setAll(counting, i -> i % 16);
        CodeFile.write(codes, jukebox.models.autoencoders().get(2), counting, 20);
        jukebox.run(SmallJukebox.given(null, codes), out);
        assertThat(jukebox.priors).containsOnlyKeys(0, 1);
        assertThat(jukebox.priors.get(1).opened().getFirst().condition().upperCodes()).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
        assertThat(new JobFolder(out).codes("top", 0)).doesNotExist();
        assertThat(GenerationRequest.frames(jukebox.models, null, codes)).isEqualTo(160);
        assertThat(GenerationRequest.frames(jukebox.models, 0.005, codes)).isEqualTo(80);

        Path middle = new JobFolder(out).codes("middle", 0);
        Path again = folder.resolve("again.wav");
        jukebox.priors.clear();
        jukebox.run(SmallJukebox.given(null, middle), again);
        assertThat(jukebox.priors).containsOnlyKeys(0);
        assertThat(Files.readString(again)).isEqualTo(Files.readString(out));
    }

    @Test
    void whatIsShorterThanAContextIsOneWindow() {
        GenerationRequest request = new GenerationRequest(24, 24, 1, 3, new SamplingFilter(1, 0, 1), new SamplingFilter(1, 0, 1),
                null, List.of(), "", null, null);
        jukebox.run(request, out);
        int[] above = jukebox.priors.get(1).opened().getFirst().condition().upperCodes();
        assertThat(above).hasSize(8);
        assertThat(Arrays.copyOfRange(above, 3, 8)).containsOnly(0);
        assertThat(out).hasSize(12);
    }

    @Test
    void levelsBelowTheTopHaveAFilterOfTheirOwn() throws IOException {
        SamplingFilter all = new SamplingFilter(1, 0, 1);
        SamplingFilter likeliest = new SamplingFilter(1, 1, 1);
        Path other = folder.resolve("other.wav");
        jukebox.run(new GenerationRequest(160, 160, 1, 3, all, all, null, List.of(), "", null, null), out);
        jukebox.run(new GenerationRequest(160, 160, 1, 3, all, likeliest, null, List.of(), "", null, null), other);
        assertThat(Files.mismatch(new JobFolder(out).codes("top", 0), new JobFolder(other).codes("top", 0))).isEqualTo(-1);
        assertThat(Files.mismatch(new JobFolder(out).codes("middle", 0), new JobFolder(other).codes("middle", 0)))
                .isNotEqualTo(-1);
    }

    @Test
    void lyricsFlowWithThePiece() {
        GenerationRequest request = new GenerationRequest(160, 160, 1, 3, new SamplingFilter(1, 0, 1),
                new SamplingFilter(1, 0, 1), null, List.of(), "abcdefghijklmnopqrst", null, null);
        jukebox.run(request, out);
        List<FakePrior.Opened> windows = jukebox.priors.get(2).opened();
        assertThat(windows).allMatch(window -> window.condition().lyrics().length == 8);
        assertThat(windows.getFirst().condition().lyrics()[0]).isLessThan(windows.getLast().condition().lyrics()[0]);
        assertThat(jukebox.priors.get(0).opened().getFirst().condition().lyrics()).isEmpty();
    }

    @Test
    void theEstimateCountsWhatIsLeft() {
        GenerationRequest request = SmallJukebox.request(2, 7);
        try (JobFolder job = new JobFolder(out)) {
            Generation generation = jukebox.generation(request, job);
            job.open(RequestText.of(jukebox.models, request), false);
            Estimate whole = generation.estimate(1 << 30);
            assertThat(whole.levels()).extracting(Estimate.Level::name).containsExactly("top", "middle", "bottom");
            assertThat(whole.levels()).extracting(Estimate.Level::codes).containsExactly(20L, 40L, 80L);
            assertThat(whole.seconds()).isPositive();
            assertThat(whole.memoryBytes()).isGreaterThan(4L * 2 * 140);
            assertThat(whole.diskBytes()).isGreaterThan(4L * 2 * 160 * 3);
            assertThat(whole.toString()).contains("about 1 s, top: 20 codes at ", "bottom: 80 codes");
            generation.run(List.of(out, folder.resolve("b")), false, (level, codes, total) -> {});
            assertThat(generation.estimate(1 << 30).levels()).isEmpty();
        }
    }
}
