package org.chanterelle.evaluate.conformance;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Map;
import org.chanterelle.ddsp.FftConvolution;
import org.chanterelle.ddsp.FilteredNoise;
import org.chanterelle.ddsp.FilteredNoise.Overlap;
import org.chanterelle.ddsp.HarmonicSynth;
import org.chanterelle.ddsp.NyquistMask;
import org.chanterelle.ddsp.Scaling;
import org.chanterelle.ddsp.Upsampling;

/** Maps and synthesis on NDArrays. */
final class SynthesisAdapters {
    private SynthesisAdapters() {}

    static Map<String, NpyArray> modifiedSigmoid(VectorCase vector, NDManager manager) {
        return Map.of("y", NpyArray.of(Scaling.modifiedSigmoid(vector.in("x").on(manager))));
    }

    static Map<String, NpyArray> expSigmoid(VectorCase vector, NDManager manager) {
        NDArray y = Scaling.expSigmoid(
                vector.in("x").on(manager), vector.number("exponent"), vector.number("max_value"), vector.number("threshold"));
        return Map.of("y", NpyArray.of(y));
    }

    static Map<String, NpyArray> nyquistMask(VectorCase vector, NDManager manager) {
        NDArray f0Hz = vector.in("pitch").on(manager);
        NDArray amplitudes = vector.in("amps").on(manager);
        double rateHz = vector.number("sr");
        return Map.of(
                "magenta", NpyArray.of(NyquistMask.ZERO.apply(f0Hz, amplitudes, rateHz)),
                "acids", NpyArray.of(NyquistMask.LEAKY.apply(f0Hz, amplitudes, rateHz)));
    }

    static Map<String, NpyArray> upsample(VectorCase vector, NDManager manager) {
        NDArray x = vector.in("x").on(manager);
        int factor = vector.integer("factor");
        return Map.of(
                "nearest", NpyArray.of(Upsampling.NEAREST.apply(x, factor)),
                "linear_endpoint", NpyArray.of(Upsampling.LINEAR_HELD.apply(x, factor)),
                "window_endpoint", NpyArray.of(Upsampling.WINDOW_HELD.apply(x, factor)),
                "linear_no_endpoint", NpyArray.of(Upsampling.LINEAR_NO_ENDPOINT.apply(x, factor)),
                "torch_linear_half_pixel", NpyArray.of(Upsampling.LINEAR_HALF_PIXEL.apply(x, factor)));
    }

    static Map<String, NpyArray> harmonicAudioRate(VectorCase vector, NDManager manager) {
        NDArray f0Hz = vector.in("f0").on(manager).reshape(1, -1, 1);
        return render(vector.number("sr"), f0Hz, vector.in("amps").on(manager).expandDims(0));
    }

    /** Magenta brings controls to audio rate first and masks there. */
    static Map<String, NpyArray> harmonicMagenta(VectorCase vector, NDManager manager) {
        NDArray f0Hz = vector.in("f0").on(manager).reshape(1, -1, 1);
        NDArray amplitude = vector.in("amplitude").on(manager).reshape(1, -1, 1);
        NDArray amplitudes = vector.in("distribution").on(manager).expandDims(0).mul(amplitude);
        int hop = vector.integer("n_samples") / (int) f0Hz.getShape().get(1);
        return render(vector.number("sr"), Upsampling.LINEAR_HELD.apply(f0Hz, hop),
                Upsampling.WINDOW_HELD.apply(amplitudes, hop));
    }

    static Map<String, NpyArray> noiseAcids(VectorCase vector, NDManager manager) {
        int block = vector.integer("block");
        NDArray magnitudes = vector.in("mags").on(manager);
        FilteredNoise noise = new FilteredNoise(block, Overlap.CUT);
        long frames = magnitudes.getShape().get(1);
        NDArray responses = FilteredNoise.impulseResponses(magnitudes);
        int taps = (int) responses.getShape().get(2);
        NDArray wrapped = noise.wrapped(responses.reshape(frames, taps), taps);
        NDArray audio = noise.filter(magnitudes, vector.in("noise").on(manager).reshape(1, frames * block));
        return Map.of("ir", NpyArray.of(wrapped), "audio", NpyArray.of(audio));
    }

    static Map<String, NpyArray> noiseMagenta(VectorCase vector, NDManager manager) {
        NDArray magnitudes = vector.in("mags").on(manager);
        NDArray audio = vector.in("audio").on(manager);
        int hop = (int) (audio.getShape().get(1) / magnitudes.getShape().get(1));
        return Map.of(
                "ir", NpyArray.of(FilteredNoise.impulseResponses(magnitudes)),
                "filtered", NpyArray.of(new FilteredNoise(hop, Overlap.ADDED_LATE).filter(magnitudes, audio)));
    }

    static Map<String, NpyArray> convolve(VectorCase vector, NDManager manager) {
        NDArray audio = vector.in("audio").on(manager);
        NDArray response = vector.in("ir").on(manager);
        int length = (int) (audio.getShape().get(1) + response.getShape().get(1)) - 1;
        return Map.of("audio", NpyArray.of(FftConvolution.full(audio, response, length)));
    }

    /** Controls at audio rate: a hop of one frame. */
    private static Map<String, NpyArray> render(double rateHz, NDArray f0Hz, NDArray amplitudes) {
        NDArray masked = NyquistMask.ZERO.apply(f0Hz, amplitudes, rateHz);
        float[][] pitches = {f0Hz.toFloatArray()};
        return Map.of("audio",
                NpyArray.of(new HarmonicSynth(rateHz, 1, (int) amplitudes.getShape().get(2), Upsampling.LINEAR_HELD)
                        .render(pitches, masked)));
    }
}
