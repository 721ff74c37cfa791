package org.chanterelle.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.chanterelle.analysis.LoudnessMeter;
import org.chanterelle.analysis.spectrum.Stft;
import org.chanterelle.analysis.spectrum.StftConfig;
import org.chanterelle.rt.dsp.ConvolutionReverb;
import org.chanterelle.rt.dsp.Fft;
import org.chanterelle.signal.FeatureTrack;
import org.chanterelle.signal.Units;

/**
 * The baseline that a learned instrument must beat: a band-limited sawtooth with 2 % noise that follows pitch and loudness through
 * one fixed filter, to be heard in the model's room. The filter is fitted so that the sawtooth, played from the training set's features, has the
 * training set's mean spectrum; nothing else is learned.
 */
public final class EqualisedSawtooth {
    /**
     * A recording of the training set.
     *
     * @param audio mono, at the sawtooth's rate
     * @param features its pitch and loudness
     */
    public record Example(float[] audio, FeatureTrack features) {}

    private static final double NOISE_SHARE = 0.02;
    private static final double SILENT_DB = -70;
    private static final int FFT_SIZE = 1024;
    private static final int FITS = 3;
    private static final double SMOOTHING_OCTAVES = 1.0 / 6;
    private static final double LEAST_POWER_SHARE = 1e-7;
    private static final int LOUDNESS_WINDOW = 512;
    private static final long SEED = 1;

    private final int sampleRateHz;
    private double[] gains = new double[FFT_SIZE / 2 + 1];

    private EqualisedSawtooth(int sampleRateHz) {
        this.sampleRateHz = sampleRateHz;
        Arrays.fill(gains, 1);
    }

    /** Fits the filter. */
    public static EqualisedSawtooth fit(List<Example> examples, int sampleRateHz) {
        EqualisedSawtooth sawtooth = new EqualisedSawtooth(sampleRateHz);
        double[] wanted = meanPower(examples.stream().map(Example::audio).toList());
        List<float[]> raw = new ArrayList<>();
        for (Example example : examples) {
            raw.add(sawtooth.sawtooth(example.features(), example.audio().length));
        }
        for (int fit = 0; fit < FITS; fit++) {
            List<float[]> rendered = new ArrayList<>();
            for (int i = 0; i < raw.size(); i++) {
                rendered.add(sawtooth.shaped(raw.get(i), examples.get(i).features()));
            }
            sawtooth.correct(wanted, meanPower(rendered));
        }
        return sawtooth;
    }

    /** Plays {@code frames} frames after {@code features}, dry; silent where they are below -70 dB. */
    public float[] play(FeatureTrack features, int frames) {
        return shaped(sawtooth(features, frames), features);
    }

    private float[] shaped(float[] raw, FeatureTrack features) {
        float[] tone = filtered(raw);
        follow(tone, features);
        return tone;
    }

    private float[] sawtooth(FeatureTrack features, int frames) {
        float[] out = new float[frames];
        SplittableRandom random = new SplittableRandom(SEED);
        double phase = 0;
        for (int n = 0; n < frames; n++) {
            double f0Hz = at(features.f0Hz(), n * features.controlRateHz() / sampleRateHz);
            phase += 2 * Math.PI * f0Hz / sampleRateHz;
            double noise = NOISE_SHARE * Math.PI / Math.sqrt(12) * random.nextGaussian();
            out[n] = (float) (harmonics(phase, (int) (0.5 * sampleRateHz / f0Hz)) + noise);
        }
        return out;
    }

    /** Sum of {@code sin(k phase) / k}, by the recurrence {@code sin((k + 1) p) = 2 cos(p) sin(k p) - sin((k - 1) p)}. */
    private static double harmonics(double phase, int count) {
        double twoCos = 2 * Math.cos(phase);
        double before = 0;
        double last = Math.sin(phase);
        double sum = 0;
        for (int k = 1; k <= count; k++) {
            sum += last / k;
            double next = twoCos * last - before;
            before = last;
            last = next;
        }
        return sum;
    }

    private float[] filtered(float[] audio) {
        Fft fft = new Fft(FFT_SIZE);
        float[] re = new float[gains.length];
        for (int k = 0; k < re.length; k++) {
            re[k] = (float) gains[k];
        }
        float[] zeroPhase = new float[FFT_SIZE];
        fft.inverse(re, new float[gains.length], zeroPhase);
        float[] response = new float[FFT_SIZE];
        for (int n = 0; n < FFT_SIZE; n++) {
            double hann = 0.5 - 0.5 * Math.cos(2 * Math.PI * n / FFT_SIZE);
            response[n] = (float) (hann * zeroPhase[(n + FFT_SIZE / 2) % FFT_SIZE]);
        }
        return convolved(audio, response, FFT_SIZE / 2);
    }

    private static float[] convolved(float[] audio, float[] response, int delay) {
        float[] out = Arrays.copyOf(audio, audio.length + delay);
        new ConvolutionReverb(response, 0f, ConvolutionReverb.DEFAULT_PARTITION).process(out, 0, out, 0, out.length);
        return Arrays.copyOfRange(out, delay, out.length);
    }

    private void follow(float[] tone, FeatureTrack features) {
        double hop = sampleRateHz / features.controlRateHz();
        LoudnessMeter meter = LoudnessMeter.rateIndependent(sampleRateHz, LOUDNESS_WINDOW, 8000);
        float[] padded = new float[tone.length + 2 * LOUDNESS_WINDOW];
        System.arraycopy(tone, 0, padded, LOUDNESS_WINDOW / 2, tone.length);
        float[] gain = new float[features.length()];
        for (int i = 0; i < gain.length; i++) {
            float wantedDb = features.loudnessDb()[i];
            int middle = Math.min((int) Math.round(i * hop), tone.length);
            gain[i] = wantedDb < SILENT_DB ? 0f : (float) Units.dbToGain(wantedDb - meter.loudness(padded, middle));
        }
        for (int n = 0; n < tone.length; n++) {
            tone[n] *= (float) at(gain, n / hop);
        }
    }

    private static double at(float[] track, double position) {
        int left = Math.min((int) position, track.length - 1);
        int right = Math.min(left + 1, track.length - 1);
        return track[left] + Math.min(1, position - left) * (track[right] - track[left]);
    }

    private void correct(double[] wanted, double[] found) {
        double[] target = smoothed(wanted);
        double[] have = smoothed(found);
        double least = LEAST_POWER_SHARE * Arrays.stream(have).max().orElseThrow();
        for (int k = 0; k < gains.length; k++) {
            gains[k] *= Math.sqrt(target[k] / Math.max(least, have[k]));
        }
    }

    /** Means over a sixth of an octave, so that the training set's notes do not become peaks of the filter. */
    private static double[] smoothed(double[] power) {
        double[] out = new double[power.length];
        double half = Math.pow(2, SMOOTHING_OCTAVES / 2);
        for (int k = 0; k < out.length; k++) {
            int low = Math.max(0, (int) Math.floor(k / half) - 1);
            int high = Math.min(power.length - 1, (int) Math.ceil(k * half) + 1);
            out[k] = Arrays.stream(power, low, high + 1).average().orElseThrow();
        }
        return out;
    }

    private static double[] meanPower(List<float[]> sounds) {
        Stft stft = new Stft(StftConfig.centred(FFT_SIZE, FFT_SIZE / 4));
        double[] sum = new double[FFT_SIZE / 2 + 1];
        for (float[] sound : sounds) {
            stft.forEachWindow(sound, (i, re, im) -> {
                for (int k = 0; k < sum.length; k++) {
                    sum[k] += (double) re[k] * re[k] + (double) im[k] * im[k];
                }
            });
        }
        return sum;
    }
}
