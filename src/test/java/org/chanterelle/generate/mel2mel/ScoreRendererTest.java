package org.chanterelle.generate.mel2mel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.chanterelle.analysis.spectrum.MelSpectrum;
import org.chanterelle.generate.Vocoder;
import org.chanterelle.model.Tensor;
import org.chanterelle.model.mel2mel.Mel2MelBlock;
import org.chanterelle.model.mel2mel.Mel2MelConfig;
import org.chanterelle.model.mel2mel.Mel2MelFolder;
import org.chanterelle.model.mel2mel.PianoRoll;
import org.chanterelle.model.mel2mel.TestMel2MelModels;
import org.chanterelle.signal.ScoreNote;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScoreRendererTest {
    private static final Mel2MelConfig CONFIG = TestMel2MelModels.smallConfig();

    @TempDir
    Path folder;

    private final Map<String, Tensor> weights = TestMel2MelModels.weights(CONFIG, 3);

    /** Each frame of the spectrogram as a constant. */
    private static final Vocoder STEPS = mel -> {
        float[] out = new float[mel.length * MelSpectrum.HOP_FRAMES];
        for (int n = 0; n < out.length; n++) {
            out[n] = (float) Math.exp(mel[n / MelSpectrum.HOP_FRAMES][7]);
        }
        return out;
    };

    private static List<ScoreNote> notes(double seconds) {
        Random random = new Random(4);
        List<ScoreNote> notes = new ArrayList<>();
        for (double at = 0; at < seconds; at += 0.3) {
            notes.add(new ScoreNote(at, at + 0.2 + random.nextDouble(), 50 + random.nextInt(30), 40 + random.nextInt(80),
                    random.nextInt(3) * 20));
        }
        return notes;
    }

    private static float[][] whole(Map<String, Tensor> weights, PianoRoll roll, float[] timbre, int frames) {
        try (NDManager manager = NDManager.newBaseManager()) {
            Map<String, NDArray> arrays = new HashMap<>();
            weights.forEach((name, tensor) -> arrays.put(name, manager.create(tensor.values(),
                    new Shape(Arrays.stream(tensor.shape()).asLongStream().toArray()))));
            float[] columns = new float[frames * PianoRoll.ROWS];
            roll.write(0, frames, columns, 0);
            float[] all = new Mel2MelBlock(CONFIG, arrays).forward(
                    manager.create(columns, new Shape(1, frames, PianoRoll.ROWS)), manager.create(timbre).expandDims(0))
                    .toFloatArray();
            float[][] rows = new float[frames][];
            for (int i = 0; i < frames; i++) {
                rows[i] = Arrays.copyOfRange(all, i * 80, (i + 1) * 80);
            }
            return rows;
        }
    }

    @Test
    void windowsMakeTheSameAsOnePassWithoutASeam() {
        PianoRoll roll = ScorePart.all(notes(40), CONFIG, "x", TimbrePath.fixed(new float[2])).getFirst().roll();
        float[] timbre = {0.3f, -0.7f};
        int frames = 2 * Mel2MelPredictor.CORE + 700;
        float[][] expected = whole(weights, roll, timbre, frames);
        try (Mel2MelPredictor predictor = new Mel2MelPredictor(CONFIG, weights)) {
            float[][] found = predictor.of(roll, TimbrePath.fixed(timbre), frames, WindowStore.NONE, "x",
                    share -> assertThat(share).isBetween(0.0, 1.0));
            for (int i = 0; i < frames; i++) {
                for (int band = 0; band < 80; band++) {
                    assertThat(found[i][band]).as("frame %d band %d", i, band)
                            .isCloseTo(Math.max(MelSpectrum.FLOOR, expected[i][band]), within(2e-3f));
                }
            }
        }
    }

    @Test
    void aMorphBeginsInOneTimbreAndEndsInTheOther() {
        PianoRoll roll = ScorePart.all(notes(20), CONFIG, "x", TimbrePath.fixed(new float[2])).getFirst().roll();
        float[] first = {1f, 0f};
        float[] second = {-1f, 2f};
        int frames = 2600;
        try (Mel2MelPredictor predictor = new Mel2MelPredictor(CONFIG, weights)) {
            float[][] morph = predictor.of(roll, new TimbrePath(first, second), frames, WindowStore.NONE, "x", share -> {});
            float[][] start = predictor.of(roll, TimbrePath.fixed(first), frames, WindowStore.NONE, "x", share -> {});
            float[][] end = predictor.of(roll, TimbrePath.fixed(second), frames, WindowStore.NONE, "x", share -> {});
            assertThat(distance(morph[3], start[3])).isLessThan(0.05 * distance(morph[3], end[3]));
            assertThat(distance(morph[frames - 3], end[frames - 3]))
                    .isLessThan(0.05 * distance(morph[frames - 3], start[frames - 3]));
            assertThat(TimbrePath.between(first, second, 0.5).from()).containsExactly(0f, 1f);
        }
    }

    private static double distance(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += Math.abs(a[i] - b[i]);
        }
        return sum;
    }

    @Test
    void eachProgramPlaysInTheNearestTimbreAndPartsAddUp() {
        Mel2MelFolder model = TestMel2MelModels.write(folder.resolve("model"), CONFIG, 3);
        List<ScoreNote> notes = List.of(new ScoreNote(0, 1, 60, 90, 46), new ScoreNote(0, 1, 64, 90, 57),
                new ScoreNote(1, 2, 67, 90, 16));
        List<ScorePart> parts = ScorePart.byProgram(notes, model);
        assertThat(parts).extracting(ScorePart::name).containsExactly("harp", "trumpet", "organ");
        assertThat(ScorePart.nearest(List.of(46, 56), 0)).isZero();
        try (Mel2MelPredictor predictor = new Mel2MelPredictor(CONFIG, model.weights())) {
            ScoreRenderer renderer = new ScoreRenderer(predictor, STEPS);
            float[] sum = renderer.render(parts, 1, WindowStore.NONE, (share, doing) -> {}).audio();
            float[] one = renderer.render(parts.subList(0, 1), 1, WindowStore.NONE, (share, doing) -> {}).audio();
            assertThat(sum[100]).isGreaterThan(one[100]);
            assertThat(sum.length).isEqualTo((2 * 125 + 250) * 128);
        }
    }

    @Test
    void whatIsTooLoudIsLoweredAsAWhole() {
        try (Mel2MelPredictor predictor = new Mel2MelPredictor(CONFIG, weights)) {
            List<ScorePart> parts = ScorePart.all(notes(3), CONFIG, "x", TimbrePath.fixed(new float[2]));
            ScoreRenderer.Rendering loud = new ScoreRenderer(predictor, STEPS).render(parts, 1000, WindowStore.NONE,
                    (share, doing) -> {});
            float peak = 0;
            for (float sample : loud.audio()) {
                peak = Math.max(peak, Math.abs(sample));
            }
            assertThat(peak).isCloseTo(0.99f, within(1e-4f));
            assertThat(loud.reductionDb()).isGreaterThan(0);
        }
    }

    @Test
    void whatWasStoppedGoesOnToTheSameSound() throws IOException {
        Path settled = Files.writeString(folder.resolve("in"), "score");
        Path out = folder.resolve("out.wav");
        List<ScorePart> parts = ScorePart.all(notes(40), CONFIG, "x", TimbrePath.fixed(new float[2]));
        try (Mel2MelPredictor predictor = new Mel2MelPredictor(CONFIG, weights)) {
            float[] expected = new ScoreRenderer(predictor, STEPS).render(parts, 1, WindowStore.NONE, (s, d) -> {}).audio();
            ResumeFolder first = ResumeFolder.of(out, List.of(settled), "a");
            assertThatThrownBy(() -> new ScoreRenderer(predictor, STEPS).render(parts, 1, first, (share, doing) -> {
                if (doing.endsWith("sound")) {
                    throw new IllegalStateException("killed");
                }
            })).hasMessage("killed");
            ResumeFolder again = ResumeFolder.of(out, List.of(settled), "a");
            assertThat(again.load("mel-x-0", 1)).isNull();
            assertThat(again.load("mel-0-0", (Mel2MelPredictor.CORE + 64) * 80)).isNotNull();
            assertThat(new ScoreRenderer(predictor, STEPS).render(parts, 1, again, (s, d) -> {}).audio()).isEqualTo(expected);
            ResumeFolder other = ResumeFolder.of(out, List.of(settled), "b");
            assertThat(other.load("mel-0-0", (Mel2MelPredictor.CORE + 64) * 80)).isNull();
            other.delete();
        }
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(settled);
        }
    }

    @Test
    void tenMinutesSoundAtTheEndAsAtTheBeginning() {
        double period = 16;
        List<ScoreNote> notes = new ArrayList<>();
        for (double at = 0; at < 600; at += period) {
            for (int i = 0; i < 12; i++) {
                notes.add(new ScoreNote(at + i, at + i + 0.7, 48 + 5 * i % 24, 60 + 5 * i, 0));
            }
        }
        try (Mel2MelPredictor predictor = new Mel2MelPredictor(CONFIG, weights)) {
            List<ScorePart> parts = ScorePart.all(notes, CONFIG, "x", TimbrePath.fixed(new float[] {0.3f, -0.7f}));
            ScoreRenderer.Rendering rendering = new ScoreRenderer(predictor, STEPS).render(parts, 1, WindowStore.NONE,
                    (share, doing) -> {});
            float[] audio = rendering.audio();
            int frames = (int) (16_000 * period);
            assertThat(audio.length / 16_000.0).isBetween(600.0, 606.0);
            for (int n = 0; n < frames / 2; n += 61) {
                assertThat(audio[35 * frames + n]).isCloseTo(audio[5 * frames + n], within(1e-4f));
            }
        }
    }
}
