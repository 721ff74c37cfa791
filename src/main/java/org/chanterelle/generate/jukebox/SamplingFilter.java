package org.chanterelle.generate.jukebox;

import java.util.Arrays;
import org.chanterelle.signal.UserError;

/**
 * Which codes may be drawn, and how likely each is. The temperature comes first, then the k likeliest are kept, then of these the
 * likeliest until their sum passes p (the one that crosses is kept), as in the released code of Jukebox, which allows only one of both.
 *
 * @param temperature what logits are divided by, 0.01 to 100
 * @param topK how many codes are kept; those as likely as the last stay too; 0 for all
 * @param topP sum of the probabilities kept, above 0; 1 for all
 */
public record SamplingFilter(double temperature, int topK, double topP) {
    /** Throws UserError when a number is out of range. */
    public SamplingFilter {
        if (!(temperature >= 0.01 && temperature <= 100)) {
            throw new UserError("--temperature " + temperature + ": expected 0.01 to 100; published is 0.99");
        }
        if (topK < 0) {
            throw new UserError("--top-k " + topK + ": expected 1 or more, or 0 for all codes");
        }
        if (!(topP > 0 && topP <= 1)) {
            throw new UserError("--top-p " + topP + ": expected more than 0, at most 1; 1 is for all codes");
        }
    }

    /** Probabilities of all codes, those that are left out 0. Both of the same length. */
    public void probabilities(float[] logits, double[] probabilities) {
        long[] order = order(logits);
        int kept = topK == 0 || topK >= order.length ? order.length : topK;
        while (kept < order.length && logits[code(order[kept])] == logits[code(order[kept - 1])]) {
            kept++;
        }
        double most = logits[code(order[0])] / temperature;
        double sum = 0;
        Arrays.fill(probabilities, 0);
        for (int i = 0; i < kept; i++) {
            int code = code(order[i]);
            probabilities[code] = Math.exp(logits[code] / temperature - most);
            sum += probabilities[code];
        }
        double left = topP == 1 ? Double.POSITIVE_INFINITY : topP * sum;
        double keptSum = 0;
        for (int i = 0; i < kept; i++) {
            int code = code(order[i]);
            if (keptSum > left) {
                probabilities[code] = 0;
            }
            keptSum += probabilities[code];
        }
        for (int i = 0; i < kept; i++) {
            probabilities[code(order[i])] /= keptSum;
        }
    }

    /**
     * The code that a uniform draw falls to.
     *
     * @param draw 0 to below 1
     * @param probabilities overwritten, of the same length as the logits
     */
    public int choose(float[] logits, double draw, double[] probabilities) {
        probabilities(logits, probabilities);
        double sum = 0;
        int last = 0;
        for (int code = 0; code < probabilities.length; code++) {
            if (probabilities[code] > 0) {
                sum += probabilities[code];
                last = code;
                if (draw < sum) {
                    return code;
                }
            }
        }
        return last;
    }

    /** Codes from the likeliest down, equal ones from the lowest up, each in the low half of a number that sorts so. */
    private static long[] order(float[] logits) {
        long[] order = new long[logits.length];
        for (int code = 0; code < logits.length; code++) {
            if (!Float.isFinite(logits[code])) {
                throw new UserError(1, "a prior's logit is " + logits[code] + "; expected finite numbers. Train it again from an"
                        + " earlier checkpoint", null);
            }
            // Adding 0 makes of -0 a 0.
            int bits = Float.floatToIntBits(logits[code] + 0f);
            int ascending = bits < 0 ? bits ^ Integer.MAX_VALUE : bits;
            order[code] = (long) ~ascending << Integer.SIZE | code;
        }
        Arrays.sort(order);
        return order;
    }

    private static int code(long entry) {
        return (int) entry;
    }
}
