package org.chanterelle.model.jukebox;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.chanterelle.model.Tensor;
import org.chanterelle.model.jukebox.TransformerConfig.Pattern;

/** Small untrained priors. */
public final class TestPriors {
    private TestPriors() {}

    /** All patterns over 16 places in 4 rows. */
    public static TransformerConfig transformer() {
        return new TransformerConfig(12, 4, 2, 8, 10, 4,
                List.of(Pattern.ROW, Pattern.COLUMN, Pattern.PREVIOUS_ROW, Pattern.DENSE));
    }

    /** A prior of 11 codes. */
    public static PriorConfig prior() {
        return new PriorConfig(16000, 1, 16, 11, 16, transformer(), true, List.of("unknown", "a", "b"), List.of("unknown", "c"),
                0, 10, 8, null, null, 1, 0);
    }

    /** One that reads lyrics after every second layer. */
    public static PriorConfig singing() {
        return prior().withLyrics(new PriorConfig.LyricsEncoder(6,
                new TransformerConfig(8, 2, 2, 4, 8, 3, List.of(Pattern.ROW, Pattern.COLUMN)), 2, 0));
    }

    /** One whose lyrics stand before the codes: 24 places in 4 rows, of which layers of lyrics read the first 12. */
    public static PriorConfig leading() {
        TransformerConfig transformer = new TransformerConfig(12, 4, 2, 8, 10, 4,
                List.of(Pattern.LYRICS, Pattern.ROW, Pattern.COLUMN, Pattern.PREVIOUS_ROW));
        return new PriorConfig(16000, 1, 16, 11, 16, transformer, true, List.of("unknown", "a", "b"), List.of("unknown", "c"),
                0, 10, 8, null, new PriorConfig.LyricsEncoder(8, null, 0, 0), 1, 0);
    }

    /** An upsampler under codes of a fourth of the rate. */
    public static PriorConfig upsampler() {
        return new PriorConfig(16000, 0, 4, 11, 16, transformer(), false, List.of("unknown", "a", "b"), List.of("unknown", "c"),
                0, 10, 8, new PriorConfig.Upper(7, 2, 5, 2, 3, 8, true), null, 1, 2);
    }

    /** Random weights, large enough that everything matters. */
    public static Map<String, Tensor> weights(PriorConfig config, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Map<String, Tensor> weights = new LinkedHashMap<>();
        config.weightShapes().forEach((name, shape) -> {
            float[] values = new float[(int) Tensor.size(shape)];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (0.5 * random.nextGaussian());
            }
            weights.put(name, new Tensor(shape, values));
        });
        return weights;
    }

    /** Conditions that fit, of their own for each item. */
    public static List<CodeCondition> conditions(PriorConfig config, int batch, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return java.util.stream.IntStream.range(0, batch).mapToObj(item -> {
            int[] genres = item % 2 == 0 ? new int[] {1} : new int[] {0, 1};
            int characters = config.lyrics() == null ? 0 : config.lyrics().characters();
            int[] lyrics = random.ints(characters, 0, Lyrics.ALPHABET).toArray();
            int[] upper = config.upper() == null
                    ? new int[0]
                    : random.ints(config.upperContext(), 0, config.upper().codes()).toArray();
            return new CodeCondition(1 + item % 2, genres, 16000L * (2 + item), 4000L * item, lyrics, upper);
        }).toList();
    }

    /** Random codes, a context for each item. */
    public static int[][] codes(PriorConfig config, int batch, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int[][] codes = new int[batch][];
        for (int item = 0; item < batch; item++) {
            codes[item] = random.ints(config.context(), 0, config.codes()).toArray();
        }
        return codes;
    }
}
