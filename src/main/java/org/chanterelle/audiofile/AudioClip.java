package org.chanterelle.audiofile;

/**
 * Audio in memory. The arrays are not copied.
 *
 * @param channels samples, full scale at -1 and 1; shape (channels, frames), at least one channel, all of one length
 * @param sampleRateHz frames a second
 */
public record AudioClip(float[][] channels, int sampleRateHz) {
    public AudioClip {
        if (channels.length == 0 || sampleRateHz <= 0) {
            throw new IllegalArgumentException(
                    "a clip needs a channel and a rate: " + channels.length + " channels, " + sampleRateHz + " Hz");
        }
        for (float[] channel : channels) {
            if (channel.length != channels[0].length) {
                throw new IllegalArgumentException(
                        "channels differ in length: " + channel.length + " and " + channels[0].length + " frames");
            }
        }
    }

    /** A clip of one channel. */
    public static AudioClip mono(float[] samples, int sampleRateHz) {
        return new AudioClip(new float[][] {samples}, sampleRateHz);
    }

    /** Length in frames. */
    public int frames() {
        return channels[0].length;
    }

    /** Length in seconds. */
    public double seconds() {
        return (double) frames() / sampleRateHz;
    }

    /** The mean of all channels, shape (frames); of a single channel the array itself. */
    public float[] mono() {
        if (channels.length == 1) {
            return channels[0];
        }
        float[] mix = new float[frames()];
        float gain = 1.0f / channels.length;
        for (float[] channel : channels) {
            for (int i = 0; i < mix.length; i++) {
                mix[i] += gain * channel[i];
            }
        }
        return mix;
    }
}
