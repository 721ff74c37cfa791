package org.chanterelle.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.chanterelle.signal.Parameters;
import org.chanterelle.signal.Units;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Nothing that happens while the violin plays clicks: no millisecond is loud above the model's band. */
final class CleanChangesTest {
    private static final double RATE_HZ = 96_000;
    private static final double BEYOND_HZ = 9_000;
    private static final int OVERLAP = 900;
    private static final int[] CHORD = {55, 62, 66, 69, 74, 78, 81, 86};

    private static TimbreSound violin;

    private enum Event {
        DETACHED,
        LEGATO,
        SLUR,
        SECTION,
        STOLEN,
        CHORD,
        PANIC,
        SOUND_OFF,
        CHANGE,
        REPEATED
    }

    @BeforeAll
    static void loadsTheViolin() {
        violin = LiveSound.ofKeys(StageBench.violin());
    }

    @Test
    void fiveHundredEventsDoNotClick() {
        StageBench bench = new StageBench(violin, RATE_HZ, 128);
        bench.stage.values.set(Parameters.GAIN, -6);
        Random random = new Random(3);
        Clicks clicks = new Clicks();
        for (int i = 0; i < 500; i++) {
            Event event = Event.values()[random.nextInt(Event.values().length)];
            play(bench, event, random);
            clicks.hear(bench.play(0.02 + 0.05 * random.nextDouble()), event + " " + i);
        }
        assertThat(clicks.loudestDb).as(clicks.where).isLessThan(-70);
    }

    @Test
    void aChangeUnderAChordOfEightFadesTheOldOneAndSoundsAgainWithTheNextNote() {
        StageBench bench = new StageBench(violin, RATE_HZ, 128);
        for (int key : CHORD) {
            bench.send(StageBench.NOTE_ON, key, 100);
        }
        bench.play(0.5);
        Clicks clicks = new Clicks();
        float[] before = bench.play(0.1);
        clicks.hear(before, "before");
        bench.stage.change(violin);
        clicks.hear(bench.play(0.1), "change");
        assertThat(Measure.peakDb(bench.play(0.05))).as("room included").isLessThan(-100);
        assertThat(bench.stage.process.voices()).isZero();
        for (int key : CHORD) {
            bench.send(StageBench.NOTE_OFF, key, 0).send(StageBench.NOTE_ON, key, 100);
        }
        clicks.hear(bench.play(0.5), "next");
        assertThat(Measure.rmsDb(bench.play(0.1))).isCloseTo(Measure.rmsDb(before), within(3.0));
        assertThat(clicks.loudestDb).as(clicks.where).isLessThan(-70);
    }

    @Test
    void aChangeBackAndForthWithinABlockIsOneChange() {
        StageBench bench = new StageBench(violin, RATE_HZ, 128);
        bench.send(StageBench.NOTE_ON, 69, 100);
        bench.play(0.3);
        Clicks clicks = new Clicks();
        for (int i = 0; i < 20; i++) {
            bench.stage.change(violin);
            bench.stage.change(violin);
            bench.send(StageBench.NOTE_ON, 60 + i, 100);
            clicks.hear(bench.play(0.011), "change " + i);
        }
        clicks.hear(bench.play(0.2), "after");
        assertThat(clicks.loudestDb).as(clicks.where).isLessThan(-70);
        bench.send(StageBench.NOTE_ON, 69, 100);
        bench.play(0.2);
        assertThat(Measure.rmsDb(bench.play(0.2))).isGreaterThan(-50);
    }

    @Test
    void theDetectorHearsAClick() {
        StageBench bench = new StageBench(violin, RATE_HZ, 128);
        bench.stage.values.set(Parameters.GAIN, 6);
        bench.send(StageBench.NOTE_ON, 69, 100);
        bench.play(0.3);
        float[] note = bench.play(0.2);
        int loud = note.length / 2;
        while (Math.abs(note[loud]) < 0.5 * Measure.peak(note, 0, note.length)) {
            loud++;
        }
        Arrays.fill(note, loud, note.length, 0f);
        assertThat(Measure.loudestMillisecondDb(note, RATE_HZ, BEYOND_HZ)).isGreaterThan(-60);
    }

    private static void play(StageBench bench, Event event, Random random) {
        int key = 55 + random.nextInt(34);
        int velocity = 1 + random.nextInt(127);
        switch (event) {
            case DETACHED -> notesOff(bench).send(StageBench.NOTE_ON, key, velocity);
            case SLUR -> {
                bench.stage.values.set(Parameters.ONE_BOW, 1);
                bench.send(StageBench.NOTE_ON, key, velocity).at(bench.now() + 2_000, StageBench.NOTE_ON, key - 9, velocity)
                        .at(bench.now() + 4_000, StageBench.NOTE_ON, key + 12, velocity)
                        .at(bench.now() + 6_000, StageBench.NOTE_OFF, key + 12, 0);
            }
            case SECTION -> {
                bench.stage.values.set(Parameters.ONE_BOW, 0);
                bench.stage.values.set(Parameters.PLAYERS, 1 + random.nextInt(4));
                bench.send(StageBench.NOTE_ON, key, velocity);
            }
            case LEGATO -> notesOff(bench.send(StageBench.NOTE_ON, key, velocity)).send(StageBench.NOTE_ON, key, velocity);
            case STOLEN -> {
                bench.stage.values.set(Parameters.POLYPHONY, 1 + random.nextInt(4));
                bench.send(StageBench.NOTE_ON, key, velocity).send(StageBench.NOTE_ON, key + 5, velocity);
            }
            case CHORD -> {
                bench.stage.values.set(Parameters.POLYPHONY, 16);
                for (int k : CHORD) {
                    bench.send(StageBench.NOTE_ON, k, velocity);
                }
            }
            case PANIC -> bench.stage.process.panic();
            case SOUND_OFF -> bench.send(StageBench.CONTROL, 120, 0);
            case CHANGE -> {
                bench.stage.change(violin);
                bench.send(StageBench.NOTE_ON, key, velocity);
            }
            case REPEATED ->
                bench.send(StageBench.NOTE_ON, key, velocity).at(bench.now() + 300, StageBench.NOTE_ON, key, velocity);
        }
    }

    private static StageBench notesOff(StageBench bench) {
        return bench.send(StageBench.CONTROL, 123, 0);
    }

    /** The loudest millisecond beyond the band, also across the seams of what is heard. */
    private static final class Clicks {
        double loudestDb = Double.NEGATIVE_INFINITY;
        String where = "nowhere";
        private float[] carried = new float[0];

        void hear(float[] played, String what) {
            float[] joined = Arrays.copyOf(carried, carried.length + played.length);
            System.arraycopy(played, 0, joined, carried.length, played.length);
            double db = Measure.loudestMillisecondDb(joined, RATE_HZ, BEYOND_HZ);
            if (db > loudestDb) {
                loudestDb = db;
                where = what + ", peak " + Units.gainToDb(Measure.peak(joined, 0, joined.length)) + " dBFS";
            }
            carried = Arrays.copyOfRange(joined, Math.max(0, joined.length - OVERLAP), joined.length);
        }
    }
}
