package org.chanterelle.inference.jukebox;

import java.util.Arrays;

/** Keys and values of one layer for every place that was read, of several items; and attention to some of them. */
final class KeyValueCache {
    private final int length;
    private final int width;
    private final int heads;
    private final float[] keys;
    private final float[] values;
    private final float[] scores;

    KeyValueCache(int batch, int length, int width, int heads) {
        this.length = length;
        this.width = width;
        this.heads = heads;
        keys = new float[Math.multiplyExact(batch * length, width)];
        values = new float[keys.length];
        scores = new float[length];
    }

    static long bytes(int batch, int length, int width) {
        return 2L * Float.BYTES * batch * length * width;
    }

    /** Keeps the key and the value of a place; they follow each other in {@code from}. */
    void put(int item, int place, float[] from, int at) {
        int to = (item * length + place) * width;
        System.arraycopy(from, at, keys, to, width);
        System.arraycopy(from, at + width, values, to, width);
    }

    /** Mean of the values of {@code count} places from {@code first} on, weighted by how well their keys fit the query. */
    void attend(float[] query, int at, int item, int first, int step, int count, float[] out, int outAt) {
        Arrays.fill(out, outAt, outAt + width, 0f);
        if (count == 0) {
            return;
        }
        int part = width / heads;
        float scale = (float) (1 / Math.sqrt(part));
        for (int head = 0; head < heads; head++) {
            int offset = (item * length + first) * width + head * part;
            float sum = weigh(query, at + head * part, offset, step * width, count, part, scale);
            for (int i = 0; i < count; i++) {
                FloatRows.addScaled(scores[i] / sum, values, offset + i * step * width, out, outAt + head * part, part);
            }
        }
    }

    private float weigh(float[] query, int at, int offset, int stride, int count, int part, float scale) {
        float max = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < count; i++) {
            scores[i] = scale * FloatRows.dot(query, at, keys, offset + i * stride, part);
            max = Math.max(max, scores[i]);
        }
        float sum = 0;
        for (int i = 0; i < count; i++) {
            scores[i] = (float) Math.exp(scores[i] - max);
            sum += scores[i];
        }
        return sum;
    }
}
