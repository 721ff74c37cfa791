package org.chanterelle.driver.javasound;

import org.chanterelle.signal.RealTime;

/**
 * Signed little-endian PCM of 16 or 24 bits.
 *
 * @param bits in a sample
 * @param channels in a frame
 */
record PcmCodec(int bits, int channels) {
    /** Bytes in a frame. */
    int frameBytes() {
        return bits / 8 * channels;
    }

    /** The mean of all channels. */
    @RealTime
    void decode(byte[] bytes, float[] mono, int frames) {
        int sampleBytes = bits / 8;
        float scale = 1f / ((1 << bits - 1) * channels);
        for (int i = 0; i < frames; i++) {
            int sum = 0;
            for (int c = 0; c < channels; c++) {
                sum += sample(bytes, (i * channels + c) * sampleBytes);
            }
            mono[i] = sum * scale;
        }
    }

    @RealTime
    private int sample(byte[] bytes, int at) {
        return bits == 16
                ? bytes[at + 1] << 8 | bytes[at] & 0xff
                : bytes[at + 2] << 16 | (bytes[at + 1] & 0xff) << 8 | bytes[at] & 0xff;
    }

    /** Two channels; beyond full scale it saturates, and what is no number is silent. */
    @RealTime
    void encode(float[] left, float[] right, byte[] bytes, int frames) {
        int sampleBytes = bits / 8;
        for (int i = 0; i < frames; i++) {
            put(left[i], bytes, 2 * i * sampleBytes);
            put(right[i], bytes, (2 * i + 1) * sampleBytes);
        }
    }

    @RealTime
    private void put(float sample, byte[] bytes, int at) {
        float full = 1 << bits - 1;
        int value = Float.isNaN(sample) ? 0 : (int) Math.rint(Math.clamp(sample * full, -full, full - 1));
        for (int b = 0; b < bits / 8; b++) {
            bytes[at + b] = (byte) (value >> 8 * b);
        }
    }
}
