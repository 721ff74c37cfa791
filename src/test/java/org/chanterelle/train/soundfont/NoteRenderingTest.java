package org.chanterelle.train.soundfont;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.chanterelle.audiofile.AudioClip;
import org.chanterelle.rt.dsp.HighPass;
import org.chanterelle.signal.TimedMidi;
import org.chanterelle.signal.Units;
import org.chanterelle.signal.UserError;
import org.chanterelle.train.notes.NoteEntry;
import org.chanterelle.train.notes.NoteFolder;
import org.chanterelle.train.notes.NoteSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sound font becomes a folder of notes; a stopped run goes on. */
final class NoteRenderingTest {
    @TempDir
    Path temporary;

    private Path out;
    private SoundFont font;

    /** Scores that were played. */
    private final List<List<TimedMidi>> played = new ArrayList<>();

    @BeforeEach
    void writesAFont() {
        font = SoundFont.read(SmallSoundFont.write(temporary.resolve("two.sf2")));
        out = temporary.resolve("notes");
    }

    @Test
    void everyNoteIsCutWhereItBegins() {
        NoteRendering.Result result = render(settings(List.of("violin", "flute"), 1), 0.5);
        assertThat(result.rendered()).isEqualTo(2 * 2 * 10);
        NoteFolder notes = NoteFolder.open(out, 99);
        assertThat(notes.classes().instruments()).containsExactly("flute", "violin");
        assertThat(notes.classes().families()).containsExactly("flute", "string");
        assertThat(notes.classes().velocities()).containsExactly(50, 100);
        for (NoteSet set : NoteSet.values()) {
            assertThat(notes.notes(set)).hasSize(set == NoteSet.TRAIN ? 32 : 4);
            notes.notes(set).forEach(note -> assertIsItsSine(note, notes.load(note)));
        }
    }

    private static void assertIsItsSine(NoteEntry note, float[] audio) {
        double hz = Units.midiToHz(note.pitch());
        double amplitude = 0.5 * note.velocity() / 127;
        float[] sine = new float[64_000];
        for (int n = 0; n < 48_000; n++) {
            sine[n] = (float) (amplitude * Math.sin(2 * Math.PI * hz * n / 16_000));
        }
        new HighPass(10, 16_000).process(sine, 0, sine.length);
        for (int n = 200; n < audio.length; n += 7) {
            if (Math.abs(n - 48_000) > 200) {
                assertThat(audio[n]).as(note.name() + " " + n).isCloseTo(sine[n], within(2e-3f));
            }
        }
    }

    @Test
    void anOffsetIsTakenAway() {
        AudioClip offset = AudioClip.mono(new float[2 * 196_608], NoteScore.RATE_HZ);
        java.util.Arrays.fill(offset.mono(), 0.1f);
        float[] note = NoteScore.cut(offset, 1);
        for (int n = 8_000; n < note.length - 1_000; n++) {
            assertThat(note[n]).isCloseTo(0f, within(1e-4f));
        }
    }

    @Test
    void aSecondRunRendersNothing() {
        render(settings(List.of("violin"), 1), 0.5);
        played.clear();
        NoteRendering.Result again = render(settings(List.of("violin"), 1), 0.5);
        assertThat(again.rendered()).isZero();
        assertThat(played).isEmpty();
        assertThat(again.notes()).containsEntry(NoteSet.TRAIN, 16).containsEntry(NoteSet.VALID, 2).containsEntry(NoteSet.TEST, 2);
    }

    @Test
    void aStoppedRunGoesOnAndEndsTheSame() throws IOException {
        render(settings(List.of("violin", "flute"), 1), 0.5);
        List<Path> all = files();
        byte[] index = Files.readAllBytes(out.resolve("train/examples.json"));
        Path lost = all.stream().filter(file -> file.toString().endsWith(".wav")).findFirst().orElseThrow();
        byte[] note = Files.readAllBytes(lost);
        Files.delete(lost);
        Files.delete(out.resolve("train/examples.json"));
        played.clear();
        assertThat(render(settings(List.of("violin", "flute"), 1), 0.5).rendered()).isEqualTo(1);
        assertThat(played).hasSize(1);
        assertThat(files()).containsExactlyElementsOf(all);
        assertThat(lost).hasBinaryContent(note);
        assertThat(out.resolve("train/examples.json")).hasBinaryContent(index);
    }

    @Test
    void anUnfinishedFolderHasNoIndex() {
        Synthesiser broken = score -> {
            throw new UserError("the power failed");
        };
        NoteRendering rendering = new NoteRendering(font, out, settings(List.of("violin"), 1), broken);
        assertThatThrownBy(() -> rendering.run((share, doing) -> {})).hasMessageContaining("power");
        assertThatThrownBy(() -> NoteFolder.open(out, 1)).hasMessageContaining("no index");
    }

    @Test
    void otherSettingsAreRefused() {
        render(settings(List.of("violin"), 1), 0.5);
        assertRefused("seed", settings(List.of("violin"), 2));
        assertRefused("programs", settings(List.of("flute"), 1));
    }

    @Test
    void aFolderOfOtherFilesIsRefused() throws IOException {
        Files.createDirectories(out);
        Files.writeString(out.resolve("precious.txt"), "precious");
        assertRefused("holds other files", settings(List.of("violin"), 1));
        assertThat(out.resolve("source.json")).doesNotExist();
    }

    @Test
    void aNoteThatWouldClipIsRefused() {
        assertThatThrownBy(() -> render(settings(List.of("violin"), 1), 1.4)).isInstanceOf(UserError.class)
                .hasMessageContaining("clip").hasMessageContaining("--gain");
    }

    @Test
    void whatTheFontDoesNotSoundIsLeftOut() {
        NoteRendering.Result result = render(settings(List.of("violin"), 1), 1e-4);
        assertThat(result.silent()).hasSize(20);
        assertThat(result.notes().values()).containsOnly(0);
    }

    @Test
    void aProgramThatTheFontLacksIsRefused() {
        assertThatThrownBy(() -> new NoteRendering(font, out, settings(List.of("tuba"), 1), sines(0.5)))
                .isInstanceOf(UserError.class).hasMessageContaining("no program 58 (tuba)");
    }

    @Test
    void countsTestPitchesThatShareASampleWithATrainingPitch() {
        MidiInstrument violin = MidiInstrument.find("violin");
        List<PlannedNote> notes = List.of(note(violin, 60, NoteSet.TRAIN), note(violin, 63, NoteSet.TEST),
                note(violin, 65, NoteSet.TEST), note(violin, 66, NoteSet.TEST), note(violin, 70, NoteSet.VALID));
        assertThat(SampleSharing.of(font, notes)).isEqualTo(new SampleSharing(3, 2, 4.0));
    }

    @Test
    void theSourceIsTold() {
        render(settings(List.of("violin"), 1), 0.5);
        assertThat(out.resolve("source.json")).content()
                .contains("\"soundFont\": \"two.sf2\"", "\"soundFontName\": \"Two sines\"", "as the font says: nobody",
                        "\"testPairs\": 1");
    }

    @Test
    void atLeastTwentyFourInstrumentsAreChosenUnasked() {
        assertThat(MidiInstrument.choice()).hasSizeGreaterThanOrEqualTo(24)
                .allSatisfy(i -> assertThat(MidiInstrument.FAMILIES).contains(i.family()));
        assertThat(MidiInstrument.all()).extracting(MidiInstrument::name).doesNotHaveDuplicates();
        assertThat(MidiInstrument.all()).extracting(MidiInstrument::program).doesNotHaveDuplicates()
                .allMatch(program -> program >= 0 && program < 128);
    }

    private static PlannedNote note(MidiInstrument instrument, int pitch, NoteSet set) {
        return new PlannedNote(instrument, pitch, 100, set);
    }

    private RenderSettings settings(List<String> programs, long seed) {
        return new RenderSettings("two.sf2", 1, programs, 61, 70, List.of(50, 100), seed, 0.5);
    }

    private NoteRendering.Result render(RenderSettings settings, double amplitude) {
        return new NoteRendering(font, out, settings, sines(amplitude)).run((share, doing) -> {});
    }

    private void assertRefused(String told, RenderSettings settings) {
        assertThatThrownBy(() -> render(settings, 0.5)).isInstanceOf(UserError.class).hasMessageContaining(told);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(out)) {
            return files.sorted().toList();
        }
    }

    /** Plays sines that begin and end with their messages, as fluidsynth reads them. */
    private Synthesiser sines(double amplitude) {
        return score -> {
            played.add(score);
            float[] audio = new float[frame(score.getLast().seconds())];
            for (int i = 0; i < score.size(); i++) {
                if (score.get(i).isNoteOn()) {
                    play(score.get(i), frame(score.get(i + 1).seconds()), amplitude, audio);
                }
            }
            return new AudioClip(new float[][] {audio, audio.clone()}, NoteScore.RATE_HZ);
        };
    }

    private static void play(TimedMidi on, int end, double amplitude, float[] audio) {
        int start = frame(on.seconds());
        double cycles = Units.midiToHz(on.data1()) / NoteScore.RATE_HZ;
        for (int n = start; n < end; n++) {
            audio[n] = (float) (amplitude * on.data2() / 127 * Math.sin(2 * Math.PI * cycles * (n - start)));
        }
    }

    private static int frame(double seconds) {
        return (int) Math.round((seconds - 0.002) * NoteScore.RATE_HZ) + 192;
    }
}
