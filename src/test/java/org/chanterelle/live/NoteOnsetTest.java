package org.chanterelle.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.chanterelle.signal.Parameters;
import org.chanterelle.signal.Units;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A note is heard as long after its event as is declared, wherever in a block it falls. */
final class NoteOnsetTest {
    private static Instrument violin;

    @BeforeAll
    static void loadsTheViolin() {
        violin = StageBench.violin();
    }

    @ParameterizedTest
    @ValueSource(doubles = {44_100, 48_000, 96_000})
    void everyNoteIsHeardWithinAMillisecondOfItsDeclaredDelay(double rateHz) {
        Random random = new Random(7);
        int low = (int) Math.ceil(Units.hzToMidi(violin.card().pitchRange().lowHz()));
        int high = (int) Math.floor(Units.hzToMidi(violin.card().pitchRange().highHz()));
        StageBench bench = new StageBench(LiveSound.ofKeys(violin), rateHz, 128);
        bench.stage.values.set(Parameters.ROOM, -60);
        int declared = bench.stage.process.maxLatencyFrames();
        assertThat(bench.stage.process.minLatencyFrames()).isEqualTo(declared);
        int notes = 3 * (high - low + 1);
        int[] delays = new int[notes];
        for (int i = 0; i < notes; i++) {
            int key = low + i % (high - low + 1);
            int offset = random.nextInt(1_000);
            bench.at(bench.now() + offset, StageBench.NOTE_ON, key, 60 + random.nextInt(68));
            float[] note = bench.play(0.3);
            bench.send(StageBench.NOTE_OFF, key, 0);
            bench.play(0.4);
            double threshold = 0.01 * Measure.peak(note, 0, note.length);
            int frame = 0;
            while (Math.abs(note[frame]) < threshold) {
                frame++;
            }
            delays[i] = frame - offset;
            assertThat(delays[i]).as("key %d at offset %d", key, offset)
                    .isBetween(0, declared + (int) Math.round(0.001 * rateHz));
        }
        Arrays.sort(delays);
        assertThat(Math.abs(delays[notes / 2] - declared)).isLessThan((int) (0.0005 * rateHz));
    }
}
