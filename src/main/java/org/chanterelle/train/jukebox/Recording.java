package org.chanterelle.train.jukebox;

import java.util.SplittableRandom;

/**
 * A recording at the model's rate, 16 bits to save memory.
 *
 * @param name path below the data folder
 * @param channels shape (channels, frames)
 */
record Recording(String name, short[][] channels) {
    private static final float FULL_SCALE = 32768f;

    static Recording of(String name, float[][] sound) {
        short[][] channels = new short[sound.length][sound[0].length];
        for (int c = 0; c < sound.length; c++) {
            for (int i = 0; i < sound[c].length; i++) {
                channels[c][i] = (short) Math.clamp(Math.round(sound[c][i] * FULL_SCALE), Short.MIN_VALUE, Short.MAX_VALUE);
            }
        }
        return new Recording(name, channels);
    }

    int frames() {
        return channels[0].length;
    }

    /** From {@code first} to before {@code end}. */
    Recording part(int first, int end) {
        short[][] some = new short[channels.length][];
        for (int c = 0; c < some.length; c++) {
            some[c] = java.util.Arrays.copyOfRange(channels[c], first, end);
        }
        return new Recording(name, some);
    }

    /**
     * Writes a crop, silent beyond the end, as one channel.
     *
     * @param random draws the channels' weights, which sum up to 1; null for equal ones
     */
    void crop(int first, float[] to, int offset, int length, SplittableRandom random) {
        float[] weights = weights(random);
        int count = Math.min(length, frames() - first);
        for (int i = 0; i < length; i++) {
            float sum = 0f;
            for (int c = 0; i < count && c < weights.length; c++) {
                sum += weights[c] * channels[c][first + i];
            }
            to[offset + i] = sum / FULL_SCALE;
        }
    }

    private float[] weights(SplittableRandom random) {
        float[] weights = new float[channels.length];
        double left = 1;
        for (int c = 0; c < weights.length; c++) {
            int others = weights.length - c - 1;
            double share = random == null ? 1.0 / (others + 1) : 1 - Math.pow(1 - random.nextDouble(), 1.0 / Math.max(1, others));
            weights[c] = (float) (others == 0 ? left : left * share);
            left -= weights[c];
        }
        return weights;
    }
}
