package org.chanterelle.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.chanterelle.driver.file.CollectedSound;
import org.chanterelle.driver.file.FileDriver;
import org.chanterelle.driver.file.FileSettings;
import org.chanterelle.model.ModelFolder;
import org.chanterelle.signal.Levels;
import org.chanterelle.signal.Parameter;
import org.chanterelle.signal.Parameters;
import org.chanterelle.signal.TimedMidi;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A note begins with controls that were computed ahead: they must be those of the note that is meant. */
class NoteBeginningTest {
    private static final int RATE_HZ = 48_000;
    private static Instrument instrument;

    @BeforeAll
    static void loadsTheInstrument() {
        instrument = Instrument.of(ModelFolder.load(Path.of("models", "violin-16k")), 0.04, false);
    }

    @Test
    void withoutAShareOfVelocityEveryTouchSoundsTheSame() throws InterruptedException {
        assertThat(play(25, 127, Parameters.VELOCITY, 0)).isEqualTo(play(120, 127, Parameters.VELOCITY, 0));
    }

    @Test
    void withHalfItsShareAHardTouchBeginsAsASofterOne() throws InterruptedException {
        assertSame(play(126, 127, Parameters.VELOCITY, 0.5f), play(108, 127, Parameters.VELOCITY, 1));
    }

    @Test
    void theLoudnessParameterHoldsFromTheFirstFrame() throws InterruptedException {
        double stepDb = instrument.starts().heads().loudnessDb(1);
        assertSame(play(110, 127, Parameters.LOUDNESS, (float) (-50 * stepDb)), play(60, 127, Parameters.LOUDNESS, 0));
    }

    @Test
    void expressionHoldsFromTheFirstFrame() throws InterruptedException {
        double pressure = 64 / 127.0;
        double expressionDb = instrument.loudness().loudnessDb(69, pressure) - instrument.loudness().loudnessDb(69, 1);
        assertSame(play(100, 64, Parameters.LOUDNESS, 0), play(100, 127, Parameters.LOUDNESS, (float) expressionDb));
    }

    /** The first 150 ms of a note. */
    private static float[] play(int velocity, int expression, Parameter parameter, float value) throws InterruptedException {
        CollectedSound sound = new CollectedSound();
        List<TimedMidi> midi = List.of(new TimedMidi(0, 0xb0, 11, expression), new TimedMidi(0.1, 0x90, 69, velocity));
        FileDriver driver = new FileDriver(FileSettings.ofMidi(midi, RATE_HZ, 128, 0.15), sound);
        try (LiveSession session = new LiveSession(driver, LiveSound.ofKeys(instrument), 1)) {
            session.values().set(Parameters.SHAPING, 0);
            session.values().set(parameter, value);
            session.start();
            driver.await();
        }
        return sound.channels()[0];
    }

    private static void assertSame(float[] one, float[] other) {
        assertThat(Levels.rmsDbfs(other)).isGreaterThan(-60);
        float[] difference = new float[one.length];
        for (int n = 0; n < one.length; n++) {
            difference[n] = one[n] - other[n];
        }
        assertThat(Levels.rmsDbfs(difference) - Levels.rmsDbfs(other)).isLessThan(-50);
    }
}
