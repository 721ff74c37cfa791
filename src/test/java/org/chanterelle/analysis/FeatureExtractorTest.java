package org.chanterelle.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.chanterelle.signal.AudioFeatures;
import org.chanterelle.signal.FeatureTrack;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FeatureExtractorTest {
    private static final double RATE = 44100;
    private static final double CONTROL = 200;

    private record Frame(float f0Hz, float loudnessDb, float confidence, boolean voiced) {}

    @ParameterizedTest
    @ValueSource(doubles = {16000, 22050, 44100, 48000, 96000})
    void aConstantSineReadsTheSameLoudnessAndPitchAtEveryRate(double rateHz) {
        FeatureTrack track = FeatureExtractor.extract(Sounds.sine(440, 0.1, 1, rateHz), rateHz, CONTROL);
        assertThat(track.length()).isEqualTo(200);
        for (int i = 20; i < 180; i++) {
            assertThat(track.loudnessDb()[i]).isCloseTo(-4.29f, within(0.1f));
            assertThat(track.f0Hz()[i]).isCloseTo(440, within(0.5f));
            assertThat(track.voiced()[i]).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.8, 0.08, 0.008})
    void loudnessFollowsTheLevelDecibelByDecibel(double peak) {
        FeatureTrack track = FeatureExtractor.extract(Sounds.sine(1000, peak, 0.5, RATE), RATE, CONTROL);
        assertThat(track.loudnessDb()[50]).isCloseTo((float) (19.8 + 20 * Math.log10(peak)), within(0.1f));
    }

    @ParameterizedTest
    @ValueSource(doubles = {60, 75, 98, 120, 220})
    void theLoudnessOfASteadyLowVoiceDoesNotRippleWithItsPeriods(double hz) {
        FeatureTrack track = FeatureExtractor.extract(Sounds.tone(t -> hz, Sounds.bright(40, 0.1), 1, RATE), RATE, CONTROL);
        float[] steady = Arrays.copyOfRange(track.loudnessDb(), 30, 170);
        Arrays.sort(steady);
        assertThat(steady[steady.length - 1] - steady[0]).isLessThan(0.6f);
    }

    @ParameterizedTest
    @CsvSource({"LIVE,1", "LIVE,63", "LIVE,64", "LIVE,1024", "RECORD,1", "RECORD,63", "RECORD,64", "RECORD,1024"})
    void blocksOfAnySizeGiveTheSameFrames(Timing timing, int block) {
        float[] phrase = phrase();
        FeatureExtractor extractor = new FeatureExtractor(RATE, 250, timing);
        List<Frame> whole = feed(extractor, phrase, phrase.length);
        extractor.reset();
        assertThat(feed(extractor, phrase, block)).isEqualTo(whole);
    }

    @Test
    void extractionIsTheStreamInRecordTimingWithoutItsLatency() {
        float[] phrase = phrase();
        List<Frame> stream = feed(new FeatureExtractor(RATE, CONTROL, Timing.RECORD), phrase, 64);
        FeatureTrack track = FeatureExtractor.extract(phrase, RATE, CONTROL);
        assertThat(track.length()).isEqualTo((int) Math.ceil(phrase.length / RATE * CONTROL)).isGreaterThan(stream.size());
        for (int i = 0; i < stream.size(); i++) {
            assertThat(new Frame(track.f0Hz()[i], track.loudnessDb()[i], track.confidence()[i], track.voiced()[i]))
                    .isEqualTo(stream.get(i));
        }
    }

    @ParameterizedTest
    @CsvSource({"48000,200", "44100,250", "16000,100"})
    void inRecordTimingEveryFrameIsToldExactlyOneLatencyAfterItsInstant(double rateHz, double controlHz) {
        FeatureExtractor extractor = new FeatureExtractor(rateHz, controlHz, Timing.RECORD);
        List<Double> toldAt = tellTimes(extractor, rateHz);
        assertThat(extractor.minLatencySeconds()).isEqualTo(extractor.latencySeconds());
        for (int i = 0; i < toldAt.size(); i++) {
            assertThat(toldAt.get(i) - i / controlHz).isCloseTo(extractor.latencySeconds(), within(2.5 / rateHz));
        }
    }

    @Test
    void inLiveTimingEveryFrameIsToldAtItsInstant() {
        List<Double> toldAt = tellTimes(new FeatureExtractor(48000, 250, Timing.LIVE), 48000);
        for (int i = 0; i < toldAt.size(); i++) {
            assertThat(toldAt.get(i)).isCloseTo(i / 250.0, within(2.5 / 48000));
        }
    }

    @Test
    void theLiveLatencyOfAHighVoiceIsAQuarterOfALowOnes() {
        FeatureExtractor extractor = new FeatureExtractor(48000, 250, Timing.LIVE);
        assertThat(extractor.minLatencySeconds()).isCloseTo(256 / 48000.0, within(1e-9));
        assertThat(extractor.latencySeconds()).isCloseTo(1024 / 48000.0, within(1e-9));
    }

    @ParameterizedTest
    @CsvSource({"1760,0.016", "880,0.016", "440,0.020", "220,0.024", "110,0.040", "70,0.060"})
    void aLiveHighVoiceDoesNotWaitForTheWindowThatALowOneNeeds(double hz, double seconds) {
        double onset = 0.3;
        float[] note = Sounds.join(
                Sounds.pink(-70, onset, 48000, 1), Sounds.tone(t -> hz, Sounds.bright(12, 0.2), 0.3, 48000));
        List<Frame> frames = feed(new FeatureExtractor(48000, 500, Timing.LIVE), note, 64);
        int due = (int) Math.ceil((onset + seconds) * 500);
        for (int i = due; i < due + 50; i++) {
            assertThat(frames.get(i).voiced()).as("frame %d", i).isTrue();
            assertThat(cents(frames.get(i).f0Hz(), hz)).isLessThan(30);
        }
    }

    @ParameterizedTest
    @CsvSource({"1000,0.011", "880,0.011", "440,0.015", "220,0.019", "110,0.028"})
    void aBurstIsToldWithItsPitchAsSoonAsTwoPeriodsAndAWindowsRiseAreHeard(double hz, double seconds) {
        for (int burst = 0; burst < 10; burst++) {
            double onset = 0.3 + 0.0011 * burst;
            float[] note = Sounds.join(
                    Sounds.pink(-70, onset, 48000, burst), Sounds.tone(t -> hz, Sounds.bright(12, 0.2), 0.2, 48000));
            List<Frame> frames = feed(new FeatureExtractor(48000, CONTROL, Timing.LIVE), note, 64);
            int first = 0;
            while (!frames.get(first).voiced()) {
                first++;
            }
            assertThat(first / CONTROL - onset).as("burst %d", burst).isBetween(0.0, seconds);
            assertThat(cents(frames.get(first).f0Hz(), hz)).isLessThan(50);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {70, 82, 110, 220, 440, 1000, 1760})
    void inRecordTimingTheBeginningOfANoteIsKnownToTheHalfMillisecond(double hz) {
        for (double rateHz : new double[] {44100, 48000}) {
            double onset = 0.3017;
            float[] note = Sounds.join(Sounds.pink(-75, onset, rateHz, 1),
                    Sounds.tone(t -> hz, Sounds.bright(12, 0.2), 0.3, rateHz), new float[(int) rateHz / 4]);
            assertThat(onsets(note, rateHz, Timing.RECORD)).singleElement()
                    .satisfies(told -> assertThat(told).isCloseTo(onset, within(0.0005)));
            assertThat(onsets(note, rateHz, Timing.LIVE)).isEmpty();
        }
    }

    @Test
    void aVowelBehindALoudConsonantHasNoClearBeginning() {
        float[] syllable = Sounds.join(Sounds.silence(0.3, 48000), Sounds.band(7000, 3000, -14, 0.2, 48000, 4),
                Sounds.tone(t -> 220, Sounds.bright(12, 0.2), 0.3, 48000), Sounds.silence(0.3, 48000));
        assertThat(onsets(syllable, 48000, Timing.RECORD)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"110,220,0.018", "220,247,0.013", "220,440,0.022", "440,494,0.014", "440,880,0.022", "880,440,0.014",
            "220,110,0.026", "880,220,0.02"})
    void aStepOfALiveVoiceIsToldInTime(double fromHz, double toHz, double seconds) {
        for (int k = 0; k < 10; k++) {
            double step = 0.3 + 0.0013 * k;
            float[] melody = Sounds.tone(t -> t < step ? fromHz : toHz, Sounds.bright(12, 0.2), 0.5, 48000);
            List<Frame> frames = feed(new FeatureExtractor(48000, CONTROL, Timing.LIVE), melody, 64);
            for (int i = (int) (0.1 * CONTROL); i < frames.size(); i++) {
                double old = cents(frames.get(i).f0Hz(), fromHz);
                double fresh = cents(frames.get(i).f0Hz(), toHz);
                assertThat(i / CONTROL < step ? old : i / CONTROL > step + seconds ? fresh : 0).as("frame %d", i)
                        .isLessThan(50);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Timing.class)
    void aNoteThatBeginsSoftlyIsNotCut(Timing timing) {
        float[] note = Sounds.tone(t -> 330, Sounds.bright(10, 0.2), 1, 48000);
        for (int n = 0; n < note.length; n++) {
            note[n] *= (float) Math.pow(10, -2.5 * Math.max(0, 1 - n / 24000.0));
        }
        List<Frame> frames = feed(new FeatureExtractor(48000, CONTROL, timing), note, 256);
        long voiced = frames.stream().filter(Frame::voiced).count();
        assertThat(voiced).isGreaterThan((long) (0.8 * frames.size()));
    }

    @ParameterizedTest
    @EnumSource(Timing.class)
    void noiseNeverOpensTheGate(Timing timing) {
        List<float[]> noises = List.of(
                Sounds.pink(-60, 3, 48000, 1), Sounds.pink(-20, 3, 48000, 2), Sounds.white(-30, 3, 48000, 3),
                Sounds.band(7000, 3000, -25, 3, 48000, 4), Sounds.band(3500, 2000, -25, 3, 48000, 5),
                Sounds.band(1200, 1500, -40, 3, 48000, 6), new float[48000]);
        for (float[] noise : noises) {
            List<Frame> frames = feed(new FeatureExtractor(48000, CONTROL, timing), noise, 512);
            assertThat(frames).noneMatch(Frame::voiced);
        }
    }

    @ParameterizedTest
    @EnumSource(Timing.class)
    void aConsonantAfterAVowelClosesTheGateWithinFortyMilliseconds(Timing timing) {
        float[] sound = Sounds.join(Sounds.tone(t -> 200, Sounds.bright(20, 0.2), 0.5, 48000),
                Sounds.band(7000, 3000, -20, 0.5, 48000, 4));
        FeatureExtractor extractor = new FeatureExtractor(48000, CONTROL, timing);
        List<Frame> frames = feed(extractor, Sounds.join(sound, new float[9600]), 512);
        int from = timing == Timing.LIVE ? 108 : 104;
        assertThat(frames.subList(40, 98)).allMatch(Frame::voiced);
        assertThat(frames.subList(from, 200)).noneMatch(Frame::voiced);
    }

    @Test
    void beforeTheFirstNoteThePitchIs440() {
        FeatureTrack track = FeatureExtractor.extract(new float[44100], RATE, CONTROL);
        assertThat(track.f0Hz()).containsOnly(440f);
        assertThat(track.voiced()).containsOnly(false);
        assertThat(track.loudnessDb()).containsOnly(LoudnessMeter.MAGENTA_FLOOR_DB);
    }

    @Test
    void aRestHoldsThePitchOfTheNoteBefore() {
        float[] phrase = Sounds.join(Sounds.tone(t -> 262, Sounds.bright(10, 0.2), 0.4, 48000),
                Sounds.pink(-70, 0.5, 48000, 8), Sounds.tone(t -> 392, Sounds.bright(10, 0.2), 0.4, 48000));
        FeatureTrack track = FeatureExtractor.extract(phrase, 48000, CONTROL);
        for (int i = 10; i < 174; i++) {
            assertThat(cents(track.f0Hz()[i], 262)).as("frame %d", i).isLessThan(30);
        }
        for (int i = 186; i < 255; i++) {
            assertThat(cents(track.f0Hz()[i], 392)).as("frame %d", i).isLessThan(30);
        }
        assertThat(track.voiced()[130]).isFalse();
    }

    @Test
    void samplesThatAreNoNumbersCountAsSilenceAndDoNoLastingHarm() {
        float[] broken = new float[4800];
        Arrays.fill(broken, Float.NaN);
        broken[7] = Float.POSITIVE_INFINITY;
        float[] sound = Sounds.join(broken, Sounds.sine(440, 0.2, 0.5, 44100));
        FeatureTrack track = FeatureExtractor.extract(sound, 44100, CONTROL);
        assertThat(track.loudnessDb()).doesNotContain(Float.NaN);
        assertThat(track.f0Hz()[80]).isCloseTo(440, within(1f));
        assertThat(track.voiced()[80]).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"0,0", "1,1", "240,1", "241,2", "48000,200"})
    void theTrackCoversTheWholeSound(int samples, int frames) {
        assertThat(FeatureExtractor.extract(new float[samples], 48000, 200).length()).isEqualTo(frames);
    }

    @Test
    void rejectsControlRatesThatMakeNoSense() {
        assertThatThrownBy(() -> new FeatureExtractor(48000, 5, Timing.LIVE)).hasMessageContaining("control rate 5.0 Hz");
    }

    private static float[] phrase() {
        return Sounds.join(Sounds.silence(0.1, RATE), Sounds.tone(t -> 300 + 200 * t, Sounds.bright(8, 0.2), 0.3, RATE),
                Sounds.pink(-50, 0.1, RATE, 9), Sounds.sine(1500, 0.1, 0.2, RATE));
    }

    private static List<Frame> feed(FeatureExtractor extractor, float[] sound, int block) {
        List<Frame> frames = new ArrayList<>();
        for (int at = 0; at < sound.length; at += block) {
            extractor.process(sound, at, Math.min(block, sound.length - at), f -> frames.add(frame(f)));
        }
        return frames;
    }

    private static List<Double> tellTimes(FeatureExtractor extractor, double rateHz) {
        List<Double> times = new ArrayList<>();
        float[] one = new float[1];
        for (int n = 0; n < rateHz / 4; n++) {
            double now = (n + 1) / rateHz;
            extractor.process(one, 0, 1, f -> times.add(now));
        }
        assertThat(times).isNotEmpty();
        return times;
    }

    private static List<Double> onsets(float[] sound, double rateHz, Timing timing) {
        List<Double> told = new ArrayList<>();
        new FeatureExtractor(rateHz, CONTROL, timing).process(sound, 0, sound.length, f -> {
            if (!Double.isNaN(f.onsetSeconds)) {
                told.add(f.onsetSeconds);
            }
        });
        return told;
    }

    private static Frame frame(AudioFeatures f) {
        return new Frame(f.f0Hz, f.loudnessDb, f.confidence, f.voiced);
    }

    private static double cents(double hz, double referenceHz) {
        return Math.abs(1200 * Math.log(hz / referenceHz) / Math.log(2));
    }
}
