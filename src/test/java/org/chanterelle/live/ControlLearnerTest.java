package org.chanterelle.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.chanterelle.rt.MidiMap;
import org.chanterelle.signal.ControlMapping;
import org.chanterelle.signal.Parameters;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** MIDI learn through the callback. */
final class ControlLearnerTest {
    private static final long SECOND = 1_000_000_000L;

    @TempDir
    static Path folder;

    private static LiveSound sound;

    private StageBench bench;
    private ControlLearner learner;

    @BeforeAll
    static void loadsAModel() {
        sound = LiveSound.ofKeys(StageBench.small(folder.resolve("model")));
    }

    @BeforeEach
    void opensAStage() {
        bench = new StageBench(sound, 16_000, 256);
        bench.stage.process.setMap(new MidiMap(List.of(new ControlMapping(91, Parameters.ROOM, -40, 6))));
        learner = new ControlLearner(bench.stage.process, List.of(Parameters.ROOM, Parameters.DRY));
    }

    @Test
    void theNextControllerThatMovesTurnsTheParameterOverItsOldRange() {
        assertThat(learner.look(0)).isEqualTo("learn: move the controller for Room (room)");
        assertThat(learner.look(1)).isNull();
        controls(20, 10);
        assertThat(learner.look(2)).as("one value is no movement").isNull();
        controls(20, 11);
        assertThat(learner.look(3)).isEqualTo("learn: controller 20 turns room, -40 to 6 dB");
        assertThat(bench.stage.process.map().mappings()).containsExactly(new ControlMapping(20, Parameters.ROOM, -40, 6));
        controls(20, 127);
        assertThat(bench.stage.values.get(Parameters.ROOM)).isEqualTo(6f);
        assertThat(learner.isDone()).isFalse();
        assertThat(learner.look(4)).isEqualTo("learn: move the controller for Dry voice (dry)");
        controls(21, 0);
        controls(21, 127);
        assertThat(learner.look(5)).isEqualTo("learn: controller 21 turns dry, 0 to 1");
        assertThat(learner.isDone()).isTrue();
        assertThat(learner.look(6)).isNull();
    }

    @Test
    void whatTellsAllItsControllersOnceAndWhatHasItsOwnMeaningIsNotTaken() {
        learner.look(0);
        for (int number = 0; number < 120; number++) {
            controls(number, 64);
        }
        controls(1, 0);
        controls(64, 0);
        controls(7, 0);
        assertThat(learner.look(1)).isNull();
        controls(30, 65);
        assertThat(learner.look(2)).contains("controller 30 turns room");
    }

    @Test
    void ofTwoBytesTheHighOneIsTaken() {
        learner.look(0);
        controls(20, 64);
        controls(52, 1);
        controls(20, 64);
        controls(52, 9);
        assertThat(learner.look(1)).contains("controller 20 turns room");
    }

    @Test
    void aControllerThatMovedBeforeItWasAskedForIsNotTaken() {
        controls(20, 1);
        controls(20, 2);
        learner.look(0);
        assertThat(learner.look(1)).isNull();
        controls(20, 3);
        assertThat(learner.look(2)).isNull();
        controls(20, 4);
        assertThat(learner.look(3)).contains("controller 20");
    }

    @Test
    void afterHalfAMinuteItGoesOnToTheNext() {
        learner.look(0);
        assertThat(learner.look(29 * SECOND)).isNull();
        assertThat(learner.look(31 * SECOND)).startsWith("learn: no controller moved for room; it stays as it is.");
        assertThat(bench.stage.process.map().mappings()).containsExactly(new ControlMapping(91, Parameters.ROOM, -40, 6));
        assertThat(learner.look(32 * SECOND)).contains("(dry)");
    }

    private void controls(int number, int value) {
        bench.send(StageBench.CONTROL, number, value);
        bench.playFrames(256);
    }
}
