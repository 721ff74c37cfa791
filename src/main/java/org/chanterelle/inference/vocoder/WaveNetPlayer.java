package org.chanterelle.inference.vocoder;

import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import org.chanterelle.inference.Activations;
import org.chanterelle.inference.Linear;
import org.chanterelle.model.Tensor;
import org.chanterelle.model.vocoder.ParallelConfig;
import org.chanterelle.model.vocoder.WaveNetConfig;
import org.chanterelle.model.vocoder.WaveNetNetwork;
import org.chanterelle.signal.MuLaw;

/**
 * Draws audio frames from a WaveNet, one after the other, row after row of the mel spectrogram. The same seed draws the same sound. One
 * thread.
 */
public final class WaveNetPlayer {
    /** Audio frames a row. */
    public static final int HOP_FRAMES = WaveNetConfig.FIRST_STRIDE * WaveNetConfig.SECOND_STRIDE;

    private static final int CHUNK = WaveNetConfig.SECOND_STRIDE;

    private final WaveNetConfig config;
    private final WaveNetStack stack;
    private final float[] table;
    private final float[] decoded = new float[WaveNetConfig.CODES];
    private final Linear firstUp;
    private final Linear secondUp;
    private final float temperature;

    private final int bands = ParallelConfig.BANDS;
    private final int width;
    private final float[] rows;
    private final float[] middle;
    private final float[] upsampled;
    private final float[] conditions;
    private final int[] one = new int[1];
    private final int[] offsets = new int[CHUNK];
    private final float[] scratch = Linear.newScratch();
    private final float[] logits = new float[Linear.padded(WaveNetConfig.CODES)];

    private SplittableRandom random;
    private int code;
    private double bits;

    /**
     * @param temperature 1 draws from what was learnt; less is more cautious, above 0
     */
    public WaveNetPlayer(WaveNetConfig config, Map<String, Tensor> weights, double temperature) {
        this.config = config;
        this.temperature = (float) temperature;
        stack = new WaveNetStack(config, weights);
        table = weights.get("embed.weight").values();
        for (int i = 0; i < decoded.length; i++) {
            decoded[i] = MuLaw.decode(i);
        }
        width = config.condition();
        if (width == 0) {
            firstUp = null;
            secondUp = null;
        } else {
            firstUp = upsampling(weights, "up1", bands, WaveNetConfig.FIRST_STRIDE);
            secondUp = upsampling(weights, "up2", width, CHUNK);
        }
        rows = new float[2 * bands];
        middle = new float[width + Linear.padded(WaveNetConfig.FIRST_STRIDE * width)];
        upsampled = new float[Linear.padded(CHUNK * width)];
        conditions = new float[CHUNK * stack.conditionStride()];
        for (int i = 0; i < CHUNK; i++) {
            offsets[i] = i * width;
        }
        reset(1);
    }

    /** From (input, output, tap) to a product of the input before and this one with all outputs of a stride. */
    private Linear upsampling(Map<String, Tensor> weights, String name, int inputs, int stride) {
        float[] weight = weights.get(name + ".weight").values();
        float[] bias = weights.get(name + ".bias").values();
        float[] matrix = new float[stride * width * 2 * inputs];
        float[] biases = new float[stride * width];
        for (int phase = 0; phase < stride; phase++) {
            for (int out = 0; out < width; out++) {
                int row = phase * width + out;
                biases[row] = bias[out];
                for (int in = 0; in < inputs; in++) {
                    int from = (in * width + out) * 2 * stride;
                    matrix[row * 2 * inputs + in] = weight[from + stride + phase];
                    matrix[row * 2 * inputs + inputs + in] = weight[from + phase];
                }
            }
        }
        return Linear.pack(matrix, biases, 2 * inputs);
    }

    /** Begins again with silence. */
    public void reset(long seed) {
        stack.reset();
        Arrays.fill(rows, 0f);
        Arrays.fill(middle, 0f);
        random = new SplittableRandom(seed);
        code = WaveNetNetwork.SILENCE;
        bits = 0;
    }

    /** Bits that the codes given to {@link #judge} have cost since {@link #reset}. */
    public double bits() {
        return bits;
    }

    /**
     * Draws the audio frames of a row.
     *
     * @param logMel 80 values; not looked at by a network without mel
     * @param out receives {@link #HOP_FRAMES} values from {@code at} on
     */
    public void play(float[] logMel, float[] out, int at) {
        row(logMel, out, at, null);
    }

    /**
     * Runs along a known sound and sums up what each frame costs.
     *
     * @param codes of the sound, {@link #HOP_FRAMES} from {@code at} on
     */
    public void judge(float[] logMel, int[] codes, int at) {
        row(logMel, null, at, codes);
    }

    private void row(float[] logMel, float[] out, int at, int[] known) {
        if (width > 0) {
            System.arraycopy(rows, bands, rows, 0, bands);
            for (int band = 0; band < bands; band++) {
                rows[bands + band] = (logMel[band] + ParallelConfig.INPUT_OFFSET) / ParallelConfig.INPUT_SCALE;
            }
            // The last of the row before stays in front of the new ones.
            System.arraycopy(middle, WaveNetConfig.FIRST_STRIDE * width, middle, 0, width);
            one[0] = 0;
            float[] fresh = upsampled;
            firstUp.applyRows(rows, one, 1, fresh, fresh.length, scratch);
            System.arraycopy(fresh, 0, middle, width, WaveNetConfig.FIRST_STRIDE * width);
        }
        for (int chunk = 0; chunk < WaveNetConfig.FIRST_STRIDE; chunk++) {
            if (width > 0) {
                one[0] = chunk * width;
                secondUp.applyRows(middle, one, 1, upsampled, upsampled.length, scratch);
                stack.condition(upsampled, offsets, CHUNK, conditions, scratch);
            }
            for (int i = 0; i < CHUNK; i++) {
                int frame = at + chunk * CHUNK + i;
                stack.step(table, code * config.channels(), width > 0 ? conditions : null, i * stack.conditionStride(), logits);
                if (known == null) {
                    code = draw();
                    out[frame] = decoded[code];
                } else {
                    code = known[frame];
                    bits += cost(code);
                }
            }
        }
    }

    private int draw() {
        double sum = probabilities(1 / temperature);
        double left = random.nextDouble() * sum;
        int last = WaveNetConfig.CODES - 1;
        for (int i = 0; i < last; i++) {
            left -= logits[i];
            if (left < 0) {
                return i;
            }
        }
        return last;
    }

    private double cost(int next) {
        double sum = probabilities(1f);
        return -Math.log(logits[next] / sum + 1e-30) / Math.log(2);
    }

    /** Leaves e to the scores, none above 1, in their place; gives their sum. */
    private double probabilities(float scale) {
        float most = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < WaveNetConfig.CODES; i++) {
            most = Math.max(most, logits[i]);
        }
        for (int i = 0; i < WaveNetConfig.CODES; i++) {
            logits[i] = (logits[i] - most) * scale;
        }
        Activations.exp(logits, 0, WaveNetConfig.CODES);
        double sum = 0;
        for (int i = 0; i < WaveNetConfig.CODES; i++) {
            sum += logits[i];
        }
        return sum;
    }
}
