package org.chanterelle.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.chanterelle.driver.file.CollectedSound;
import org.chanterelle.driver.file.FileDriver;
import org.chanterelle.driver.file.FileSettings;
import org.chanterelle.evaluate.Lufs;
import org.chanterelle.evaluate.TruePeak;
import org.chanterelle.evaluate.synthetic.DemoPhrase;
import org.chanterelle.evaluate.synthetic.FormantSinger;
import org.chanterelle.evaluate.synthetic.Syllable;
import org.chanterelle.model.ModelFolder;
import org.chanterelle.preset.Preset;
import org.chanterelle.preset.PresetFolder;
import org.chanterelle.signal.Parameters;
import org.chanterelle.signal.TimedMidi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every shipped preset is as loud as every other: a phrase of single notes, at -18 LUFS. */
class PresetLevelTest {
    private static final int RATE_HZ = 48_000;
    private static final int BLOCK_FRAMES = 256;
    private static final double TAIL_SECONDS = 1;
    private static final int VELOCITY = 90;
    private static final int[] MELODY = {62, 66, 69, 74, 73, 71, 69, 66, 67, 71, 74, 79, 78, 76, 74, 69, 62, 57, 55};
    private static final int[] CHORD = {55, 62, 66, 69, 74, 78, 81, 86};

    private final PresetPlayer presets = new PresetPlayer(
            new PresetFolder(Path.of("presets")), name -> ModelFolder.load(Path.of("models", name)),
            PresetPlayer.Options.DEFAULT);

    @AfterEach
    void closesThePresets() {
        presets.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"violin", "violin-16k", "violin-dry", "violin-poly", "strings", "flute", "saxophone", "trumpet"})
    void aMelodyIsAsLoudAsAnyAndAChordOfEightStaysBelowFullScale(String name) throws InterruptedException {
        float[][] melody = play(name, FileSettings.ofMidi(notes(MELODY, 0.5, 0.45), RATE_HZ, BLOCK_FRAMES, TAIL_SECONDS));
        assertThat(Lufs.integrated(melody, RATE_HZ)).isCloseTo(-18, within(1.0));
        float[][] chord = play(name, FileSettings.ofMidi(notes(CHORD, 0, 2), RATE_HZ, BLOCK_FRAMES, TAIL_SECONDS));
        // One bow plays one note of it.
        boolean oneBow = preset(name).value(Parameters.ONE_BOW) > 0;
        assertThat(TruePeak.dbtp(chord[0], RATE_HZ)).isBetween(oneBow ? -16.0 : -6.0, -1.0);
    }

    @ParameterizedTest
    @CsvSource({"voice-violin, 0", "voice-violin-low, -12", "voice-flute, 0", "voice-saxophone, 0", "voice-trumpet, 0"})
    void aVoiceIsAsLoudAsAny(String name, double semitones) throws InterruptedException {
        float[][] sung = play(name, FileSettings.ofSound(sung(semitones), RATE_HZ, BLOCK_FRAMES, TAIL_SECONDS));
        assertThat(Lufs.integrated(sung, RATE_HZ)).isCloseTo(-18, within(1.0));
        assertThat(TruePeak.dbtp(sung[0], RATE_HZ)).isBetween(-18.0, -1.0);
    }

    private float[][] play(String name, FileSettings settings) throws InterruptedException {
        Preset preset = preset(name);
        CollectedSound sound = new CollectedSound();
        FileDriver driver = new FileDriver(settings, sound);
        try (LiveSession session = new LiveSession(driver, presets.sound(preset), 1)) {
            PresetPlayer.apply(preset, session);
            session.start();
            driver.await();
        }
        return sound.channels();
    }

    private static Preset preset(String name) {
        return new PresetFolder(Path.of("presets")).load(name);
    }

    /** Notes that follow each other in so many seconds, each so long. */
    private static List<TimedMidi> notes(int[] keys, double stepSeconds, double lengthSeconds) {
        List<TimedMidi> messages = new ArrayList<>();
        for (int i = 0; i < keys.length; i++) {
            messages.add(new TimedMidi(0.1 + i * stepSeconds, 0x90, keys[i], VELOCITY));
            messages.add(new TimedMidi(0.1 + i * stepSeconds + lengthSeconds, 0x80, keys[i], 0));
        }
        messages.sort(Comparator.comparingDouble(TimedMidi::seconds));
        return messages;
    }

    /** The demo's phrase by a voice that is so much higher. */
    private static float[] sung(double semitones) {
        List<Syllable> syllables = DemoPhrase.syllables().stream().map(syllable -> new Syllable(
                syllable.onset(), syllable.vowel(), syllable.midiNote() + semitones, syllable.seconds(), syllable.startDb(),
                syllable.endDb(), syllable.glideSeconds(), syllable.vibratoCents())).toList();
        return new FormantSinger(RATE_HZ, 25).sing(syllables).audio();
    }
}
