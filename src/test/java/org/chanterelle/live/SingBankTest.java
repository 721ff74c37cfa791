package org.chanterelle.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Collections;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.LinkedHashMap;
import java.util.stream.Stream;
import org.chanterelle.model.sing.SingCard;
import org.chanterelle.model.Tensor;
import org.chanterelle.model.sing.SingFolder;
import org.chanterelle.preset.Preset;
import org.chanterelle.rt.LoopedNote;
import org.chanterelle.rt.NoteBank;
import org.chanterelle.signal.Parameters;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Notes rendered ahead: in memory, on disk, and instead of streamed ones. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
final class SingBankTest {
    private static final int RATE_HZ = 48_000;
    private static final int SAMPLES = 50;

    @TempDir
    Path folder;

    private final List<String> problems = new ArrayList<>();
    private SingFolder model;
    private SoundCache cache;

    @BeforeEach
    void loads() {
        model = SingSounds.model(folder.resolve("model"));
        cache = new SoundCache(folder.resolve("cache"), 1 << 30);
    }

    @Test
    void aKeyFromTheBankSoundsAsAStreamedOneSampleBySample() throws Exception {
        WaveSound full = SingSounds.sound(model, Preset.Notes.BANK, 0);
        assertThat(full.bank().size()).isEqualTo(25 * 9);
        fill(full);
        assertThat(full.bank().filled()).isEqualTo(full.bank().size());
        WaveSound empty = SingSounds.sound(model, Preset.Notes.BANK, 0);
        assertThat(Arrays.equals(SingPlayTest.song(full, 128), SingPlayTest.song(empty, 128))).isTrue();
    }

    @Test
    void aKeyFromTheBankNeedsNoWorkerAndOneThatIsMissingIsStreamed() throws Exception {
        WaveSound sound = SingSounds.sound(model, Preset.Notes.BANK, 0);
        fill(sound);
        assertThat(withoutWorker(sound, 0)).isGreaterThan(-60);
        NoteBank bank = new NoteBank(60, 1, new float[] {80}, 0);
        assertThat(withoutWorker(new WaveSound(sound.weights(), sound.sound(), bank), 0)).isLessThan(-100);
    }

    @Test
    void underAnotherMorphTheWorkerMakesTheNotes() throws Exception {
        WaveSound sound = SingSounds.sound(model, Preset.Notes.BANK, 0.5f);
        fill(sound);
        assertThat(withoutWorker(sound, 0.5f)).isGreaterThan(-60);
        assertThat(withoutWorker(sound, 0.8f)).isLessThan(-100);
    }

    @Test
    void whatIsOnDiskIsThereAtOnceAndWhatIsDamagedIsRenderedAnew() throws Exception {
        WaveSound first = SingSounds.sound(model, Preset.Notes.BANK, 0);
        fill(first);
        List<Path> files = noteFiles();
        assertThat(files).hasSize(25);
        byte[] whole = Files.readAllBytes(files.getFirst());
        byte[] damaged = whole.clone();
        damaged[damaged.length / 2] ^= 1;
        Files.write(files.getFirst(), damaged);
        Files.write(files.get(1), Arrays.copyOf(whole, whole.length - 1));
        Files.delete(files.get(2));
        try (BankFiller filler = new BankFiller(cache, problems::add)) {
            WaveSound again = SingSounds.sound(model, Preset.Notes.BANK, 0);
            filler.fill(again, name());
            assertThat(again.bank().filled()).isGreaterThanOrEqualTo(22 * 9);
            filler.await();
            assertThat(again.bank().filled()).isEqualTo(25 * 9);
        }
        assertThat(noteFiles()).hasSize(25);
        assertThat(Files.readAllBytes(files.getFirst())).isEqualTo(whole);
        assertThat(problems).isEmpty();
    }

    @Test
    void otherWeightsAndOtherSoundsHaveOtherFiles() throws Exception {
        fill(SingSounds.sound(model, Preset.Notes.BANK, 0));
        fill(SingSounds.sound(model, Preset.Notes.BANK, 0.25f));
        assertThat(noteFiles()).hasSize(50);
        Map<String, Tensor> other = new LinkedHashMap<>(model.weights());
        float[] values = other.get("seq.decoder.bias").values().clone();
        values[0] += 0.5f;
        other.put("seq.decoder.bias", new Tensor(new int[] {values.length}, values));
        assertThat(BankFiller.nameOf(new SingFolder(model.path(), model.card(), other))).isNotEqualTo(name());
        List<SingCard.Instrument> louder = model.card().instruments().stream()
                .map(i -> i.withLevels(Collections.nCopies(i.highestPitch() - i.lowestPitch() + 1, 1.0))).toList();
        assertThat(BankFiller.nameOf(new SingFolder(model.path(), model.card().withInstruments(louder), model.weights())))
                .isNotEqualTo(name());
    }

    @Test
    void aFolderThatCannotBeMadeIsToldOnceAndTheNotesAreThere() throws Exception {
        Files.writeString(folder.resolve("cache"), "a file");
        WaveSound sound = SingSounds.sound(model, Preset.Notes.BANK, 0);
        fill(sound);
        assertThat(sound.bank().filled()).isEqualTo(sound.bank().size());
        assertThat(problems).hasSize(1);
    }

    @Test
    void theSoundLongestNotUsedIsDeletedFirst() throws IOException {
        SoundCache limited = new SoundCache(folder.resolve("cache"), 1_000);
        NoteCache small = new NoteCache(limited);
        for (String key : List.of("old", "middle", "new")) {
            new NoteCache(cache).keep(key, 60, new LoopedNote[] {note(), note()}, problems::add);
        }
        Files.setLastModifiedTime(folder.resolve("cache/old"), FileTime.fromMillis(1_000));
        Files.setLastModifiedTime(folder.resolve("cache/middle"), FileTime.fromMillis(2_000));
        limited.trim();
        assertThat(small.read("old", 60, 2, SAMPLES)).isEmpty();
        assertThat(small.read("middle", 60, 2, SAMPLES)).isPresent();
        assertThat(small.read("new", 60, 2, SAMPLES)).isPresent();
        assertThat(small.read("new", 60, 1, SAMPLES)).as("of another shape").isEmpty();
        assertThat(folder.resolve("cache/old")).doesNotExist();
    }

    private static LoopedNote note() {
        return new LoopedNote(new float[SAMPLES], 10, 1f);
    }

    private String name() {
        return BankFiller.nameOf(model);
    }

    private void fill(WaveSound sound) throws InterruptedException {
        try (BankFiller filler = new BankFiller(cache, problems::add)) {
            filler.fill(sound, name());
            filler.await();
        }
    }

    private List<Path> noteFiles() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("cache"))) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    /** Level of a note that no worker helps. */
    private static double withoutWorker(WaveSound sound, float morph) {
        StageBench bench = new StageBench(sound, RATE_HZ, 128);
        bench.stage.values.set(Parameters.MORPH, morph);
        bench.stage.process.prepare(RATE_HZ, 128);
        bench.inStep = false;
        bench.workerRuns = false;
        bench.send(StageBench.NOTE_ON, 65, 80);
        return Measure.rmsDb(bench.play(0.5));
    }
}
