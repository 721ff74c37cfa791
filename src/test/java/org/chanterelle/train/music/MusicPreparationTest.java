package org.chanterelle.train.music;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.chanterelle.audiofile.AudioClip;
import org.chanterelle.audiofile.AudioReader;
import org.chanterelle.audiofile.AudioWriter;
import org.chanterelle.signal.UserError;
import org.chanterelle.train.music.SungPhrases.Phrase;
import org.chanterelle.train.notes.NoteSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MusicPreparationTest {
    @TempDir
    Path folder;
    private Path audio;
    private Path out;

    @BeforeEach
    void record() throws IOException {
        audio = folder.resolve("audio");
        Files.createDirectories(audio.resolve("train"));
        Files.createDirectories(audio.resolve("valid"));
        AudioWriter.write(audio.resolve("train/Ann_Lee_-_Song.wav"), new AudioClip(new float[2][8000], 8000), false);
        AudioWriter.write(audio.resolve("valid/Bob__piece.wav"), AudioClip.mono(new float[32000], 32000), false);
        Files.writeString(audio.resolve("train/broken.wav"), "no sound");
        out = folder.resolve("out");
    }

    @Test
    void recordingsAreResampledAndTheTableTellsOfThem() throws IOException {
        Path table = folder.resolve("table.csv");
        Files.writeString(table, "File,Genre,Lyrics,Other\ntrain/Ann_Lee_-_Song.wav,\"folk; rock\",\"la, la\nla\",x\n");
        MusicPreparation preparation = preparation();
        preparation.addRecordings(audio, MusicLabels.read(table));
        MusicFolder music = preparation.finish();
        assertThat(preparation.leftOut()).singleElement().asString().contains("broken.wav");
        MusicEntry song = music.entries(NoteSet.TRAIN).getFirst();
        assertThat(song.artist()).isEqualTo("Ann Lee");
        assertThat(song.genres()).containsExactly("folk", "rock");
        assertThat(song.lyrics()).isEqualTo("la, la\nla");
        AudioClip clip = AudioReader.read(music.audio(song));
        assertThat(clip.channels()).hasDimensions(2, 16000);
        MusicEntry piece = music.entries(NoteSet.VALID).getFirst();
        assertThat(piece.artist()).isEqualTo("Bob");
        assertThat(piece.genres()).containsExactly("unknown");
        assertThat(AudioReader.read(music.audio(piece)).frames()).isEqualTo(16000);
    }

    @Test
    void aJsonTableTellsTheSameAsACsvTable() throws IOException {
        Path table = folder.resolve("table.json");
        Files.writeString(table,
                "[{\"file\": \"Song.wav\", \"artist\": \"C\", \"genre\": [\"a\", \"b\"], \"set\": \"test\", \"n\": 3}]");
        MusicLabels labels = MusicLabels.read(table);
        assertThat(labels.artist("x/Song.wav")).isEqualTo("C");
        assertThat(labels.genres("x/Song.wav")).containsExactly("a", "b");
        assertThat(labels.set("x/Song.wav")).isEqualTo("test");
    }

    @Test
    void whatIsNoTableIsRefusedInOneLine() throws IOException {
        for (String text : List.of("", "{\"file\": 3}", "artist\nx\n")) {
            Path table = folder.resolve(text.startsWith("{") ? "t.json" : "t.csv");
            Files.writeString(table, text);
            assertThatThrownBy(() -> MusicLabels.read(table)).as(text).isInstanceOf(UserError.class)
                    .hasMessageContaining(table.toString());
        }
    }

    @Test
    void sungPhrasesBringTheirWordsAndARunGoesOnWhereItStopped() {
        int[] sung = {0};
        SungPhrases.Voice voice = new SungPhrases.Voice() {
            @Override
            public String name() {
                return "voice";
            }

            @Override
            public AudioClip sing(Phrase phrase) {
                sung[0]++;
                return AudioClip.mono(new float[8000 * phrase.notes().size()], 8000);
            }
        };
        preparation().addSung(voice, 3);
        MusicPreparation again = preparation();
        again.addSung(voice, 5);
        MusicFolder music = again.finish();
        assertThat(sung[0]).isEqualTo(5);
        assertThat(music.entries()).hasSize(5).allSatisfy(entry -> {
            assertThat(entry.lyrics().split(" ")).hasSize((int) entry.seconds());
            assertThat(entry.artist()).isEqualTo("voice");
        });
        assertThat(Festival.toXml(SungPhrases.draw(1, 0))).contains("<SINGING BPM=\"60\">", "<PITCH NOTE=\"", "</SINGING>");
    }

    @Test
    void withoutFestivalItSaysWhatToInstall() {
        assertThatThrownBy(() -> Festival.find(folder.toString())).isInstanceOf(UserError.class)
                .hasMessageContaining("apt-get install festival");
    }

    @Test
    void anIndexThatLeadsOutOfItsFolderIsRefused() throws IOException {
        MusicPreparation preparation = preparation();
        preparation.addRecordings(audio, MusicLabels.none());
        preparation.finish();
        Path index = out.resolve(MusicFolder.INDEX);
        Files.writeString(index, Files.readString(index).replaceFirst("recordings/", "../recordings/"));
        assertThatThrownBy(() -> MusicFolder.open(out)).isInstanceOf(UserError.class)
                .hasMessageContaining("not a complete entry");
    }

    private MusicPreparation preparation() {
        return new MusicPreparation(out, 16000, 1, (share, doing) -> assertThat(share).isBetween(0.0, 1.0));
    }
}
