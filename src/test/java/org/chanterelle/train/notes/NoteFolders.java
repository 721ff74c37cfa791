package org.chanterelle.train.notes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.chanterelle.audiofile.AudioClip;
import org.chanterelle.audiofile.AudioWriter;
import org.chanterelle.audiofile.AudioWriter.SampleFormat;
import org.chanterelle.signal.Units;

/** Folders of synthesised notes. */
public final class NoteFolders {
    private static final double FADE_S = 0.8;

    private NoteFolders() {}

    /** A decaying tone of four seconds; "bright" has odd partials, everything else a single one. */
    public static float[] tone(String instrument, int pitch, int velocity) {
        return tone(instrument, pitch, velocity, NoteFolder.FRAMES);
    }

    static float[] tone(String instrument, int pitch, int velocity, int frames) {
        float[] audio = new float[frames];
        double cycles = Units.midiToHz(pitch) / NoteFolder.RATE_HZ;
        int partials = instrument.equals("bright") ? 5 : 1;
        for (int n = 0; n < frames; n++) {
            double envelope = velocity / 127.0 * 0.5 * Math.exp(-n / (FADE_S * NoteFolder.RATE_HZ));
            for (int k = 1; k <= partials && k * cycles < 0.5; k += 2) {
                audio[n] += (float) (envelope / k * Math.sin(2 * Math.PI * k * cycles * n));
            }
        }
        return audio;
    }

    /** A note's entry. */
    public static NoteEntry entry(String instrument, int pitch, int velocity) {
        return new NoteEntry(String.format("%s-%03d-%03d", instrument, pitch, velocity), instrument, "flute", pitch, velocity,
                NoteFolder.RATE_HZ, "");
    }

    /** Writes one set in NSynth's layout: {@code examples.json} and {@code audio/NAME.wav}. */
    public static Path writeSet(Path folder, List<NoteEntry> notes) {
        notes.forEach(note -> writeSound(folder.resolve("audio").resolve(note.name() + ".wav"),
                tone(note.instrument(), note.pitch(), note.velocity()), NoteFolder.RATE_HZ));
        return writeIndex(folder, notes);
    }

    static Path writeIndex(Path folder, List<NoteEntry> notes) {
        String json = notes.stream().map(NoteFolders::json).collect(Collectors.joining(",\n", "{\n", "\n}\n"));
        return writeText(folder.resolve(NoteIndex.NAME), json);
    }

    static Path writeText(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void writeSound(Path file, float[] audio, int rateHz) {
        try {
            Files.createDirectories(file.getParent());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        AudioWriter.write(file, AudioClip.mono(audio, rateHz), SampleFormat.PCM_16, true);
    }

    static String json(NoteEntry note) {
        Map<String, Object> fields = new java.util.LinkedHashMap<>();
        fields.put("note_str", '"' + note.name() + '"');
        fields.put("qualities_str", "[\"bright\"]");
        fields.put("instrument_str", '"' + note.instrument() + '"');
        fields.put("instrument_family_str", '"' + note.family() + '"');
        fields.put("pitch", note.pitch());
        fields.put("velocity", note.velocity());
        fields.put("sample_rate", note.sampleRateHz());
        if (!note.set().isEmpty()) {
            fields.put("split", '"' + note.set() + '"');
        }
        return fields.entrySet().stream().map(e -> '"' + e.getKey() + "\": " + e.getValue())
                .collect(Collectors.joining(", ", '"' + note.name() + "\": {", "}"));
    }
}
