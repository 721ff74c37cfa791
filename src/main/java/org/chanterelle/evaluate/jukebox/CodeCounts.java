package org.chanterelle.evaluate.jukebox;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.chanterelle.train.jukebox.CodeWindows;
import org.chanterelle.train.jukebox.CodedPiece;

/** Unigrams and bigrams of codes, what a transformer must beat. */
final class CodeCounts {
    private static final double[] WEIGHTS = {1, 3, 10, 30, 100, 300, 1000, 3000};

    private final int codes;
    private final double[] single;
    private double total;
    private final Map<Long, Integer> pairs = new HashMap<>();

    /** Counts in pieces. */
    CodeCounts(List<CodedPiece> pieces, int codes) {
        this.codes = codes;
        single = new double[codes];
        for (CodedPiece piece : pieces) {
            int[] some = piece.codes();
            for (int i = 0; i < some.length; i++) {
                single[some[i]]++;
                if (i > 0) {
                    pairs.merge(key(some[i - 1], some[i]), 1, Integer::sum);
                }
            }
            total += some.length;
        }
    }

    private static long key(int first, int second) {
        return (long) first << 32 | second;
    }

    /** With one more of each code, so that none is impossible. */
    private double likelihood(int code) {
        return (single[code] + 1) / (total + codes);
    }

    private double likelihood(int before, int code, double weight) {
        return (pairs.getOrDefault(key(before, code), 0) + weight * likelihood(code)) / (single[before] + weight);
    }

    /** Bits of all counted codes of windows, each for itself. */
    double unigramBits(List<CodeWindows.Batch> batches) {
        return bits(batches, 0);
    }

    /** Bits of all counted codes, each from the one before; mixed with unigrams by the weight that suits these windows best. */
    double bigramBits(List<CodeWindows.Batch> batches) {
        double best = Double.POSITIVE_INFINITY;
        for (double weight : WEIGHTS) {
            best = Math.min(best, bits(batches, weight));
        }
        return best;
    }

    private double bits(List<CodeWindows.Batch> batches, double weight) {
        double bits = 0;
        for (CodeWindows.Batch batch : batches) {
            for (int item = 0; item < batch.codes().length; item++) {
                int[] some = batch.codes()[item];
                for (int i = 0; i < some.length; i++) {
                    double p = weight == 0 || i == 0 ? likelihood(some[i]) : likelihood(some[i - 1], some[i], weight);
                    bits -= batch.counted()[item * some.length + i] * Math.log(p) / Math.log(2);
                }
            }
        }
        return bits;
    }
}
