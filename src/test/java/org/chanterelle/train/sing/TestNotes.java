package org.chanterelle.train.sing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.chanterelle.audiofile.AudioClip;
import org.chanterelle.audiofile.AudioWriter;

/** A folder of synthesised notes in NSynth's layout: two instruments, five pitches, two velocities. */
final class TestNotes {
    static final int RATE_HZ = 16000;

    private TestNotes() {}

    static Path write(Path folder) {
        StringBuilder index = new StringBuilder("{");
        for (String instrument : new String[] {"reed_hollow", "string_bright"}) {
            for (int pitch = 60; pitch < 65; pitch++) {
                for (int velocity : new int[] {50, 100}) {
                    String name = instrument + "-0" + pitch + "-" + velocity;
                    index.append(index.length() > 1 ? ",\n" : "").append(String.format(
                            "\"%s\": {\"instrument_str\": \"%s\", \"instrument_family_str\": \"%s\", \"pitch\": %d,"
                                    + " \"velocity\": %d, \"sample_rate\": %d}",
                            name, instrument, instrument.split("_")[0], pitch, velocity, RATE_HZ));
                    boolean hollow = instrument.startsWith("reed");
                    AudioWriter.write(audio(folder).resolve(name + ".wav"),
                            AudioClip.mono(note(pitch, velocity, hollow ? 2 : 1), RATE_HZ), true);
                }
            }
        }
        try {
            Files.writeString(folder.resolve("examples.json"), index.append("}"));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path audio(Path folder) {
        try {
            return Files.createDirectories(folder.resolve("audio"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static float[] note(int pitch, int velocity, int stride) {
        float[] audio = new float[4 * RATE_HZ];
        double f0Hz = 440 * Math.pow(2, (pitch - 69) / 12.0);
        for (int n = 0; n < audio.length; n++) {
            double seconds = (double) n / RATE_HZ;
            double envelope = Math.min(1, 100 * seconds) * (seconds < 3 ? 1 : Math.exp(-8 * (seconds - 3)));
            double sum = 0;
            for (int h = 1; h < 8; h += stride) {
                sum += Math.sin(2 * Math.PI * h * f0Hz * seconds) / h;
            }
            audio[n] = (float) (0.3 * velocity / 127 * envelope * sum);
        }
        return audio;
    }
}
