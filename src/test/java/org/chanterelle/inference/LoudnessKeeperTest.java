package org.chanterelle.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.chanterelle.signal.SynthControls;
import org.chanterelle.signal.Units;
import org.junit.jupiter.api.Test;

class LoudnessKeeperTest {
    private static final int CONTROL_RATE_HZ = 200;
    private static final int USUAL_DB = -30;

    private final LoudnessKeeper keeper = new LoudnessKeeper(CONTROL_RATE_HZ, 32_000);
    private final VoiceFrame frame = new VoiceFrame();
    private final SynthControls controls = new SynthControls(20, 33);
    private double toldDb;

    /** Amplitude in dB of what sounds when a network as loud as it is told, but for so much, is asked for a loudness. */
    private double play(boolean sounding, double askedDb, double tooSoftDb) {
        frame.sounding = sounding;
        frame.features.f0Hz = 440;
        frame.features.loudnessDb = (float) askedDb;
        toldDb = keeper.ask(frame).loudnessDb;
        controls.f0Hz = 440;
        controls.amplitude = (float) Units.dbToGain(toldDb + USUAL_DB - tooSoftDb);
        controls.harmonicDistribution[0] = 1;
        keeper.keep(controls);
        return Units.gainToDb(controls.amplitude) - USUAL_DB;
    }

    private void hold(double seconds, double askedDb) {
        for (int i = 0; i < seconds * CONTROL_RATE_HZ; i++) {
            assertThat(play(true, askedDb, 0)).isCloseTo(askedDb, within(0.01));
        }
    }

    @Test
    void theNetworkIsToldOfAFallSlowlyAndTheSoundFallsAtOnce() {
        hold(0.5, -5);
        assertThat(play(true, -15, 0)).isCloseTo(-15, within(0.01));
        assertThat(toldDb).isCloseTo(-5.2, within(0.001));
        hold(0.25, -15);
        assertThat(toldDb).isCloseTo(-15, within(0.001));
    }

    @Test
    void aRiseIsToldAtOnce() {
        hold(0.5, -15);
        assertThat(play(true, -5, 0)).isCloseTo(-5, within(0.01));
        assertThat(toldDb).isCloseTo(-5, within(0.001));
    }

    @Test
    void whatTheNetworkFallsShortOfIsRaisedWithinBounds() {
        hold(0.5, -10);
        double softest = 0;
        double heard = 0;
        for (int i = 0; i < 20; i++) {
            heard = play(true, -10, 15);
            softest = Math.min(softest, heard);
        }
        assertThat(softest).as("it rises without a step").isCloseTo(-22, within(0.1));
        assertThat(heard).as("four decibels are the player's").isCloseTo(-14, within(0.1));
        for (int i = 0; i < 20; i++) {
            heard = play(true, -10, 50);
        }
        assertThat(heard).isCloseTo(-10 - 50 + 18, within(0.1));
        assertThat(play(true, -10, 0)).as("no burst when the network is back").isCloseTo(-10, within(0.01));
    }

    @Test
    void anEndingIsNotRaised() {
        hold(0.5, -10);
        for (int i = 0; i < 12; i++) {
            play(true, -10, 15);
        }
        double heard = 0;
        for (int i = 0; i < 8; i++) {
            heard = play(true, -30, 15);
        }
        assertThat(heard).isCloseTo(-45, within(0.01));
    }

    @Test
    void controlsThatAreNoNumbersLeaveNoTrace() {
        hold(0.5, -10);
        play(true, -10, Double.NaN);
        hold(0.5, -10);
    }

    @Test
    void whatIsALittleSoftStaysSo() {
        hold(0.5, -10);
        assertThat(play(true, -10, 3.5)).isCloseTo(-13.5, within(0.05));
    }

    @Test
    void aBeginningBelongsToTheNetwork() {
        hold(0.5, -10);
        play(false, -50, 0);
        for (int i = 0; i < 20; i++) {
            assertThat(play(true, -10, 20 - i)).isCloseTo(-10 - 20 + i, within(0.01));
        }
    }

    @Test
    void aRestIsToldAsItIs() {
        hold(0.5, -10);
        assertThat(play(false, -50, 12)).isCloseTo(-62, within(0.01));
        assertThat(toldDb).isCloseTo(-50, within(0.001));
    }

    @Test
    void aFirstFrameThatWasTooSoftDoesNotBecomeTheRule() {
        for (int i = 0; i < CONTROL_RATE_HZ / 2; i++) {
            play(true, -10, 30);
        }
        hold(0.5, -10);
        for (int i = 0; i < 20; i++) {
            play(true, -10, 15);
        }
        assertThat(play(true, -10, 15)).isCloseTo(-14, within(0.2));
    }
}
