package org.chanterelle.train.jukebox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.chanterelle.audiofile.AudioClip;
import org.chanterelle.audiofile.AudioWriter;

/** A prepared music folder of a few tones. */
public final class TestMusic {
    private TestMusic() {}

    /** Two artists, two genres, five recordings to train on and two to judge by; one is short. */
    public static Path write(Path folder) throws IOException {
        Files.createDirectories(folder);
        List<String> entries = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            double seconds = i == 4 ? 0.02 : 0.3;
            String file = "tone-" + i + ".wav";
            AudioWriter.write(folder.resolve(file), AudioClip.mono(tone(100 + 60 * i, (int) (seconds * 16000)), 16000), false);
            entries.add(String.format("""
                    {"file": "%s", "set": "%s", "title": "t", "artist": "%s", "genres": ["%s"], "lyrics": "%s",
                     "startSeconds": 0, "seconds": %s, "totalSeconds": %s, "midi": ""}""", file, i < 5 ? "TRAIN" : "VALID",
                    i % 2 == 0 ? "Ann" : "Ben", i % 2 == 0 ? "low" : "high", i % 2 == 0 ? "la la la" : "do re mi", seconds,
                    seconds));
        }
        Files.writeString(folder.resolve("music.json"), "{\"formatVersion\": 1, \"entries\": [" + String.join(",", entries)
                + "]}");
        return folder;
    }

    private static float[] tone(double hz, int frames) {
        float[] tone = new float[frames];
        for (int i = 0; i < frames; i++) {
            tone[i] = (float) (0.4 * Math.sin(2 * Math.PI * hz * i / 16000.0));
        }
        return tone;
    }
}
