package org.chanterelle.evaluate.conformance;

import ai.djl.ndarray.NDManager;
import java.util.Map;
import java.util.Optional;

/** From the name of a published operation to the class of ours that performs it. */
final class Adapters {
    private Adapters() {}

    /** The outputs of a case by name, or nothing when we have no such operation. NDArrays are made on {@code manager}. */
    static Optional<Map<String, NpyArray>> run(VectorCase vector, NDManager manager) {
        return Optional.ofNullable(
                switch (vector.op()) {
                    case "a_weighting" -> SpectrumAdapters.aWeighting(vector);
                    case "stft_mag" -> SpectrumAdapters.magnitudes(vector);
                    case "mel_filterbank" -> SpectrumAdapters.melFilterbanks(vector);
                    case "logmel" -> SpectrumAdapters.logMel(vector);
                    case "loudness_magenta" -> SpectrumAdapters.loudnessMagenta(vector);
                    case "loudness_acids" -> SpectrumAdapters.loudnessAcids(vector);
                    case "loudness_torchcrepe" -> SpectrumAdapters.loudnessTorchcrepe(vector);
                    case "pitch_track" -> MelodyAdapters.pitchTrack(vector);
                    case "pitch_units" -> MelodyAdapters.pitchUnits(vector);
                    case "melody_metrics" -> MelodyAdapters.melodyMetrics(vector);
                    case "smf_notes", "smf_edge" -> MidiAdapters.notes(vector);
                    case "mss_ursinus" -> LossAdapters.course(vector, manager);
                    case "mss_magenta" -> LossAdapters.magenta(vector, manager);
                    case "mss_acids" -> LossAdapters.normalised(vector, manager);
                    case "modified_sigmoid" -> SynthesisAdapters.modifiedSigmoid(vector, manager);
                    case "exp_sigmoid" -> SynthesisAdapters.expSigmoid(vector, manager);
                    case "nyquist_mask" -> SynthesisAdapters.nyquistMask(vector, manager);
                    case "upsample" -> SynthesisAdapters.upsample(vector, manager);
                    case "harmonic_audio_rate" -> SynthesisAdapters.harmonicAudioRate(vector, manager);
                    case "harmonic_magenta" -> SynthesisAdapters.harmonicMagenta(vector, manager);
                    case "noise_acids" -> SynthesisAdapters.noiseAcids(vector, manager);
                    case "noise_magenta" -> SynthesisAdapters.noiseMagenta(vector, manager);
                    case "fft_convolve_static" -> SynthesisAdapters.convolve(vector, manager);
                    case "gru" -> NetworkAdapters.gru(vector, manager);
                    case "mlp_acids" -> NetworkAdapters.mlp(vector, manager);
                    case "ddsp_decoder" -> NetworkAdapters.decoder(vector, manager);
                    case "lstm", "lstm3" -> SingAdapters.lstm(vector, manager);
                    case "film" -> Mel2MelAdapters.film(vector, manager);
                    case "bilstm" -> Mel2MelAdapters.lstm(vector, manager);
                    case "sing_forward" -> SingAdapters.forward(vector, manager);
                    case "sing_loss" -> SingAdapters.loss(vector);
                    case "vq_ema" -> JukeboxAdapters.quantise(vector, manager);
                    case "jukebox_encdec" -> JukeboxAdapters.autoencoder(vector, manager);
                    case "factored_attention" -> AttentionAdapters.factored(vector, manager);
                    case "sampling_filter" -> JukeboxAdapters.filter(vector);
                    case "mulaw" -> VocoderAdapters.muLaw(vector);
                    case "wavenet_stack" -> VocoderAdapters.waveNet(vector);
                    default -> null;
                });
    }
}
