package org.chanterelle.model.mel2mel;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.chanterelle.model.ModelConfig;
import org.chanterelle.signal.UserError;

/**
 * Size and conventions of a Mel2Mel model. A control frame is one column of the roll and one row of the spectrogram.
 *
 * @param sampleRateHz rate of the sound: 16000
 * @param hopFrames audio frames a control frame: 128
 * @param bands mel bands: 80
 * @param units width of the first convolution, and of the LSTM in each direction
 * @param timbreSize numbers that a timbre is: 2 in the paper's demonstration
 * @param instruments names in the order of the table of timbres
 * @param programs their General MIDI programs from 0, in the same order
 */
public record Mel2MelConfig(
        int sampleRateHz,
        int hopFrames,
        int bands,
        int units,
        int timbreSize,
        List<String> instruments,
        List<Integer> programs)
        implements ModelConfig {

    /** The family's name in {@code card.json}. */
    public static final String KIND = "mel2mel";

    /** The table of timbres: shape (instruments, timbreSize). */
    public static final String TIMBRES = "timbre.weight";

    /** Directions of the LSTM, as torch's names end. */
    static final List<String> DIRECTIONS = List.of("", "_reverse");

    private static final int RATE_HZ = 16_000;
    private static final int HOP = 128;
    private static final int BANDS = 80;
    private static final int MIDI_TOP = 127;

    /** A network of the published conventions. */
    public static Mel2MelConfig of(int units, int timbreSize, List<String> instruments, List<Integer> programs) {
        return new Mel2MelConfig(RATE_HZ, HOP, BANDS, units, timbreSize, instruments, programs);
    }

    @Override
    public String kind() {
        return KIND;
    }

    /** Control frames a second: 125. */
    public double controlRateHz() {
        return (double) sampleRateHz / hopFrames;
    }

    @Override
    public Map<String, int[]> weightShapes() {
        Map<String, int[]> shapes = new LinkedHashMap<>();
        shapes.put(TIMBRES, new int[] {instruments.size(), timbreSize});
        linear(shapes, "input", PianoRoll.ROWS, units);
        film(shapes, "film1", units);
        for (String direction : DIRECTIONS) {
            shapes.put("lstm.weight_ih_l0" + direction, new int[] {4 * units, units});
            shapes.put("lstm.weight_hh_l0" + direction, new int[] {4 * units, units});
            shapes.put("lstm.bias_ih_l0" + direction, new int[] {4 * units});
            shapes.put("lstm.bias_hh_l0" + direction, new int[] {4 * units});
        }
        film(shapes, "film2", 2 * units);
        linear(shapes, "output", 2 * units, bands);
        return shapes;
    }

    private void film(Map<String, int[]> shapes, String name, int width) {
        linear(shapes, name + ".gamma", timbreSize, width);
        linear(shapes, name + ".beta", timbreSize, width);
    }

    private static void linear(Map<String, int[]> shapes, String name, int inputs, int outputs) {
        shapes.put(name + ".weight", new int[] {outputs, inputs});
        shapes.put(name + ".bias", new int[] {outputs});
    }

    /**
     * The row of an instrument in the table of timbres.
     *
     * @param where what names it, for the message
     * @throws UserError when there is none of that name
     */
    public int indexOf(String where, String instrument) {
        int index = instruments.indexOf(instrument);
        if (index < 0) {
            throw new UserError(where + " " + instrument + ": no such instrument in the model; there are "
                    + String.join(", ", instruments));
        }
        return index;
    }

    /**
     * Checks every field.
     *
     * @param where file and field that hold the configuration
     * @param remedy what to do about a wrong field
     * @throws UserError naming the first field that is out of range
     */
    public void check(String where, String remedy) {
        require(where, remedy, "sampleRateHz", "16000", sampleRateHz, sampleRateHz == RATE_HZ);
        require(where, remedy, "hopFrames", "128", hopFrames, hopFrames == HOP);
        require(where, remedy, "bands", "80", bands, bands == BANDS);
        require(where, remedy, "units", "1 to 2048", units, units >= 1 && units <= 2048);
        require(where, remedy, "timbreSize", "1 to 256", timbreSize, timbreSize >= 1 && timbreSize <= 256);
        int count = instruments == null ? 0 : instruments.size();
        require(where, remedy, "instruments", "1 to 1024 names, each once", instruments, count >= 1 && count <= 1024
                && instruments.stream().filter(name -> name != null && !name.isBlank()).distinct().count() == count);
        require(where, remedy, "programs", count + " programs from 0 to 127", programs, programs != null
                && programs.size() == count && programs.stream().allMatch(p -> p != null && p >= 0 && p <= MIDI_TOP));
    }

    private static void require(String where, String remedy, String field, String expected, Object found, boolean holds) {
        if (!holds) {
            throw new UserError(where + field + " is " + found + "; expected " + expected + ". " + remedy);
        }
    }
}
