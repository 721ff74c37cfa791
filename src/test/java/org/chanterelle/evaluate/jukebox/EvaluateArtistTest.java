package org.chanterelle.evaluate.jukebox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.chanterelle.audiofile.AudioClip;
import org.chanterelle.audiofile.AudioWriter;
import org.chanterelle.signal.UserError;
import org.chanterelle.train.music.MusicFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluateArtistTest {
    private static final int RATE_HZ = 16_000;

    @TempDir
    Path folder;

    @Test
    void whatSoundsAlikeIsByTheSame() throws IOException {
        MusicFolder music = music("hum", "hiss");
        Path hum = write("other-hum.wav", tone(170));
        Path hiss = write("other-hiss.wav", noise(99));
        EvaluateArtist.Report report = new EvaluateArtist(music, EvaluateArtist.Label.ARTIST,
                share -> assertThat(share).isPositive())
                .run(List.of(new EvaluateArtist.Claim(hum, "hum"), new EvaluateArtist.Claim(hiss, "hum")));
        assertThat(report.names()).containsExactly("hiss", "hum");
        assertThat(report.chance()).isEqualTo(0.5);
        assertThat(report.heldOut()).isEqualTo(2);
        assertThat(report.heldOutRight()).isEqualTo(1);
        assertThat(report.right()).isEqualTo(0.5);
        assertThat(report.verdicts()).extracting(EvaluateArtist.Verdict::named).containsExactly("hum", "hiss");
        assertThat(report.verdicts().getFirst().probability()).isGreaterThan(0.5);
        assertThat(report.verdicts().getLast().probability()).isLessThan(0.5);
    }

    @Test
    void whoIsNotThereCannotBeNamed() throws IOException {
        MusicFolder music = music("hum", "hiss");
        EvaluateArtist artists = new EvaluateArtist(music, EvaluateArtist.Label.ARTIST, share -> {});
        assertThatThrownBy(() -> artists.run(List.of(new EvaluateArtist.Claim(folder.resolve("none.wav"), "Bach"))))
                .isInstanceOf(UserError.class).hasMessageContaining("'Bach': not one of hiss, hum");
        assertThatThrownBy(() -> new EvaluateArtist(music, EvaluateArtist.Label.GENRE, share -> {}))
                .isInstanceOf(UserError.class).hasMessageContaining("[noise]");
    }

    private MusicFolder music(String tones, String noises) throws IOException {
        List<String> entries = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            boolean toned = i % 2 == 0;
            String file = i + ".wav";
            write(file, toned ? tone(120 + 20 * i) : noise(i));
            entries.add(String.format(
                    """
                            {"file": "%s", "set": "%s", "title": "t", "artist": "%s", "genres": ["noise"], "lyrics": "", "startSeconds": 0,
                             "seconds": 2, "totalSeconds": 2, "midi": ""}""",
                    file, i < 6 ? "TRAIN" : "VALID", toned ? tones : noises));
        }
        Files.writeString(folder.resolve(MusicFolder.INDEX),
                "{\"formatVersion\": 1, \"entries\": [" + String.join(",", entries) + "]}");
        return MusicFolder.open(folder);
    }

    private Path write(String name, float[] audio) {
        Path file = folder.resolve(name);
        AudioWriter.write(file, AudioClip.mono(audio, RATE_HZ), false);
        return file;
    }

    private static float[] tone(double hz) {
        float[] tone = new float[2 * RATE_HZ];
        for (int i = 0; i < tone.length; i++) {
            tone[i] = (float) (0.3 * Math.sin(2 * Math.PI * hz * i / RATE_HZ));
        }
        return tone;
    }

    private static float[] noise(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] noise = new float[2 * RATE_HZ];
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (float) (0.3 * (2 * random.nextDouble() - 1));
        }
        return noise;
    }
}
