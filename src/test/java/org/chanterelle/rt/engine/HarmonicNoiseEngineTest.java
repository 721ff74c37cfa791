package org.chanterelle.rt.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.chanterelle.signal.SynthControls;
import org.junit.jupiter.api.Test;

class HarmonicNoiseEngineTest {
    private static final int RATE_HZ = 48_000;
    private static final HarmonicNoiseConfig CONFIG = new HarmonicNoiseConfig(20, 65, 16_000, 200, 3);

    @Test
    void latencyIsOneControlPeriod() {
        assertThat(prepared(CONFIG, RATE_HZ).latencySeconds()).isEqualTo(0.005);
        assertThat(prepared(CONFIG, RATE_HZ).latencyFrames()).isEqualTo(240);
        assertThat(prepared(CONFIG, 44_100).latencyFrames()).isEqualTo(221);
    }

    @Test
    void latencyGrowsWhenAControlPeriodIsShorterThanHalfTheNoiseFilter() {
        HarmonicNoiseConfig fast = new HarmonicNoiseConfig(20, 65, 16_000, 500, 3);
        assertThat(prepared(fast, RATE_HZ).latencyFrames()).isEqualTo(191);
    }

    @Test
    void controlsAreDueOnTheRationalGrid() {
        HarmonicNoiseEngine engine = prepared(CONFIG, 44_100);
        float[] out = new float[300];
        long frame = 0;
        for (int i = 0; i < 100; i++) {
            assertThat(engine.framesToNextControl()).isZero();
            engine.push(note(440));
            assertThat(frame).isEqualTo(i == 0 ? 0 : 221 + Math.round((i - 1) * 220.5));
            frame += engine.framesToNextControl();
            engine.render(out, 0, engine.framesToNextControl());
        }
        assertThat(engine.missedControls()).isZero();
    }

    @Test
    void aControlPushedEarlyWaitsForItsPeriod() {
        HarmonicNoiseEngine early = prepared(CONFIG, RATE_HZ);
        HarmonicNoiseEngine punctual = prepared(CONFIG, RATE_HZ);
        float[] a = new float[720];
        float[] b = new float[720];
        early.push(note(440));
        early.render(a, 0, 100);
        early.push(note(660));
        early.render(a, 100, 380);
        early.render(a, 480, 240);
        punctual.push(note(440));
        punctual.render(b, 0, 240);
        punctual.push(note(660));
        punctual.render(b, 240, 480);
        assertThat(a).isEqualTo(b);
        assertThat(early.missedControls()).isEqualTo(1);
    }

    @Test
    void aLateControlIsHeldCountedAndForgiven() {
        HarmonicNoiseEngine engine = prepared(CONFIG, RATE_HZ);
        float[] out = new float[RATE_HZ];
        engine.push(tone(440));
        engine.render(out, 0, 240 * 20);
        assertThat(engine.missedControls()).isEqualTo(19);
        assertThat(peak(out, 240 * 19, 240 * 20)).isGreaterThan(0.9f * peak(out, 240, 480));
        engine.push(tone(440));
        engine.render(out, 0, 240);
        assertThat(engine.missedControls()).isEqualTo(19);
    }

    @Test
    void withoutControlsTheVoiceFallsSilentAfterHalfASecond() {
        HarmonicNoiseEngine engine = prepared(CONFIG, RATE_HZ);
        float[] out = new float[RATE_HZ];
        engine.push(note(440));
        engine.render(out, 0, out.length);
        assertThat(peak(out, (int) (0.49 * RATE_HZ), RATE_HZ / 2)).isPositive();
        assertThat(peak(out, (int) (0.53 * RATE_HZ), RATE_HZ)).isZero();
    }

    @Test
    void anEngineWithoutControlsIsSilent() {
        float[] out = new float[5_000];
        prepared(CONFIG, RATE_HZ).render(out, 0, out.length);
        assertThat(out).containsOnly(0f);
    }

    @Test
    void brokenControlsAreIgnored() {
        HarmonicNoiseEngine engine = prepared(CONFIG, RATE_HZ);
        float[] out = new float[2_400];
        engine.push(note(440));
        engine.render(out, 0, 240);
        for (float f0Hz : new float[] {0f, -5f, Float.NaN, Float.POSITIVE_INFINITY}) {
            engine.push(note(f0Hz));
        }
        SynthControls broken = note(440);
        broken.harmonicDistribution[3] = Float.NaN;
        engine.push(broken);
        broken = note(440);
        broken.noiseMagnitudes[64] = Float.NEGATIVE_INFINITY;
        engine.push(broken);
        engine.render(out, 0, out.length);
        for (float value : out) {
            assertThat(Float.isFinite(value)).isTrue();
        }
        assertThat(engine.missedControls()).isEqualTo(10);
    }

    @Test
    void aBrokenControlThatWasDueIsNotDueForEver() {
        HarmonicNoiseEngine engine = prepared(CONFIG, RATE_HZ);
        engine.push(note(Float.NaN));
        assertThat(engine.framesToNextControl()).isPositive();
        engine.render(new float[RATE_HZ], 0, engine.framesToNextControl());
        engine.push(note(0));
        assertThat(engine.framesToNextControl()).isPositive();
        assertThat(engine.missedControls()).isEqualTo(2);
    }

    @Test
    void resetStartsTheSameSoundAgain() {
        HarmonicNoiseEngine engine = prepared(CONFIG, RATE_HZ);
        float[] first = play(engine);
        engine.reset();
        assertThat(play(engine)).isEqualTo(first);
        assertThat(play(prepared(CONFIG, RATE_HZ))).isEqualTo(first);
    }

    @Test
    void theFactoryBuildsTheEngineOfItsConfiguration() {
        Engine engine = EngineConfig.create(CONFIG);
        engine.prepare(RATE_HZ, 64);
        assertThat(engine).isInstanceOf(HarmonicNoiseEngine.class);
    }

    private static float[] play(HarmonicNoiseEngine engine) {
        float[] out = new float[2_400];
        for (int i = 0; i < 10; i++) {
            engine.push(note(300 + 20 * i));
            engine.render(out, 240 * i, 240);
        }
        return out;
    }

    private static HarmonicNoiseEngine prepared(HarmonicNoiseConfig config, double rateHz) {
        HarmonicNoiseEngine engine = new HarmonicNoiseEngine(config);
        engine.prepare(rateHz, 512);
        return engine;
    }

    private static SynthControls note(float f0Hz) {
        SynthControls controls = tone(f0Hz);
        Arrays.fill(controls.noiseMagnitudes, 0.01f);
        return controls;
    }

    private static SynthControls tone(float f0Hz) {
        SynthControls controls = new SynthControls(20, 65);
        controls.f0Hz = f0Hz;
        controls.amplitude = 0.5f;
        Arrays.fill(controls.harmonicDistribution, 0.05f);
        return controls;
    }

    private static float peak(float[] audio, int from, int to) {
        float peak = 0;
        for (int n = from; n < to; n++) {
            peak = Math.max(peak, Math.abs(audio[n]));
        }
        return peak;
    }
}
