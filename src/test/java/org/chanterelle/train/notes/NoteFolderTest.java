package org.chanterelle.train.notes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.chanterelle.signal.UserError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A folder of notes is read as it lies there; what is wrong with it is told in one line. */
final class NoteFolderTest {
    @TempDir
    Path folder;

    @Test
    void threeSetsInThreeFoldersStayAsTheyAre() {
        NoteFolders.writeSet(folder.resolve("train"),
                List.of(NoteFolders.entry("soft", 60, 25), NoteFolders.entry("bright", 62, 100)));
        NoteFolders.writeSet(folder.resolve("valid"), List.of(NoteFolders.entry("soft", 61, 100)));
        NoteFolders.writeSet(folder.resolve("test"), List.of(NoteFolders.entry("bright", 64, 25)));
        NoteFolder notes = NoteFolder.open(folder, 1);
        assertThat(notes.notes(NoteSet.TRAIN)).extracting(NoteEntry::pitch).containsExactly(60, 62);
        assertThat(notes.notes(NoteSet.VALID)).extracting(NoteEntry::pitch).containsExactly(61);
        assertThat(notes.notes(NoteSet.TEST)).extracting(NoteEntry::pitch).containsExactly(64);
        assertThat(notes.classes()).isEqualTo(
                new NoteClasses(List.of("bright", "soft"), List.of("flute", "flute"), List.of(25, 100), 60, 62));
    }

    @Test
    void oneIndexForAllMayNameTheSetsAndHaveFlacBesideThem() {
        NoteEntry train = inSet(NoteFolders.entry("soft", 60, 50), "train");
        NoteEntry valid = inSet(NoteFolders.entry("soft", 65, 50), "valid");
        NoteFolders.writeIndex(folder, List.of(train, valid));
        NoteFolders.writeSound(folder.resolve("train/soft-060-050.flac"), NoteFolders.tone("soft", 60, 50), 16_000);
        NoteFolders.writeSound(folder.resolve("valid/soft-065-050.flac"), NoteFolders.tone("soft", 65, 50), 16_000);
        NoteFolder notes = NoteFolder.open(folder, 1);
        assertThat(notes.notes(NoteSet.TRAIN)).containsExactly(train);
        assertThat(notes.notes(NoteSet.VALID)).containsExactly(valid);
        assertThat(notes.notes(NoteSet.TEST)).isEmpty();
        assertThat(notes.load(valid)).containsExactly(NoteFolders.tone("soft", 65, 50), offset(1f / 32_768));
    }

    @Test
    void oneSetAloneIsSplit() {
        List<NoteEntry> entries = java.util.stream.IntStream.range(40, 50).mapToObj(p -> NoteFolders.entry("soft", p, 50))
                .toList();
        NoteFolders.writeSet(folder, entries);
        NoteFolder notes = NoteFolder.open(folder, 1);
        assertThat(notes.notes(NoteSet.TRAIN)).hasSize(8);
        assertThat(notes.notes(NoteSet.VALID)).hasSize(1);
        assertThat(notes.notes(NoteSet.TEST)).hasSize(1).doesNotContainAnyElementsOf(notes.notes(NoteSet.VALID));
    }

    @Test
    void aLongerNoteIsCutToFourSeconds() {
        NoteFolders.writeIndex(folder, List.of(NoteFolders.entry("soft", 60, 50)));
        NoteFolders.writeSound(folder.resolve("audio/soft-060-050.wav"), NoteFolders.tone("soft", 60, 50, 70_000), 16_000);
        NoteFolder notes = NoteFolder.open(folder, 1);
        assertThat(notes.load(notes.notes(NoteSet.TRAIN).getFirst())).hasSize(64_000);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "{ \"soft-060-050\": { \"pitch\": 60 | broken JSON",
            "[1, 2] | broken JSON",
            "not json at all | broken JSON",
            "'' | broken JSON",
            "{} | no notes",
            "{\"a\": 5} | note a is no object",
            "{\"a\": {\"instrument_str\": \"x\", \"velocity\": 50, \"sample_rate\": 16000}} | note a has no pitch",
            "{\"a\": {\"instrument_str\": \"x\", \"pitch\": \"60\", \"velocity\": 50, \"sample_rate\": 16000}} | note a has no pitch",
            "{\"a\": {\"pitch\": 60, \"velocity\": 50, \"sample_rate\": 16000}} | note a has no instrument_str",
            "{\"a\": {\"instrument_str\": \"x\", \"pitch\": 60, \"velocity\": 50}} | note a has no sample_rate",
            "{\"a\": {\"instrument_str\": \"x\", \"pitch\": 128, \"velocity\": 50, \"sample_rate\": 16000}} | pitch is 128",
            "{\"a\": {\"instrument_str\": \"x\", \"pitch\": 60.5, \"velocity\": 50, \"sample_rate\": 16000}} | a whole number",
            "{\"a\": {\"instrument_str\": \"x\", \"pitch\": 60, \"velocity\": 0, \"sample_rate\": 16000}} | velocity is 0",
            "{\"a\": {\"instrument_str\": \"x\", \"pitch\": 60, \"velocity\": 50, \"sample_rate\": 22050}} | sample_rate is 22050",
            "{\"a\": {\"instrument_str\": \"x\", \"pitch\": 60, \"velocity\": 50, \"sample_rate\": 16000, \"split\": \"dev\"}} | split is dev",
            "{\"a\": {\"instrument_str\": \"x\", \"pitch\": 60, \"velocity\": 50, \"sample_rate\": 16000}} | a.wav",
            "{\"../../a\": {\"instrument_str\": \"x\", \"pitch\": 60, \"velocity\": 50, \"sample_rate\": 16000}} | the name",
    })
    void aDamagedIndexIsToldInOneLine(String json, String told) {
        NoteFolders.writeText(folder.resolve(NoteIndex.NAME), json);
        assertRefused(told);
        assertThatThrownBy(() -> NoteFolder.open(folder, 1)).hasMessageContaining(folder.toString());
    }

    @Test
    void aNoteThatIsThereTwiceIsRefused() {
        String note = NoteFolders.json(NoteFolders.entry("soft", 60, 50));
        NoteFolders.writeText(folder.resolve(NoteIndex.NAME), "{" + note + "," + note + "}");
        assertRefused("twice");
    }

    @Test
    void aFolderWithoutIndexIsRefused() {
        assertRefused("no index of notes");
        assertThatThrownBy(() -> NoteFolder.open(folder.resolve("nowhere"), 1)).isInstanceOf(UserError.class)
                .hasMessageContaining("nowhere");
    }

    @Test
    void aNoteInTwoSetsIsRefused() {
        NoteFolders.writeSet(folder.resolve("train"), List.of(NoteFolders.entry("soft", 60, 50)));
        NoteFolders.writeSet(folder.resolve("test"), List.of(NoteFolders.entry("soft", 60, 50)));
        assertRefused("is in train and in test");
    }

    @Test
    void whatTrainingHasNotIsRefused() {
        NoteFolders.writeSet(folder.resolve("train"), List.of(NoteFolders.entry("soft", 60, 50)));
        NoteFolders.writeSet(folder.resolve("test"), List.of(NoteFolders.entry("soft", 61, 75)));
        assertRefused("unknown velocity 75");
        NoteFolders.writeSet(folder.resolve("test"), List.of(NoteFolders.entry("bright", 61, 50)));
        assertRefused("unknown instrument bright");
    }

    @Test
    void aMissingSoundFileIsRefusedBeforeTrainingBegins() throws IOException {
        NoteFolders.writeSet(folder, List.of(NoteFolders.entry("soft", 60, 50), NoteFolders.entry("soft", 61, 50)));
        Files.delete(folder.resolve("audio/soft-061-050.wav"));
        assertRefused("soft-061-050.wav");
    }

    @Test
    void soundThatIsTooShortOrOfAnotherRateIsRefused() {
        NoteFolders.writeIndex(folder, List.of(NoteFolders.entry("soft", 60, 50)));
        Path sound = folder.resolve("audio/soft-060-050.wav");
        NoteFolders.writeSound(sound, new float[63_999], 16_000);
        assertLoadRefused("too short: 63999");
        NoteFolders.writeSound(sound, new float[200_000], 44_100);
        assertLoadRefused("44100 Hz");
    }

    private void assertLoadRefused(String told) {
        NoteFolder notes = NoteFolder.open(folder, 1);
        NoteEntry note = notes.notes(NoteSet.TRAIN).getFirst();
        assertThatThrownBy(() -> notes.load(note)).isInstanceOf(UserError.class).hasMessageContaining(told)
                .hasMessageContaining(note.name());
    }

    private void assertRefused(String told) {
        assertThatThrownBy(() -> NoteFolder.open(folder, 1))
                .isInstanceOfSatisfying(UserError.class, e -> assertThat(e.exitCode).isEqualTo(2))
                .hasMessageContaining(told)
                .satisfies(e -> assertThat(e.getMessage()).hasLineCount(1));
    }

    private static NoteEntry inSet(NoteEntry n, String set) {
        return new NoteEntry(n.name(), n.instrument(), n.family(), n.pitch(), n.velocity(), n.sampleRateHz(), set);
    }
}
