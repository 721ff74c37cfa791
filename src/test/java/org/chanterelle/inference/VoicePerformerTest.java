package org.chanterelle.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.chanterelle.analysis.Timing;
import org.chanterelle.model.TestModels;
import org.chanterelle.model.timbre.Normalisation;
import org.chanterelle.rt.ParameterValues;
import org.chanterelle.signal.AudioFeatures;
import org.chanterelle.signal.Parameters;
import org.chanterelle.signal.Units;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class VoicePerformerTest {
    private static final double CONTROL = 250;
    private static final Normalisation MODEL = TestModels.NORMALISATION;

    /** Rest of 20 control frames, note of 30 at 300 Hz, rest of 40. */
    private static final int BEGIN = 20;
    private static final int END = 50;
    private static final int LENGTH = 90;

    @ParameterizedTest
    @EnumSource(Timing.class)
    void everyFrameIsToldAfterTheDeclaredDelay(Timing timing) {
        VoicePerformer performer = new VoicePerformer(MODEL, CONTROL, timing);
        VoiceFrame out = new VoiceFrame();
        for (int i = 0; i < LENGTH; i++) {
            boolean told = performer.perform(features(i), out);
            assertThat(told).isEqualTo(i >= performer.delayFrames());
            assertThat(told ? out.index : i - performer.delayFrames()).isEqualTo(i - performer.delayFrames());
        }
        assertThat(performer.delayFrames()).isBetween(0, timing == Timing.LIVE ? 0 : 6);
    }

    @Test
    void inRecordTimingANoteWithoutAClearBeginningFadesInsideItsStretch() {
        List<VoiceFrame> frames = perform(Timing.RECORD, settings -> {});
        assertThat(gains(frames, BEGIN - 1, BEGIN + 4)).containsExactly(0f, 1 / 3f, 2 / 3f, 1f, 1f);
        assertThat(gains(frames, END - 4, END + 2)).containsExactly(1f, 1f, 2 / 3f, 1 / 3f, 0f, 0f);
        assertThat(frames.get(BEGIN).gateOpenSeconds).isEqualTo((BEGIN - 1) / CONTROL);
        assertThat(frames.get(END + 1).gateCloseSeconds).isEqualTo(END / CONTROL);
    }

    @Test
    void inLiveTimingItFadesBehindItsEnd() {
        List<VoiceFrame> frames = perform(Timing.LIVE, settings -> {});
        assertThat(gains(frames, END - 1, END + 4)).containsExactly(1f, 2 / 3f, 1 / 3f, 0f, 0f);
        assertThat(frames.get(END + 3).gateCloseSeconds).isEqualTo((END + 2) / CONTROL);
    }

    @ParameterizedTest
    @CsvSource({"-0.0095", "-0.0003", "0.0101", "0.0215"})
    void aClearBeginningOpensTheGateAtItsInstantOnTheFullSound(double offset) {
        double onset = BEGIN / CONTROL + offset;
        List<VoiceFrame> frames = perform(Timing.RECORD, settings -> {}, i -> i == BEGIN ? onset : Double.NaN);
        List<VoiceFrame> opening = frames.stream().filter(frame -> !Double.isNaN(frame.gateOpenSeconds)).toList();
        assertThat(opening).hasSize(1);
        VoiceFrame frame = opening.getFirst();
        assertThat(frame.gateOpenSeconds).isEqualTo(onset);
        assertThat(onset).isBetween((frame.index - 1) / CONTROL, frame.index / CONTROL);
        VoiceFrame before = frames.get((int) frame.index - 1);
        assertThat(before.gain).isEqualTo(1f);
        assertThat(before.soundingHz).isEqualTo(300f);
    }

    @Test
    void aRestAlreadyHasThePitchOfTheNoteToCome() {
        List<VoiceFrame> frames = perform(Timing.RECORD, settings -> {});
        assertThat(frames.get(BEGIN - 1).soundingHz).isEqualTo(300f);
        assertThat(frames.get(BEGIN - 1).features.f0Hz).isEqualTo(440f);
    }

    @Test
    void theMeanOfTheInputBecomesTheMeanOfTheTrainingSet() {
        InputCalibration input = new InputCalibration(0, -36, -44, -20, 3);
        VoiceFrame frame = perform(Timing.RECORD, input, settings -> settings.dynamics = 0.5, i -> Double.NaN).get(35);
        assertThat(frame.features.loudnessDb).isCloseTo(MODEL.loudnessMeanDb() + 0.5f * (-10 - -20), within(1e-4f));
        assertThat(frame.gain).isCloseTo((float) Units.dbToGain(3), within(1e-6f));
    }

    @Test
    void toTheNetworkWhatIsUnvoicedIsARest() {
        List<VoiceFrame> frames = perform(Timing.RECORD, settings -> settings.loudnessDb = 40);
        assertThat(frames.get(5).features.loudnessDb).isLessThanOrEqualTo(MODEL.loudnessLowDb());
    }

    @Test
    void withoutTheGateEverythingSounds() {
        List<VoiceFrame> frames = perform(Timing.RECORD, settings -> settings.gated = false);
        assertThat(frames.getFirst().gateOpenSeconds).isNotNaN();
        assertThat(frames).allMatch(frame -> frame.gain == 1f && Double.isNaN(frame.gateCloseSeconds));
    }

    @ParameterizedTest
    @EnumSource(Timing.class)
    void aConsonantIsBridgedWhereAVowelFollowsInTime(Timing timing) {
        List<VoiceFrame> frames = performTwo(timing, 20, 100);
        assertThat(frames.subList(BEGIN, END + 20 + 10)).allMatch(frame -> frame.sounding);
        assertThat(gains(frames, BEGIN + 3, END + 30)).containsOnly(1f);
        assertThat(frames.stream().filter(frame -> !Double.isNaN(frame.gateOpenSeconds))).hasSize(1);
        assertThat(frames.get(END + 10).features.loudnessDb).isBetween(-17f, -11f);
    }

    @ParameterizedTest
    @EnumSource(Timing.class)
    void itIsBowedAgainWhereBridgingIsOffOrTheConsonantTooLong(Timing timing) {
        for (List<VoiceFrame> frames : List.of(performTwo(timing, 20, 0), performTwo(timing, 40, 100))) {
            assertThat(frames.stream().filter(frame -> !Double.isNaN(frame.gateOpenSeconds))).hasSize(2);
            assertThat(frames.stream().filter(frame -> frame.index > BEGIN + 5 && frame.gain == 0)).isNotEmpty();
        }
    }

    @Test
    void settingsAreWhatThePlayerHasTurned() {
        ParameterValues values = new ParameterValues();
        VoiceSettings settings = new VoiceSettings();
        settings.read(values);
        assertThat(settings.semitones).isZero();
        assertThat(settings.gateShiftDb).isZero();
        values.set(Parameters.OCTAVE, 1);
        values.set(Parameters.SEMITONES, -2);
        values.set(Parameters.GATE, -30);
        values.set(Parameters.BRIDGE, 80);
        values.set(Parameters.SCALE, 0b101);
        settings.read(values);
        assertThat(settings.semitones).isEqualTo(10);
        assertThat(settings.gateShiftDb).isEqualTo(6);
        assertThat(settings.bridgeMs).isEqualTo(80);
        assertThat(settings.scale).isEqualTo(0b101);
    }

    @Test
    void playingAllocatesNothing() {
        VoicePerformer performer = new VoicePerformer(MODEL, CONTROL, Timing.RECORD);
        performer.settings().snap = 1;
        performer.settings().bridgeMs = 60;
        AudioFeatures in = features(30);
        VoiceFrame out = new VoiceFrame();
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long bytes = Long.MAX_VALUE;
        for (int round = 0; round < 20 && bytes > 0; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 10_000; i++) {
                in.voiced = i % 100 < 70;
                in.f0Hz = 200 + i % 300;
                performer.perform(in, out);
            }
            bytes = threads.getCurrentThreadAllocatedBytes() - before;
        }
        assertThat(bytes).isZero();
    }

    private static List<VoiceFrame> perform(Timing timing, Consumer<VoiceSettings> settings) {
        return perform(timing, settings, i -> Double.NaN);
    }

    private static List<VoiceFrame> perform(Timing timing, Consumer<VoiceSettings> settings,
            java.util.function.IntToDoubleFunction onset) {
        return perform(timing, InputCalibration.unknown(MODEL), settings, onset);
    }

    private static List<VoiceFrame> perform(Timing timing, InputCalibration input, Consumer<VoiceSettings> settings,
            java.util.function.IntToDoubleFunction onset) {
        List<AudioFeatures> in = new ArrayList<>();
        for (int i = 0; i < LENGTH; i++) {
            AudioFeatures features = features(i);
            features.onsetSeconds = onset.applyAsDouble(i);
            in.add(features);
        }
        return perform(timing, input, settings, in);
    }

    /** Two notes with a rest between. */
    private static List<VoiceFrame> performTwo(Timing timing, int restFrames, double bridgeMs) {
        List<AudioFeatures> in = new ArrayList<>();
        for (int i = 0; i < END + restFrames; i++) {
            in.add(features(i));
        }
        for (int i = BEGIN; i < LENGTH; i++) {
            in.add(features(i));
        }
        return perform(timing, InputCalibration.unknown(MODEL), settings -> settings.bridgeMs = bridgeMs, in);
    }

    private static List<VoiceFrame> perform(Timing timing, InputCalibration input, Consumer<VoiceSettings> settings,
            List<AudioFeatures> in) {
        VoicePerformer performer = new VoicePerformer(MODEL, CONTROL, timing);
        performer.calibrate(input);
        settings.accept(performer.settings());
        List<VoiceFrame> frames = new ArrayList<>();
        for (AudioFeatures features : in) {
            VoiceFrame frame = new VoiceFrame();
            if (performer.perform(features, frame)) {
                frames.add(frame);
            }
        }
        return frames;
    }

    private static AudioFeatures features(int i) {
        AudioFeatures features = new AudioFeatures();
        features.voiced = i >= BEGIN && i < END;
        features.f0Hz = i < BEGIN ? 440 : 300;
        features.loudnessDb = features.voiced ? -10 : -50;
        return features;
    }

    private static List<Float> gains(List<VoiceFrame> frames, int from, int to) {
        return frames.subList(from, to).stream().map(frame -> Math.round(frame.gain * 1e6f) / 1e6f)
                .map(gain -> Math.abs(gain * 3 - Math.round(gain * 3)) < 1e-5 ? Math.round(gain * 3) / 3f : gain).toList();
    }
}
