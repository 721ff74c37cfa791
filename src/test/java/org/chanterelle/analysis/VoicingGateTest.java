package org.chanterelle.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class VoicingGateTest {
    private static final double CONTROL = 200;
    private static final GateSettings PROMPT = new GateSettings(-36, -44, 1.0, 0.7, 0.01, 0.01, false);
    private static final GateSettings RETROACTIVE = new GateSettings(-36, -44, 1.0, 0.7, 0.02, 0.01, true);

    private final List<Boolean> voiced = new ArrayList<>();
    private final List<Float> pitches = new ArrayList<>();

    @Test
    void opensOnlyWhenLoudAndPeriodicForLongEnough() {
        VoicingGate gate = new VoicingGate(PROMPT, CONTROL);
        pass(gate, 4, -20, 0.9, 0);
        pass(gate, 4, -60, 1.5, 300);
        pass(gate, 1, -20, 1.5, 300);
        pass(gate, 1, -60, 1.5, 300);
        assertThat(voiced).containsOnly(false);
        pass(gate, 3, -20, 1.5, 300);
        assertThat(voiced.subList(10, 13)).containsExactly(false, true, true);
    }

    @Test
    void staysOpenBetweenTheMarksAndBridgesOneBadFrame() {
        VoicingGate gate = new VoicingGate(PROMPT, CONTROL);
        pass(gate, 4, -20, 1.5, 300);
        pass(gate, 4, -40, 0.8, 300);
        pass(gate, 1, -20, 0, 0);
        pass(gate, 2, -40, 0.8, 300);
        assertThat(voiced.subList(1, 11)).containsOnly(true);
        assertThat(pitches.subList(0, 11)).doesNotContain(0f);
        pass(gate, 3, -50, 1.5, 300);
        assertThat(voiced.subList(11, 14)).containsExactly(true, false, false);
    }

    @Test
    void countsFromWhereAChangeBeganIfRetroactive() {
        VoicingGate gate = new VoicingGate(RETROACTIVE, CONTROL);
        pass(gate, 5, -70, 0, 0);
        pass(gate, 6, -20, 1.5, 300);
        pass(gate, 6, -70, 0, 0);
        assertThat(voiced).hasSize(17 - RETROACTIVE.delayFrames(CONTROL));
        assertThat(voiced.subList(0, 5)).containsOnly(false);
        assertThat(voiced.subList(5, 11)).containsOnly(true);
        assertThat(voiced.subList(11, 14)).containsOnly(false);
    }

    @Test
    void holdsTheMedianOfTheLastPitches() {
        VoicingGate gate = new VoicingGate(PROMPT, CONTROL);
        pass(gate, 6, -20, 1.5, 300);
        pass(gate, 1, -20, 1.5, 900);
        pass(gate, 6, -70, 0, 0);
        assertThat(pitches.getFirst()).isEqualTo(440f);
        assertThat(pitches.getLast()).isEqualTo(300f);
    }

    @Test
    void followsALeapOnlyWithAsMuchEvidenceAsOpens() {
        VoicingGate gate = new VoicingGate(PROMPT, CONTROL);
        pass(gate, 6, -20, 1.5, 300);
        pass(gate, 1, -20, 0.9, 150);
        pass(gate, 1, -20, 0.9, 310);
        pass(gate, 3, -20, 1.5, 600);
        assertThat(voiced.subList(1, 11)).containsOnly(true);
        assertThat(pitches.subList(6, 9)).containsExactly(300f, 310f, 600f);
    }

    @Test
    void closesWhereALeapStaysDoubtful() {
        VoicingGate gate = new VoicingGate(PROMPT, CONTROL);
        pass(gate, 6, -20, 1.5, 300);
        pass(gate, 6, -20, 0.9, 150);
        assertThat(voiced.subList(8, 12)).containsOnly(false);
        assertThat(pitches.subList(6, 12)).containsOnly(300f);
    }

    @Test
    void rejectsMarksInTheWrongOrder() {
        assertThatThrownBy(() -> new GateSettings(-50, -40, 1, 0.7, 0, 0, false)).hasMessageContaining("closing marks");
    }

    private void pass(VoicingGate gate, int frames, double loudnessDb, double evidence, double hz) {
        for (int i = 0; i < frames; i++) {
            gate.pass((float) loudnessDb, hz, evidence / 2, evidence / 2, f -> {
                voiced.add(f.voiced);
                pitches.add(f.f0Hz);
            });
        }
    }
}
