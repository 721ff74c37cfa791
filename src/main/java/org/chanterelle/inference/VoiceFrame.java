package org.chanterelle.inference;

import org.chanterelle.signal.AudioFeatures;
import org.chanterelle.signal.SynthControls;
import org.chanterelle.signal.Units;

/** What one control frame of a voice is to sound like. A mutable, preallocated slot. */
public final class VoiceFrame {
    /** Number of the control frame since the start; it describes the instant {@code index / controlRateHz} of the stream. */
    public long index;

    /** Inputs of the network. */
    public final AudioFeatures features = new AudioFeatures();

    /** f0 for the synthesiser: in silence already that of the note to come, as far as it is known. */
    public float soundingHz = (float) Units.A4_HZ;

    /** Linear, for amplitude and noise. */
    public float gain;

    /** Whether the instrument sounds, consonants bridged included. */
    public boolean sounding;

    /**
     * Stream time in seconds at which the output gate opens, at least {@code (index - 1) / controlRateHz} and less than
     * {@code index / controlRateHz}, the period that an engine renders when it is given this frame; NaN if it does not open.
     */
    public double gateOpenSeconds = Double.NaN;

    /** The same for its closing. */
    public double gateCloseSeconds = Double.NaN;

    /** Turns the network's controls for {@link #features} into those of this frame. */
    public void apply(SynthControls controls) {
        controls.f0Hz = soundingHz;
        controls.amplitude *= gain;
        for (int band = 0; band < controls.noiseMagnitudes.length; band++) {
            controls.noiseMagnitudes[band] *= gain;
        }
    }

    /** Copies all values from another slot. */
    public void set(VoiceFrame other) {
        index = other.index;
        features.set(other.features);
        soundingHz = other.soundingHz;
        gain = other.gain;
        sounding = other.sounding;
        gateOpenSeconds = other.gateOpenSeconds;
        gateCloseSeconds = other.gateCloseSeconds;
    }
}
