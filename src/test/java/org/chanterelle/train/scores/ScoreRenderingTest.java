package org.chanterelle.train.scores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.chanterelle.analysis.spectrum.MelSpectrum;
import org.chanterelle.audiofile.AudioClip;
import org.chanterelle.audiofile.MidiWriter;
import org.chanterelle.signal.ScoreNote;
import org.chanterelle.signal.TimedMidi;
import org.chanterelle.signal.UserError;
import org.chanterelle.train.notes.NoteSet;
import org.chanterelle.train.soundfont.SmallSoundFont;
import org.chanterelle.train.soundfont.SoundFont;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScoreRenderingTest {
    @TempDir
    Path temporary;

    private Path scores;
    private Path out;
    private SoundFont font;
    private final List<List<TimedMidi>> played = new ArrayList<>();

    @BeforeEach
    void writesScores() throws IOException {
        font = SoundFont.read(SmallSoundFont.write(temporary.resolve("two.sf2")));
        scores = temporary.resolve("scores");
        out = temporary.resolve("out");
        for (String name : List.of("train/one", "train/two", "valid/three", "valid/four")) {
            Path file = scores.resolve(name + ".mid");
            Files.createDirectories(file.getParent());
            List<TimedMidi> messages = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                messages.add(new TimedMidi(i, 0xb0, 64, 127));
                messages.add(new TimedMidi(i + 0.1, 0x90, 60 + i, 100));
                messages.add(new TimedMidi(i + 0.3, 0x80, 60 + i, 0));
                messages.add(new TimedMidi(i + 0.8, 0xb0, 64, 0));
            }
            MidiWriter.write(file, messages, false);
        }
    }

    private ScoreRendering rendering(double seconds, int crops, float amplitude) {
        return rendering(seconds, crops, amplitude, PiecePart.ALL);
    }

    private ScoreRendering rendering(double seconds, int crops, float amplitude, PiecePart part) {
        ScoreSettings settings = new ScoreSettings("two.sf2", 1, List.of("violin", "flute"), seconds, crops, 1, 1, part, true);
        return new ScoreRendering(scores, font, out, settings, messages -> {
            played.add(messages);
            return AudioClip.mono(pulses(messages, amplitude), 48_000);
        });
    }

    /** A constant while any note is held. */
    private static float[] pulses(List<TimedMidi> messages, float amplitude) {
        float[] audio = new float[(int) (messages.getLast().seconds() * 48_000)];
        int held = 0;
        int at = 0;
        for (TimedMidi message : messages) {
            int to = (int) (message.seconds() * 48_000);
            for (; at < to; at++) {
                audio[at] = held > 0 ? amplitude * (at % 48 < 24 ? 1 : -1) : 0f;
            }
            held += message.isNoteOn() ? 1 : (message.status() & 0xf0) == 0x80 ? -1 : 0;
        }
        return audio;
    }

    @Test
    void piecesAreSplitByTheirFoldersAndHalfOfValidIsForTheTest() {
        ScoreRendering.Result result = rendering(60, 1, 0.5f).run((share, doing) -> assertThat(share).isBetween(0.0, 1.0));
        assertThat(result.entries()).containsEntry(NoteSet.TRAIN, 4).containsEntry(NoteSet.VALID, 2)
                .containsEntry(NoteSet.TEST, 2);
        ScoreFolder folder = ScoreFolder.open(out);
        assertThat(folder.instruments()).containsEntry("violin", 40).containsEntry("flute", 73).hasSize(2);
        assertThat(folder.entries(NoteSet.TRAIN)).extracting(ScoreEntry::piece).containsOnly("one", "two");
    }

    @Test
    void thePedalIsInTheNotesAndTheSpectrogramFitsTheRoll() {
        rendering(60, 1, 0.5f).run((share, doing) -> {});
        assertThat(played.getFirst()).noneMatch(message -> message.status() == 0xb0 && message.data1() == 64);
        ScoreFolder folder = ScoreFolder.open(out);
        ScoreEntry entry = folder.entries(NoteSet.TRAIN).getFirst();
        List<ScoreNote> notes = folder.notes(entry);
        assertThat(notes).hasSize(12).allMatch(note -> Math.abs(note.endSeconds() - note.startSeconds() - 0.7) < 2e-3);
        float[] mel = folder.mel(entry);
        assertThat(mel.length / MelSpectrum.BANDS).isEqualTo(MelSpectrum.rows((int) Math.round(entry.seconds() * 16_000)));
        int during = (int) Math.round((notes.get(3).startSeconds() + 0.35) * 125);
        int between = (int) Math.round((notes.get(3).endSeconds() + 0.15) * 125);
        assertThat(mel[during * 80 + 26]).isGreaterThan(mel[between * 80 + 26] + 3);
        assertThat(folder.audio(entry)).hasSize((int) Math.round(entry.seconds() * 16_000));
    }

    @Test
    void aLongPieceGivesStretchesThatBeginWhereANoteDoes() {
        rendering(4, 2, 0.5f).run((share, doing) -> {});
        ScoreFolder folder = ScoreFolder.open(out);
        List<ScoreEntry> train = folder.entries(NoteSet.TRAIN);
        assertThat(train).hasSize(8).extracting(ScoreEntry::name).contains("one-1", "one-2");
        for (ScoreEntry entry : train) {
            assertThat(entry.seconds()).isEqualTo(4);
            assertThat(folder.notes(entry).getFirst().startSeconds()).isLessThan(0.002);
            assertThat(folder.notes(entry)).hasSize(4);
        }
        assertThat(train.get(1).startSeconds()).isGreaterThan(train.get(0).startSeconds());
    }

    @Test
    void ofAMelodyOneKeyIsHeldAtATime() throws IOException {
        List<TimedMidi> chords = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            chords.add(new TimedMidi(i, 0x90, 48, 100));
            chords.add(new TimedMidi(i + 0.01, 0x90, 72 + i, 100));
            chords.add(new TimedMidi(i + 0.02, 0x90, 60, 100));
            chords.add(new TimedMidi(i + 1.2, 0x80, 72 + i, 0));
            chords.add(new TimedMidi(i + 0.9, 0x80, 48, 0));
            chords.add(new TimedMidi(i + 0.9, 0x80, 60, 0));
        }
        chords.sort(java.util.Comparator.comparingDouble(TimedMidi::seconds));
        MidiWriter.write(scores.resolve("train/one.mid"), chords, true);
        rendering(60, 1, 0.5f, PiecePart.MELODY).run((share, doing) -> {});
        ScoreFolder folder = ScoreFolder.open(out);
        ScoreEntry entry = folder.entries(NoteSet.TRAIN).stream().filter(each -> each.piece().equals("one")).findFirst()
                .orElseThrow();
        List<ScoreNote> notes = folder.notes(entry);
        assertThat(notes).extracting(ScoreNote::pitch).containsExactly(72, 73, 74, 75, 76, 77);
        List<Double> rests = new ArrayList<>();
        for (int i = 1; i < notes.size(); i++) {
            rests.add(notes.get(i).startSeconds() - notes.get(i - 1).endSeconds());
        }
        assertThat(rests).allMatch(rest -> rest > -1e-9 && rest < 0.081).anyMatch(rest -> rest < 1e-6)
                .anyMatch(rest -> rest > 0.07);
        assertThat(played).anySatisfy(messages -> assertThat(messages.stream().filter(TimedMidi::isNoteOn).map(TimedMidi::data1))
                .containsExactly(72, 73, 74, 75, 76, 77));
    }

    @Test
    void aSecondRunRendersNothingAndOtherSettingsAreRefused() {
        rendering(60, 1, 0.5f).run((share, doing) -> {});
        played.clear();
        assertThat(rendering(60, 1, 0.5f).run((share, doing) -> {}).rendered()).isZero();
        assertThat(played).isEmpty();
        assertThatThrownBy(() -> rendering(30, 1, 0.5f).run((share, doing) -> {})).isInstanceOf(UserError.class)
                .hasMessageContaining("other settings");
    }

    @Test
    void whatWouldClipIsLeftOutAndTold() {
        assertThatThrownBy(() -> rendering(60, 1, 3f).run((share, doing) -> {})).isInstanceOf(UserError.class)
                .hasMessageContaining("of full scale");
    }

    @Test
    void aDamagedIndexIsRefused() throws IOException {
        assertThatThrownBy(() -> ScoreFolder.open(out)).isInstanceOf(UserError.class).hasMessageContaining("prepare scores");
        rendering(60, 1, 0.5f).run((share, doing) -> {});
        Path index = out.resolve("index.json");
        Files.writeString(index, Files.readString(index).replaceFirst("\"name\":\"one\"", "\"name\":\"../one\""));
        assertThatThrownBy(() -> ScoreFolder.open(out)).isInstanceOf(UserError.class).hasMessageContaining("no entry");
    }
}
