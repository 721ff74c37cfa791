package org.chanterelle.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.chanterelle.analysis.Timing;
import org.chanterelle.evaluate.synthetic.FormantSinger;
import org.chanterelle.evaluate.synthetic.Syllable;
import org.chanterelle.evaluate.synthetic.Syllable.Onset;
import org.chanterelle.evaluate.synthetic.Vowel;
import org.chanterelle.inference.InputCalibration;
import org.chanterelle.signal.Parameters;
import org.chanterelle.signal.Units;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A loudspeaker in the room of the microphone: what it plays comes back, and dies away. */
final class HowlTest {
    private static final int RATE_HZ = 48_000;
    private static final int BLOCK_FRAMES = 128;
    private static final int ROOM_FRAMES = RATE_HZ / 50;
    private static final float RETURN = (float) Units.dbToGain(-12);
    private static final double SUNG_SECONDS = 2;

    private static Instrument violin;
    private static float[] sung;

    @BeforeAll
    static void loadsTheViolinAndSings() {
        violin = StageBench.violin();
        sung = new FormantSinger(RATE_HZ, 3).sing(List.of(
                Syllable.note(Onset.LEGATO, Vowel.A, 67, 0.7, -3),
                Syllable.note(Onset.LEGATO, Vowel.E, 71, 0.6, -3),
                Syllable.note(Onset.LEGATO, Vowel.O, 69, 0.7, -3))).audio();
    }

    /** The shipped voice presets, behind microphones whose gates open at the usual level and 24 dB below. */
    @ParameterizedTest
    @CsvSource({"LIVE, 0, 0, 0", "LIVE, 0, 0, -24", "LIVE, 1.9, 1, 0", "LIVE, 1.9, 1, -24", "RECORD, 0, 0, 0",
            "RECORD, 0, 0, -24",
            "RECORD, 1.9, 1, 0", "RECORD, 1.9, 1, -24"})
    void aSecondAfterTheSingerStopsTheRoomIsQuiet(Timing timing, float gainDb, float octave, double gateDb) {
        float[] heard = heard(timing, gainDb, octave, gateDb);
        int stopped = (int) (SUNG_SECONDS * RATE_HZ);
        assertThat(Measure.rmsDb(heard, stopped - RATE_HZ, stopped)).as("while sung").isGreaterThan(-25);
        for (int at = stopped + RATE_HZ; at < heard.length; at += RATE_HZ / 10) {
            assertThat(Measure.rmsDb(heard, at, at + RATE_HZ / 10)).as("frame %d", at).isLessThan(-60);
        }
    }

    @Test
    void turnedUpTooFarTheRoomHowls() {
        float[] heard = heard(Timing.RECORD, 12, 0, 0);
        assertThat(Measure.rmsDb(heard, heard.length - RATE_HZ, heard.length)).as("this test hears a howl").isGreaterThan(-40);
    }

    /** What the loudspeaker plays while a voice sings, and after. */
    private static float[] heard(Timing timing, float gainDb, float octave, double gateDb) {
        InputCalibration usual = InputCalibration.unknown(violin.card().normalisation());
        InputCalibration input = new InputCalibration(
                0, usual.openDb() + gateDb, usual.closeDb() + gateDb, usual.meanLoudnessDb(), 0);
        StageBench bench = new StageBench(LiveSound.ofVoice(violin, timing, input), RATE_HZ, BLOCK_FRAMES);
        bench.stage.values.set(Parameters.GAIN, gainDb);
        bench.stage.values.set(Parameters.OCTAVE, octave);
        float[] heard = new float[(int) (RATE_HZ * (SUNG_SECONDS + 3))];
        bench.microphone = frame -> (frame < sung.length ? sung[(int) frame] : 0f)
                + (frame < ROOM_FRAMES ? 0f : RETURN * heard[(int) frame - ROOM_FRAMES]);
        for (int done = 0; done < heard.length; done += BLOCK_FRAMES) {
            System.arraycopy(bench.playFrames(BLOCK_FRAMES), 0, heard, done, BLOCK_FRAMES);
        }
        return heard;
    }
}
