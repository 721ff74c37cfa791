package org.chanterelle.train.jukebox;

import java.util.SplittableRandom;

/** Vectors that unused codes begin anew at: outputs of the encoder in random order. */
final class FreshVectors {
    private static final double SPREAD = 0.01;

    private FreshVectors() {}

    /**
     * As many as there are codes. Where there are fewer rows they come several times, a little apart.
     *
     * @param rows outputs, row after row
     * @return shape (codes, width)
     */
    static float[] draw(float[] rows, int codes, int width, SplittableRandom random) {
        int count = rows.length / width;
        int[] order = new int[count];
        float[] fresh = new float[codes * width];
        double spread = count < codes ? SPREAD / Math.sqrt(width) : 0;
        for (int code = 0; code < codes; code++) {
            int place = code % count;
            if (place == 0) {
                shuffle(order, random);
            }
            for (int i = 0; i < width; i++) {
                fresh[code * width + i] = (float) (rows[order[place] * width + i] + spread * random.nextGaussian());
            }
        }
        return fresh;
    }

    private static void shuffle(int[] order, SplittableRandom random) {
        for (int i = 0; i < order.length; i++) {
            int other = random.nextInt(i + 1);
            order[i] = order[other];
            order[other] = i;
        }
    }
}
