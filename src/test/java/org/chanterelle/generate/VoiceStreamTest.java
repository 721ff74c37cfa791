package org.chanterelle.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.chanterelle.evaluate.synthetic.Syllable.note;
import static org.chanterelle.evaluate.synthetic.Syllable.pause;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.chanterelle.analysis.Timing;
import org.chanterelle.audiofile.AudioClip;
import org.chanterelle.evaluate.synthetic.DemoPhrase;
import org.chanterelle.evaluate.synthetic.FormantSinger;
import org.chanterelle.evaluate.synthetic.Syllable.Onset;
import org.chanterelle.evaluate.synthetic.Vowel;
import org.chanterelle.inference.DecoderWeights;
import org.chanterelle.inference.InputCalibration;
import org.chanterelle.inference.LoudnessKeeper;
import org.chanterelle.inference.VectorTimbreDecoder;
import org.chanterelle.inference.VoiceFrame;
import org.chanterelle.inference.VoiceTracker;
import org.chanterelle.model.ModelFolder;
import org.chanterelle.model.TestModels;
import org.chanterelle.rt.dsp.GateRamp;
import org.chanterelle.rt.engine.HarmonicNoiseConfig;
import org.chanterelle.rt.engine.HarmonicNoiseEngine;
import org.chanterelle.rt.engine.Output;
import org.chanterelle.signal.Levels;
import org.chanterelle.signal.SynthControls;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A voice as a stream of blocks, through tracker, network, synthesiser and gate. */
class VoiceStreamTest {
    private static final int RATE = 48_000;
    private static final TransferSettings DRY = TransferSettings.DEFAULT.withReverb(new TransferSettings.Reverb.None());

    @TempDir
    static Path folder;

    private static ModelFolder model;

    @BeforeAll
    static void loadsTheModel() {
        model = ModelFolder.load(TestModels.write(folder.resolve("model"), TestModels.smallConfig(), 7));
    }

    @ParameterizedTest
    @CsvSource({"48000,64", "48000,1000", "44100,128"})
    void aTransferByACalibratedInputIsTheStreamItself(int rateHz, int block) {
        float[] voice = Arrays.copyOf(DemoPhrase.sing().audio(), 4 * RATE);
        InputCalibration input = new InputCalibration(-4, -35, -42, -9, -18);
        Stream stream = new Stream(rateHz, Timing.RECORD, input);
        float[] live = stream.play(voice, block);
        TransferResult result = new Transfer(model).run(AudioClip.mono(voice, rateHz), DRY, input, share -> {});
        float[] offline = result.audio().mono();
        new Output(rateHz, null, result.rumbleHz()).process(live, 0, live.length);
        float[] difference = new float[offline.length - rateHz / 2];
        for (int i = 0; i < difference.length; i++) {
            difference[i] = live[i] - offline[i];
        }
        assertThat(Levels.rmsDbfs(offline)).isGreaterThan(-60);
        assertThat(Levels.rmsDbfs(difference)).isLessThan(Levels.rmsDbfs(offline) - 80);
    }

    @Test
    void inRecordTimingTwoHundredOnsetsOfAnyPitchComeAtOneDelay() {
        int count = 200;
        int spacing = RATE * 2 / 5;
        float[] bursts = new float[(count + 1) * spacing];
        int[] starts = new int[count];
        Random random = new Random(1);
        for (int k = 0; k < count; k++) {
            double hz = 82 * Math.pow(1000 / 82.0, k / (count - 1.0));
            starts[k] = RATE / 5 + k * spacing + random.nextInt(RATE / 200);
            addBurst(bursts, starts[k], RATE / 5, hz, random.nextDouble());
        }
        float[] out = new Transfer(model).run(AudioClip.mono(bursts, RATE), DRY).audio().mono();
        double earliest = Double.POSITIVE_INFINITY;
        double latest = Double.NEGATIVE_INFINITY;
        for (int start : starts) {
            double delayMs = 1000.0 * (onset(out, start) - onset(bursts, start)) / RATE;
            earliest = Math.min(earliest, delayMs);
            latest = Math.max(latest, delayMs);
        }
        assertThat(latest - earliest).isLessThan(2);
        assertThat(earliest).isCloseTo(0, within(2.0));
    }

    @ParameterizedTest
    @EnumSource(Timing.class)
    void noiseUnderSingingNeitherSoundsBetweenPhrasesNorMakesTheGateFlutter(Timing timing) {
        float[] sung = new FormantSinger(RATE, 4).sing(List.of(
                pause(Onset.REST, 60, 0.8), note(Onset.S, Vowel.A, 60, 0.7, -6), note(Onset.LEGATO, Vowel.E, 64, 0.6, -6),
                note(Onset.L, Vowel.O, 67, 0.8, -4), pause(Onset.REST, 64, 1), note(Onset.L, Vowel.A, 64, 0.7, -8),
                note(Onset.S, Vowel.I, 60, 0.9, -8).vibrato(40), pause(Onset.REST, 60, 1))).audio();
        float[] noisy = Levels.atRms(pink(sung.length), -60);
        for (int i = 0; i < sung.length; i++) {
            noisy[i] += sung[i];
        }
        Stream stream = new Stream(RATE, timing, InputCalibration.unknown(model.card().normalisation()));
        float[] out = stream.play(noisy, 128);
        assertThat(Levels.rmsDbfs(out, 0, RATE * 7 / 10)).isLessThan(-70);
        assertThat(Levels.rmsDbfs(out, RATE, RATE * 28 / 10)).isGreaterThan(-50);
        assertThat(Levels.rmsDbfs(out, RATE * 31 / 10, RATE * 38 / 10)).isLessThan(-70);
        assertThat(Levels.rmsDbfs(out, RATE * 57 / 10, RATE * 63 / 10)).isLessThan(-70);
        assertThat(stream.shortestStretchSeconds()).isGreaterThan(0.05);
    }

    private static void addBurst(float[] audio, int start, int length, double hz, double phase) {
        for (int n = 0; n < length; n++) {
            double t = (double) n / RATE;
            double edge = Math.min(1, Math.min(t / 0.003, (double) (length - n) / RATE / 0.02));
            double sum = 0;
            for (int h = 1; h <= 12; h++) {
                sum += 0.15 / h * Math.sin(2 * Math.PI * h * (hz * t + phase) + h * h);
            }
            audio[start + n] += (float) (edge * sum);
        }
    }

    /** First frame above -40 dB of the note's peak. */
    private static int onset(float[] audio, int start) {
        int from = start - RATE / 10;
        int to = start + RATE / 5;
        float peak = 0;
        for (int n = from; n < to; n++) {
            peak = Math.max(peak, Math.abs(audio[n]));
        }
        int n = from;
        while (Math.abs(audio[n]) <= 0.01f * peak) {
            n++;
        }
        return n;
    }

    private static float[] pink(int frames) {
        Random random = new Random(9);
        float[] out = new float[frames];
        double[] state = new double[3];
        for (int n = 0; n < frames; n++) {
            double white = random.nextGaussian();
            state[0] = 0.99765 * state[0] + white * 0.0990460;
            state[1] = 0.96300 * state[1] + white * 0.2965164;
            state[2] = 0.57000 * state[2] + white * 1.0526913;
            out[n] = (float) (state[0] + state[1] + state[2] + white * 0.1848);
        }
        return out;
    }

    /** The live chain in one thread, the synthesiser's latency removed. */
    private static final class Stream {
        private final int rateHz;
        private final DecoderWeights weights = new DecoderWeights(model);
        private final VectorTimbreDecoder decoder = new VectorTimbreDecoder(weights);
        private final SynthControls controls = decoder.newControls();
        private final double controlHz = weights.config().controlRateHz();
        private final LoudnessKeeper keeper = new LoudnessKeeper(controlHz, weights.config().sampleRateHz());
        private final VoiceTracker tracker;
        private final HarmonicNoiseEngine engine;
        private final GateRamp gate;
        private final List<Integer> toggles = new ArrayList<>();
        private float[] raw;
        private int rendered;
        private boolean sounding;

        Stream(int rateHz, Timing timing, InputCalibration input) {
            this.rateHz = rateHz;
            tracker = new VoiceTracker(rateHz, controlHz, timing, model.card().normalisation());
            tracker.calibrate(input);
            tracker.settings().dynamics = DRY.dynamics();
            engine = new HarmonicNoiseEngine(new HarmonicNoiseConfig(weights.config().harmonics(),
                    weights.config().noiseBands(), weights.config().sampleRateHz(), controlHz, DRY.seed()));
            engine.prepare(rateHz, 1024);
            gate = new GateRamp(GateRamp.SECONDS, rateHz);
        }

        float[] play(float[] voice, int block) {
            raw = new float[voice.length + engine.latencyFrames()];
            for (int at = 0; at < voice.length; at += block) {
                tracker.process(voice, at, Math.min(block, voice.length - at), this::accept);
            }
            return Arrays.copyOfRange(raw, engine.latencyFrames(), raw.length);
        }

        private void accept(VoiceFrame frame) {
            decoder.step(keeper.ask(frame), controls);
            keeper.keep(controls);
            frame.apply(controls);
            schedule(false, frame.gateCloseSeconds);
            schedule(true, frame.gateOpenSeconds);
            engine.push(controls);
            int count = Math.min(engine.framesToNextControl(), raw.length - rendered);
            engine.render(raw, rendered, count);
            gate.process(raw, rendered, count);
            rendered += count;
            if (frame.sounding != sounding) {
                sounding = frame.sounding;
                toggles.add((int) frame.index);
            }
        }

        private void schedule(boolean opening, double seconds) {
            if (!Double.isNaN(seconds)) {
                gate.schedule(opening, (int) Math.round(seconds * rateHz) + engine.latencyFrames() - rendered);
            }
        }

        double shortestStretchSeconds() {
            int shortest = Integer.MAX_VALUE;
            for (int i = 1; i < toggles.size(); i++) {
                shortest = Math.min(shortest, toggles.get(i) - toggles.get(i - 1));
            }
            return shortest / controlHz;
        }
    }
}
