package org.chanterelle.rt.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.chanterelle.rt.dsp.Fft;
import org.chanterelle.signal.SynthControls;
import org.chanterelle.signal.Units;
import org.junit.jupiter.api.Test;

/** What a listener would call clean, measured on a violin-like voice of a 16 kHz model. */
class CleanSoundTest {
    private static final double MODEL_HZ = 16_000;
    private static final double CONTROL_HZ = 250;
    private static final int HARMONICS = 100;
    private static final int BANDS = 65;

    private enum Event {
        STACCATO,
        LEGATO,
        STOP
    }

    @Test
    void noEventClicksBeyondTheModelsBand() {
        int rateHz = 96_000;
        Voice voice = new Voice(rateHz, new Output(rateHz));
        Random random = new Random(11);
        double loudestDb = Double.NEGATIVE_INFINITY;
        float[] carried = new float[0];
        for (int event = 0; event < 500; event++) {
            float[] played = playEvent(voice, Event.values()[random.nextInt(3)], random);
            float[] joined = join(carried, played);
            loudestDb = Math.max(loudestDb, loudestMillisecondDb(joined, rateHz, 9_000));
            carried = Arrays.copyOfRange(joined, joined.length - HighPass.TAPS, joined.length);
        }
        assertThat(loudestDb).isLessThan(-70);
    }

    @Test
    void theClickDetectorHearsAClick() {
        int rateHz = 96_000;
        Voice voice = new Voice(rateHz, new Output(rateHz));
        float[] note = voice.play(100, 440, 0.25f, 0.001f);
        Arrays.fill(note, note.length / 2, note.length, 0f);
        assertThat(loudestMillisecondDb(note, rateHz, 9_000)).isGreaterThan(-60);
    }

    @Test
    void noSecondHasADirectCurrent() {
        int rateHz = 48_000;
        Voice voice = new Voice(rateHz, new Output(rateHz, room(rateHz), 10));
        Random random = new Random(5);
        for (int second = 0; second < 10; second++) {
            float[] heard = voice.play((int) CONTROL_HZ, 196 * Math.pow(2, 3 * random.nextDouble()), 0.25f, 0.002f);
            double sum = 0;
            for (int n = 0; n < heard.length; n++) {
                // Weighted, so that broken periods at the ends do not count.
                sum += heard[n] * (1 - Math.cos(2 * Math.PI * n / heard.length));
            }
            assertThat(Units.gainToDb(Math.abs(sum / heard.length))).isLessThan(-80);
        }
    }

    @Test
    void tenMinutesOfPlayingLeaveNoTrace() {
        int rateHz = 44_100;
        Voice old = new Voice(rateHz, new Output(rateHz, room(rateHz), 10));
        Random random = new Random(2);
        for (int note = 0; note < 1_200; note++) {
            old.play((int) (0.4 * CONTROL_HZ), 100 * Math.pow(2, 4 * random.nextDouble()), 0.3f * random.nextFloat(), 0.003f);
            old.play((int) (0.1 * CONTROL_HZ), 440, note % 3 == 0 ? 0f : 0.01f, 0f);
        }
        Voice fresh = new Voice(rateHz, new Output(rateHz, room(rateHz), 10));
        double[] before = octaveBandsDb(probe(fresh), rateHz);
        double[] after = octaveBandsDb(probe(old), rateHz);
        for (int band = 0; band < before.length; band++) {
            assertThat(Math.abs(after[band] - before[band])).as("band %d", band).isLessThan(1);
        }
    }

    @Test
    void aMinuteOfSilenceLeavesNoDenormalNumberAndNoSound() throws IllegalAccessException {
        int rateHz = 48_000;
        Voice voice = new Voice(rateHz, new Output(rateHz, room(rateHz), 10));
        voice.play(200, 330, 0.3f, 0.01f);
        voice.play(20, 330, 1e-20f, 1e-22f);
        voice.play(20, 330, 1e-38f, 1e-39f);
        voice.play((int) (59 * CONTROL_HZ), 330, 0f, 0f);
        assertThat(voice.play((int) CONTROL_HZ, 330, 0f, 0f)).containsOnly(0f);
        assertThat(denormals(voice.engine)).isEmpty();
        assertThat(denormals(voice.output)).isEmpty();
    }

    @Test
    void theSearchForDenormalsFindsOne() throws IllegalAccessException {
        Output output = new Output(48_000, new float[] {1f, 0.5f}, 10);
        float[] sound = {1e-39f};
        assertThat(denormals(new Object[] {output, sound})).hasSize(1);
    }

    private static float[] playEvent(Voice voice, Event event, Random random) {
        double f0Hz = 196 * Math.pow(2, 3 * random.nextDouble());
        float amplitude = 0.1f + 0.2f * random.nextFloat();
        int frames = 8 + random.nextInt(20);
        return switch (event) {
            case STACCATO -> join(voice.play(frames / 2, f0Hz, amplitude, 0.001f), voice.play(frames / 2, f0Hz, 0f, 0f));
            case LEGATO -> voice.play(frames, f0Hz, amplitude, 0.001f);
            case STOP -> voice.play(frames, voice.controls.f0Hz, 0f, 0f);
        };
    }

    /** Half a second of silence for tails to die, then four seconds of a note with noise. */
    private static float[] probe(Voice voice) {
        voice.play((int) (0.5 * CONTROL_HZ), 440, 0f, 0f);
        return voice.play((int) (4 * CONTROL_HZ), 261.6, 0.3f, 0.01f);
    }

    private static float[] room(int rateHz) {
        Random random = new Random(4);
        float[] impulse = new float[rateHz / 4];
        for (int n = 1; n < impulse.length; n++) {
            impulse[n] = 0.05f * (random.nextFloat() - 0.5f) * (float) Math.exp(-20.0 * n / rateHz);
        }
        return impulse;
    }

    private static float[] join(float[] first, float[] second) {
        float[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    /** Level of the loudest 1 ms frame above a frequency, in dB re full-scale RMS 1. */
    private static double loudestMillisecondDb(float[] audio, int rateHz, double aboveHz) {
        double[] high = HighPass.apply(audio, rateHz, aboveHz);
        int frame = rateHz / 1_000;
        double loudest = 0;
        for (int at = 0; at + frame <= high.length; at += frame / 2) {
            double energy = 0;
            for (int n = at; n < at + frame; n++) {
                energy += high[n] * high[n];
            }
            loudest = Math.max(loudest, energy / frame);
        }
        return 10 * Math.log10(loudest);
    }

    private static double[] octaveBandsDb(float[] audio, int rateHz) {
        Fft fft = new Fft(8192);
        float[] re = new float[4097];
        float[] im = new float[4097];
        double[] energy = new double[7];
        for (int at = 0; at + 8192 <= audio.length; at += 4096) {
            float[] frame = new float[8192];
            for (int n = 0; n < frame.length; n++) {
                frame[n] = audio[at + n] * (float) (0.5 - 0.5 * Math.cos(2 * Math.PI * n / frame.length));
            }
            fft.forward(frame, re, im);
            for (int bin = 1; bin < 4097; bin++) {
                int band = (int) Math.floor(Math.log((double) bin * rateHz / 8192 / 63) / Math.log(2));
                if (band >= 0 && band < energy.length) {
                    energy[band] += re[bin] * re[bin] + im[bin] * im[bin];
                }
            }
        }
        for (int band = 0; band < energy.length; band++) {
            energy[band] = 10 * Math.log10(energy[band]);
        }
        return energy;
    }

    /** Denormal numbers in all fields and arrays that can be reached inside our classes. */
    private static List<String> denormals(Object root) throws IllegalAccessException {
        List<String> found = new ArrayList<>();
        search(root, Collections.newSetFromMap(new IdentityHashMap<>()), found);
        return found;
    }

    private static void search(Object object, Set<Object> seen, List<String> found) throws IllegalAccessException {
        if (object == null || !seen.add(object)) {
            return;
        }
        if (object.getClass().isArray()) {
            for (int i = 0; i < Array.getLength(object); i++) {
                check(Array.get(object, i), object.getClass().getSimpleName() + " at " + i, seen, found);
            }
            return;
        }
        if (!object.getClass().getName().startsWith("org.chanterelle")) {
            return;
        }
        for (Field field : object.getClass().getDeclaredFields()) {
            if (!Modifier.isStatic(field.getModifiers())) {
                field.setAccessible(true);
                check(field.get(object), field.toString(), seen, found);
            }
        }
    }

    private static void check(Object value, String where, Set<Object> seen, List<String> found) throws IllegalAccessException {
        if (value instanceof Float number) {
            if (number != 0 && Math.abs(number) < Float.MIN_NORMAL) {
                found.add(where);
            }
        } else if (value instanceof Double number) {
            if (number != 0 && Math.abs(number) < Double.MIN_NORMAL) {
                found.add(where);
            }
        } else {
            search(value, seen, found);
        }
    }

    /** Kaiser-windowed sinc, 90 dB down 750 Hz below its corner at 96 kHz. */
    private static final class HighPass {
        static final int TAPS = 901;

        static double[] apply(float[] audio, int rateHz, double cornerHz) {
            double[] taps = new double[TAPS];
            int middle = TAPS / 2;
            for (int t = 0; t < TAPS; t++) {
                double x = t - middle;
                double window = 0.42 + 0.5 * Math.cos(Math.PI * x / middle) + 0.08 * Math.cos(2 * Math.PI * x / middle);
                double cycles = (cornerHz - 375) / rateHz;
                double low = x == 0 ? 2 * cycles : Math.sin(2 * Math.PI * cycles * x) / (Math.PI * x);
                taps[t] = (x == 0 ? 1 : 0) - low * window;
            }
            double[] out = new double[Math.max(0, audio.length - TAPS)];
            for (int t = 0; t < TAPS; t++) {
                double tap = taps[t];
                for (int n = 0; n < out.length; n++) {
                    out[n] += tap * audio[n + t];
                }
            }
            return out;
        }
    }

    /** An engine and its output, played a note at a time. */
    private static final class Voice {
        private final HarmonicNoiseEngine engine = new HarmonicNoiseEngine(
                new HarmonicNoiseConfig(HARMONICS, BANDS, MODEL_HZ, CONTROL_HZ, 1));
        private final Output output;
        private final SynthControls controls = new SynthControls(HARMONICS, BANDS);

        Voice(int rateHz, Output output) {
            this.output = output;
            engine.prepare(rateHz, 1024);
        }

        float[] play(int controlFrames, double f0Hz, float amplitude, float noise) {
            float[] audio = new float[controlFrames * 400];
            int done = 0;
            for (int i = 0; i < controlFrames; i++) {
                set(f0Hz, amplitude, noise);
                engine.push(controls);
                int count = engine.framesToNextControl();
                engine.render(audio, done, count);
                output.process(audio, done, count);
                done += count;
            }
            return Arrays.copyOf(audio, done);
        }

        /** Harmonics fall by 9 dB an octave, as a bowed string's do; noise by 6. */
        private void set(double f0Hz, float amplitude, float noise) {
            controls.f0Hz = (float) f0Hz;
            controls.amplitude = amplitude;
            float sum = 0;
            for (int k = 0; k < HARMONICS; k++) {
                controls.harmonicDistribution[k] = (k + 1) * f0Hz < MODEL_HZ / 2 ? (float) Math.pow(k + 1, -1.5) : 0f;
                sum += controls.harmonicDistribution[k];
            }
            for (int k = 0; k < HARMONICS; k++) {
                controls.harmonicDistribution[k] /= sum;
            }
            for (int b = 0; b < BANDS; b++) {
                controls.noiseMagnitudes[b] = noise * 8 / (8 + b);
            }
        }
    }
}
