package org.chanterelle.model.sing;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.chanterelle.model.ModelConfig;
import org.chanterelle.signal.UserError;

/**
 * Size and conventions of a SING model. A control frame is one step of the generator, {@code stride} audio frames.
 *
 * @param sampleRateHz rate it was trained at: 16000, 32000, 44100 or 48000
 * @param stride audio frames a control frame
 * @param kernel audio frames that one control frame sounds for, a multiple of the stride
 * @param context control frames that the decoder's first convolution sees, odd
 * @param channels width of the decoder and the encoder
 * @param representation width of what the generator hands to the decoder
 * @param padding audio frames of silence before and after a training note
 * @param lstmUnits width of the generator
 * @param lstmLayers its layers
 * @param instrumentSize width of an instrument's embedding
 * @param pitchSize width of a pitch's embedding
 * @param velocitySize width of a velocity's embedding
 * @param timeSize width of a control frame's embedding; 0 for none
 * @param carriers whether the generator's output rides on the pitch's harmonics, see {@link SingCarriers}; not as published
 * @param frames control frames of a whole note
 * @param holdSeconds from a note's beginning to its release
 * @param instruments names in the order of the look-up table
 * @param lowestPitch MIDI note number of the look-up table's first row
 * @param highestPitch of its last
 * @param velocities MIDI velocities in the order of the look-up table, ascending
 */
public record SingConfig(
        int sampleRateHz,
        int stride,
        int kernel,
        int context,
        int channels,
        int representation,
        int padding,
        int lstmUnits,
        int lstmLayers,
        int instrumentSize,
        int pitchSize,
        int velocitySize,
        int timeSize,
        boolean carriers,
        int frames,
        double holdSeconds,
        List<String> instruments,
        int lowestPitch,
        int highestPitch,
        List<Integer> velocities)
        implements ModelConfig {

    /** The family's name in {@code card.json}. */
    public static final String KIND = "sing";

    /** Convolutions of width 1 in the decoder, and as many in the encoder. */
    public static final int REWRITES = 2;

    /** Prefix of the encoder's weights, which only training needs. */
    public static final String ENCODER = "enc.";

    /** Prefix of the generator's weights. */
    public static final String GENERATOR = "seq.";

    /** Prefix of the decoder's weights. */
    public static final String DECODER = "dec.";

    private static final int MIDI_TOP = 127;

    /** The published sizes, for notes of four seconds at 16 kHz. */
    public static SingConfig published(List<String> instruments, int lowestPitch, int highestPitch, List<Integer> velocities) {
        return new SingConfig(16000, 256, 1024, 9, 4096, 128, 2304, 1024, 3, 16, 8, 2, 4, false, 265, 3.0, instruments,
                lowestPitch,
                highestPitch, velocities);
    }

    @Override
    public String kind() {
        return KIND;
    }

    /** Control frames a second. */
    public double controlRateHz() {
        return (double) sampleRateHz / stride;
    }

    /** Width of a note's embedding: instrument, pitch and velocity side by side. */
    public int noteSize() {
        return instrumentSize + pitchSize + velocitySize;
    }

    /** Width of the generator's last layer. */
    public int generatorOutputs() {
        return carriers ? SingCarriers.PARTS * representation : representation;
    }

    /** Rows of the pitch table. */
    public int pitches() {
        return highestPitch - lowestPitch + 1;
    }

    /** Audio frames that the decoder makes of so many control frames. */
    public int outputSamples(int controlFrames) {
        return (controlFrames - context + 2) * stride - kernel;
    }

    /** Audio frames by which the decoder's output is shorter than the encoder's input, at each end. */
    public int strip() {
        return kernel - stride + (context - 1) * stride / 2;
    }

    /** Audio frames of silence in the decoder's output before the note begins, and after it has ended. */
    public int leadSamples() {
        return padding - strip();
    }

    /** Audio frames of a whole note. */
    public int noteSamples() {
        return outputSamples(frames) - 2 * leadSamples();
    }

    /** Control frames of a note of so many audio frames. */
    public static int framesOf(int noteSamples, int padding, int kernel, int stride) {
        return Math.ceilDiv(noteSamples + 2 * padding - kernel, stride) + 1;
    }

    /** What is shipped: the generator and the decoder, under the names of the released code. */
    @Override
    public Map<String, int[]> weightShapes() {
        Map<String, int[]> shapes = new LinkedHashMap<>();
        shapes.put("seq.tables.0.weight", new int[] {instruments.size(), instrumentSize});
        shapes.put("seq.tables.1.weight", new int[] {pitches(), pitchSize});
        shapes.put("seq.tables.2.weight", new int[] {velocities.size(), velocitySize});
        if (timeSize > 0) {
            shapes.put("seq.time_table.weight", new int[] {frames, timeSize});
        }
        for (int layer = 0; layer < lstmLayers; layer++) {
            int inputs = layer == 0 ? noteSize() + timeSize : lstmUnits;
            shapes.put("seq.lstm.weight_ih_l" + layer, new int[] {4 * lstmUnits, inputs});
            shapes.put("seq.lstm.weight_hh_l" + layer, new int[] {4 * lstmUnits, lstmUnits});
            shapes.put("seq.lstm.bias_ih_l" + layer, new int[] {4 * lstmUnits});
            shapes.put("seq.lstm.bias_hh_l" + layer, new int[] {4 * lstmUnits});
        }
        shapes.put("seq.decoder.weight", new int[] {generatorOutputs(), lstmUnits});
        shapes.put("seq.decoder.bias", new int[] {generatorOutputs()});
        addConvolution(shapes, "dec.layers.0", representation, channels, context);
        addRewrites(shapes, DECODER);
        shapes.put("dec.layers.6.conv_tr.weight", new int[] {channels, 1, kernel});
        shapes.put("dec.layers.6.conv_tr.bias", new int[] {1});
        return shapes;
    }

    /** The encoder, which exists in training only. */
    public Map<String, int[]> encoderShapes() {
        Map<String, int[]> shapes = new LinkedHashMap<>();
        addConvolution(shapes, "enc.layers.0.conv", 1, channels, kernel);
        addRewrites(shapes, ENCODER);
        addConvolution(shapes, "enc.layers.6", channels, representation, 1);
        return shapes;
    }

    private void addRewrites(Map<String, int[]> shapes, String prefix) {
        for (int layer = 1; layer <= REWRITES; layer++) {
            addConvolution(shapes, prefix + "layers." + 2 * layer, channels, channels, 1);
        }
    }

    private static void addConvolution(Map<String, int[]> shapes, String name, int inputs, int outputs, int width) {
        shapes.put(name + ".weight", new int[] {outputs, inputs, width});
        shapes.put(name + ".bias", new int[] {outputs});
    }

    /**
     * Checks every field.
     *
     * @param where file and field that hold the configuration
     * @param remedy what to do about a wrong field
     * @throws UserError naming the first field that is out of range
     */
    public void check(String where, String remedy) {
        Check check = new Check(where, remedy);
        check.that("sampleRateHz", "16000, 32000, 44100 or 48000", sampleRateHz,
                sampleRateHz == 16000 || sampleRateHz == 32000 || sampleRateHz == 44100 || sampleRateHz == 48000);
        check.in("stride", stride, 8, 4096);
        check.that("kernel", "2 to 16 times the stride", kernel,
                kernel % stride == 0 && kernel >= 2 * stride && kernel <= 16 * stride);
        check.that("context", "an odd number from 1 to 33", context, context >= 1 && context <= 33 && context % 2 == 1);
        check.in("channels", channels, 1, 8192);
        check.in("representation", representation, 1, 4096);
        check.in("padding", padding, strip(), 1 << 16);
        check.in("lstmUnits", lstmUnits, 1, 4096);
        check.in("lstmLayers", lstmLayers, 1, 8);
        check.in("instrumentSize", instrumentSize, 1, 1024);
        check.in("pitchSize", pitchSize, 1, 1024);
        check.in("velocitySize", velocitySize, 1, 1024);
        check.in("timeSize", timeSize, 0, 1024);
        check.in("frames", frames, context, 1 << 14);
        check.that("frames", "a note longer than its padding", frames, noteSamples() > 0);
        check.that("holdSeconds", "0 to the note's " + (double) noteSamples() / sampleRateHz, holdSeconds,
                holdSeconds > 0 && holdSeconds <= (double) noteSamples() / sampleRateHz);
        checkSymbols(check);
    }

    private void checkSymbols(Check check) {
        check.that("instruments", "1 to 65536 names", instruments == null ? 0 : instruments.size(),
                instruments != null && !instruments.isEmpty() && instruments.size() <= 1 << 16);
        check.that("instruments", "every name once", instruments,
                instruments.stream().distinct().filter(name -> name != null && !name.isBlank()).count() == instruments.size());
        check.in("lowestPitch", lowestPitch, 0, MIDI_TOP);
        check.in("highestPitch", highestPitch, lowestPitch, MIDI_TOP);
        check.that("velocities", "1 to 127, ascending", velocities, velocities != null && !velocities.isEmpty()
                && velocities.stream().allMatch(v -> v != null && v >= 1 && v <= MIDI_TOP)
                && velocities.stream().distinct().sorted().toList().equals(velocities));
    }

    private record Check(String where, String remedy) {
        void in(String field, int found, int min, int max) {
            that(field, min + " to " + max, found, found >= min && found <= max);
        }

        void that(String field, String expected, Object found, boolean holds) {
            if (!holds) {
                throw new UserError(where + field + " is " + found + "; expected " + expected + ". " + remedy);
            }
        }
    }
}
