package org.chanterelle.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.chanterelle.inference.ComputeDevice;
import org.chanterelle.model.ModelFolder;
import org.chanterelle.model.Tensor;
import org.chanterelle.model.TestModels;
import org.chanterelle.model.timbre.TimbreConfig;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is kept of an instrument is what would be computed, and of nothing else. */
final class InstrumentCacheTest {
    private static final TimbreConfig CONFIG = new TimbreConfig(8, 10, 9, 16000, 250, 4000, 2, -5f, TimbreConfig.Skip.FEATURES);
    private static final double ATTACK_SECONDS = 0.01;

    @TempDir
    Path folder;

    private final List<String> problems = new ArrayList<>();
    private ModelFolder model;
    private InstrumentCache cache;

    @BeforeEach
    void models() {
        Map<String, Tensor> weights = TestModels.weights(CONFIG, 1);
        float[] rooms = new float[2 * CONFIG.reverbTaps()];
        for (int n = 1; n < CONFIG.reverbTaps(); n++) {
            rooms[n] = (float) (0.1 * Math.sin(2 * Math.PI * 520 * n / 16_000));
            rooms[CONFIG.reverbTaps() + n] = (float) (0.1 * Math.exp(-n / 400.0) * Math.sin(n * n));
        }
        weights.put("reverb", new Tensor(new int[] {2, CONFIG.reverbTaps()}, rooms));
        model = new ModelFolder(Path.of("test"), TestModels.card(CONFIG), weights);
        cache = new InstrumentCache(new SoundCache(folder.resolve("cache"), 1 << 30), problems::add);
    }

    @Test
    void anInstrumentFromTheCacheIsTheOneThatWasComputed() throws IOException {
        Instrument computed = Instrument.of(model, ATTACK_SECONDS, true, ComputeDevice.CPU);
        Instrument first = instrument(ATTACK_SECONDS);
        assertThat(files()).hasSize(2);
        Instrument second = instrument(ATTACK_SECONDS);
        for (Instrument each : List.of(first, second)) {
            assertThat(each.starts().heads().values()).isEqualTo(computed.starts().heads().values());
            assertThat(each.room().tail()).isEqualTo(computed.room().tail());
        }
        assertThat(files()).hasSize(2);
        assertThat(problems).isEmpty();
    }

    @Test
    void whatIsKeptIsNotComputedAgain() {
        float[] values = {1, 2, 3};
        assertThat(cache.starts("a", ATTACK_SECONDS, 3, () -> values)).isEqualTo(values);
        assertThat(cache.starts("a", ATTACK_SECONDS, 3, InstrumentCacheTest::unexpected)).isEqualTo(values);
        assertThat(cache.room("a", 9, () -> 7)).isEqualTo(7);
        assertThat(cache.room("a", 9, () -> 8)).isEqualTo(7);
        assertThat(cache.room("a", 2, () -> 1)).as("a room that is not there").isEqualTo(1);
        float[] others = {4, 5, 6, 7};
        assertThat(cache.starts("b", ATTACK_SECONDS, 4, () -> others)).as("another model").isEqualTo(others);
        assertThat(cache.starts("a", 0.5, 4, () -> others)).as("another attack").isEqualTo(others);
        assertThat(cache.starts("a", ATTACK_SECONDS, 4, () -> others)).as("of another size").isEqualTo(others);
    }

    private static float[] unexpected() {
        throw new AssertionError("computed again");
    }

    @Test
    void damagedFilesAreComputedAnew() throws IOException {
        Instrument whole = instrument(ATTACK_SECONDS);
        for (Path file : files()) {
            byte[] bytes = Files.readAllBytes(file);
            bytes[bytes.length / 2] ^= 1;
            Files.write(file, bytes);
        }
        Instrument again = instrument(ATTACK_SECONDS);
        assertThat(again.starts().heads().values()).isEqualTo(whole.starts().heads().values());
        assertThat(again.room().tail()).isEqualTo(whole.room().tail());
        assertThat(problems).isEmpty();
    }

    @Test
    void anotherModelHasAnotherName() {
        Instrument one = instrument(ATTACK_SECONDS);
        Map<String, Tensor> weights = new java.util.LinkedHashMap<>(model.weights());
        float[] values = weights.get("head_noise.bias").values().clone();
        values[0] = Math.nextUp(values[0]);
        weights.put("head_noise.bias", new Tensor(new int[] {values.length}, values));
        ModelFolder other = new ModelFolder(Path.of("test"), model.card(), weights);
        assertThat(InstrumentCache.nameOf(other, one.loudness())).isNotEqualTo(InstrumentCache.nameOf(model, one.loudness()));
        assertThat(InstrumentCache.nameOf(model, one.loudness())).isEqualTo(InstrumentCache.nameOf(model, one.loudness()));
    }

    @Test
    void aDiskThatRefusesIsToldOnce() throws IOException {
        Files.writeString(folder.resolve("cache"), "a file");
        assertThat(instrument(ATTACK_SECONDS).room()).isNotNull();
        assertThat(problems).hasSize(1);
    }

    private Instrument instrument(double attackSeconds) {
        return Instrument.of(model, attackSeconds, true, ComputeDevice.CPU, cache);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("cache"))) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
