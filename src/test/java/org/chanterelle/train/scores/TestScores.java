package org.chanterelle.train.scores;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.chanterelle.audiofile.AudioClip;
import org.chanterelle.audiofile.MidiWriter;
import org.chanterelle.signal.TimedMidi;
import org.chanterelle.signal.Units;
import org.chanterelle.train.soundfont.SmallSoundFont;
import org.chanterelle.train.soundfont.SoundFont;

/** Small scores on two synthesised instruments: the first has one partial, the second three. */
public final class TestScores {
    private static final int RATE_HZ = 48_000;

    private TestScores() {}

    /** Writes MIDI files and prepares them. */
    public static void prepare(Path midi, Path out) throws IOException {
        for (String name : List.of("train/one", "train/two", "valid/three", "valid/four")) {
            write(midi.resolve(name + ".mid"), name.hashCode());
        }
        SoundFont font = SoundFont.read(SmallSoundFont.write(midi.resolve("two.sf2")));
        ScoreSettings settings = new ScoreSettings("two.sf2", 1, List.of("violin", "flute"), 6, 1, 1, 1, PiecePart.ALL, true);
        new ScoreRendering(midi, font, out, settings, TestScores::play).run((share, doing) -> {});
    }

    private static void write(Path file, int seed) throws IOException {
        Files.createDirectories(file.getParent());
        List<TimedMidi> messages = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            int pitch = 60 + Math.floorMod(seed + 5 * i, 12);
            messages.add(new TimedMidi(i * 0.4, 0x90, pitch, 60 + 5 * i));
            messages.add(new TimedMidi(i * 0.4 + 0.3, 0x80, pitch, 0));
        }
        MidiWriter.write(file, messages, false);
    }

    /** Sines for as long as keys are held. */
    public static AudioClip play(List<TimedMidi> score) {
        float[] audio = new float[(int) (score.getLast().seconds() * RATE_HZ) + 1];
        int partials = score.getFirst().data1() == 40 ? 1 : 3;
        for (int i = 0; i < score.size(); i++) {
            if (score.get(i).isNoteOn()) {
                add(audio, score, i, partials);
            }
        }
        return AudioClip.mono(audio, RATE_HZ);
    }

    private static void add(float[] audio, List<TimedMidi> score, int i, int partials) {
        TimedMidi on = score.get(i);
        double end = score.subList(i, score.size()).stream().filter(m -> !m.isNoteOn() && m.data1() == on.data1())
                .mapToDouble(TimedMidi::seconds).findFirst().orElse(on.seconds());
        for (int partial = 1; partial <= partials; partial++) {
            double step = 2 * Math.PI * partial * Units.midiToHz(on.data1()) / RATE_HZ;
            double amplitude = 0.2 * on.data2() / 127.0 / partial;
            int from = (int) (on.seconds() * RATE_HZ);
            for (int n = from; n < Math.min(audio.length, (int) (end * RATE_HZ)); n++) {
                audio[n] += (float) (amplitude * Math.sin(step * (n - from)));
            }
        }
    }
}
