package org.chanterelle.model.jukebox;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.chanterelle.model.ModelConfig;
import org.chanterelle.signal.UserError;

/**
 * Size and conventions of one level's autoencoder. Encoder and decoder are chains of blocks; each block halves or doubles the rate
 * several times, every time with a stack of residual dilated convolutions.
 *
 * @param sampleRateHz rate it was trained at, 8000 to 48000
 * @param level 0 for the bottom level, the finest
 * @param downs how often each block halves the rate
 * @param width channels inside the blocks
 * @param depth residual convolutions of a stack
 * @param dilationGrowth factor from one dilation of a stack to the next; the decoder's go down
 * @param dilationCycle after so many the dilations begin anew; 0 for never
 * @param embedding channels of a code's vector
 * @param codes vectors of the codebook
 */
public record VqVaeConfig(
        int sampleRateHz,
        int level,
        List<Integer> downs,
        int width,
        int depth,
        int dilationGrowth,
        int dilationCycle,
        int embedding,
        int codes)
        implements ModelConfig {

    /** The family's name in {@code card.json}. */
    public static final String KIND = "vqvae";

    /** Name of the codebook among the weights. */
    public static final String CODEBOOK = "codebook.k";

    /** Kernel of a convolution that halves or doubles the rate. */
    public static final int RATE_KERNEL = 4;

    private static final int MAX_REACH = 1 << 20;

    @Override
    public String kind() {
        return KIND;
    }

    /** Audio frames a code. */
    public int hop() {
        return 1 << downs.stream().mapToInt(Integer::intValue).sum();
    }

    /** Codes a second. */
    public double codeRateHz() {
        return (double) sampleRateHz / hop();
    }

    /** Bits that hold one code. */
    public int bitsPerCode() {
        return Math.max(1, Integer.SIZE - Integer.numberOfLeadingZeros(codes - 1));
    }

    /** Dilations of a stack, in the encoder's order. */
    public static int[] dilations(int depth, int growth, int cycle) {
        return IntStream.range(0, depth).map(i -> {
            int exponent = cycle == 0 ? i : i % cycle;
            return (int) Math.min(MAX_REACH, Math.round(Math.pow(growth, exponent)));
        }).toArray();
    }

    int[] dilations() {
        return dilations(depth, dilationGrowth, dilationCycle);
    }

    private int stackReach() {
        return IntStream.of(dilations()).sum();
    }

    /** Audio frames before and after a code's own that it depends on, at most. */
    public int encoderReach() {
        long reach = 0;
        for (int block = downs.size() - 1; block >= 0; block--) {
            reach += 1;
            for (int down = 0; down < downs.get(block); down++) {
                reach = 2 * (reach + stackReach()) + 2;
            }
        }
        return (int) Math.min(MAX_REACH, reach);
    }

    /** Codes before and after its own that an audio frame depends on, at most. */
    public int decoderReach() {
        int reach = 1;
        for (int down : downs) {
            for (int i = 0; i < down; i++) {
                reach = reach / 2 + 2 + stackReach();
            }
            reach += 1;
        }
        return Math.min(MAX_REACH, reach);
    }

    @Override
    public Map<String, int[]> weightShapes() {
        Map<String, int[]> shapes = networkShapes();
        shapes.put(CODEBOOK, new int[] {codes, embedding});
        return shapes;
    }

    /** What gradients train: encoder and decoder, under the names of the released code. */
    public Map<String, int[]> networkShapes() {
        Map<String, int[]> shapes = new LinkedHashMap<>();
        for (int block = 0; block < downs.size(); block++) {
            addEncoderBlock(shapes, block);
        }
        for (int block = 0; block < downs.size(); block++) {
            addDecoderBlock(shapes, block);
        }
        addConvolution(shapes, "dec.out", embedding, 1, 3);
        return shapes;
    }

    private void addEncoderBlock(Map<String, int[]> shapes, int block) {
        String prefix = "enc.level_blocks." + block + ".model.";
        for (int i = 0; i < downs.get(block); i++) {
            int inputs = i > 0 ? width : block == 0 ? 1 : embedding;
            addConvolution(shapes, prefix + i + ".0", inputs, width, RATE_KERNEL);
            addStack(shapes, prefix + i + ".1");
        }
        addConvolution(shapes, prefix + downs.get(block), width, embedding, 3);
    }

    private void addDecoderBlock(Map<String, int[]> shapes, int block) {
        String prefix = "dec.level_blocks." + block + ".model.";
        addConvolution(shapes, prefix + "0", embedding, width, 3);
        for (int i = 0; i < downs.get(block); i++) {
            addStack(shapes, prefix + (i + 1) + ".0");
            int outputs = i == downs.get(block) - 1 ? embedding : width;
            shapes.put(prefix + (i + 1) + ".1.weight", new int[] {width, outputs, RATE_KERNEL});
            shapes.put(prefix + (i + 1) + ".1.bias", new int[] {outputs});
        }
    }

    private void addStack(Map<String, int[]> shapes, String name) {
        for (int i = 0; i < depth; i++) {
            addConvolution(shapes, name + ".model." + i + ".model.1", width, width, 3);
            addConvolution(shapes, name + ".model." + i + ".model.3", width, width, 1);
        }
    }

    private static void addConvolution(Map<String, int[]> shapes, String name, int inputs, int outputs, int kernel) {
        shapes.put(name + ".weight", new int[] {outputs, inputs, kernel});
        shapes.put(name + ".bias", new int[] {outputs});
    }

    /**
     * Checks every field.
     *
     * @param where file and field that hold the configuration
     * @throws UserError naming the first field that is out of range
     */
    public void check(String where) {
        in(where, "sampleRateHz", sampleRateHz, 8000, 48000);
        in(where, "level", level, 0, 7);
        boolean halves = downs != null && !downs.isEmpty() && downs.size() <= 8
                && downs.stream().allMatch(down -> down != null && down >= 1 && down <= 8)
                && downs.stream().mapToInt(Integer::intValue).sum() <= 12;
        if (!halves) {
            throw new UserError(where + "downs is " + downs + "; expected 1 to 8 numbers from 1 to 8 that sum up to at most 12");
        }
        in(where, "width", width, 1, 1024);
        in(where, "depth", depth, 1, 16);
        in(where, "dilationGrowth", dilationGrowth, 1, 8);
        in(where, "dilationCycle", dilationCycle, 0, 16);
        in(where, "embedding", embedding, 1, 1024);
        in(where, "codes", codes, 2, 65536);
        if (encoderReach() >= MAX_REACH) {
            throw new UserError(where + "dilationGrowth is " + dilationGrowth + " at depth " + depth
                    + "; expected less: a code would depend on more than " + MAX_REACH + " audio frames to each side");
        }
    }

    private static void in(String where, String field, int found, int min, int max) {
        if (found < min || found > max) {
            throw new UserError(where + field + " is " + found + "; expected " + min + " to " + max);
        }
    }
}
