package org.chanterelle.evaluate.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.chanterelle.audiofile.MidiBytes;
import org.chanterelle.signal.TimedMidi;
import org.chanterelle.signal.UserError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Self-made vectors in the published layout; the published ones are run by their own checker. */
class ConformanceTest {
    @TempDir
    Path folder;

    @Test
    void writesTheOutputsOfWhatItKnowsAndNamesTheRest() throws IOException {
        vector("modified_sigmoid/0", "modified_sigmoid", "{}", "\"x\":\"in/x.npy\"");
        NpyFile.write(folder.resolve("modified_sigmoid/0/in/x.npy"), NpyArray.vector(-1.0, 0, 2));
        vector("lute/0", "lute", "{}", "");
        Files.writeString(folder.resolve("index.json"), "[\"modified_sigmoid/0\", \"lute/0\"]");
        Conformance.Summary summary = Conformance.run(folder, folder.resolve("out"));
        assertThat(summary.written()).containsExactly("modified_sigmoid/0");
        assertThat(summary.unsupported()).containsExactly("lute/0");
        double[] y = NpyFile.read(folder.resolve("out/modified_sigmoid/0/y.npy")).values();
        assertThat(y[1]).isCloseTo(2 * Math.pow(0.5, Math.log(10)) + 1e-7, within(1e-6));
    }

    @Test
    void weightsGoWhereTheirNamesSay() throws IOException {
        vector("gru/0", "gru", "{\"hidden\": 1}",
                "\"x\":\"in/x.npy\",\"weight_ih_l0\":\"in/weight_ih_l0.npy\",\"weight_hh_l0\":\"in/weight_hh_l0.npy\",\"bias_ih_l0\":\"in/bias_ih_l0.npy\",\"bias_hh_l0\":\"in/bias_hh_l0.npy\"");
        Path in = folder.resolve("gru/0/in");
        NpyFile.write(in.resolve("x.npy"), new NpyArray(new int[] {1, 2, 1}, new double[] {0.5, -1}));
        NpyFile.write(in.resolve("weight_ih_l0.npy"), new NpyArray(new int[] {3, 1}, new double[] {0.1, 0.2, 0.3}));
        NpyFile.write(in.resolve("weight_hh_l0.npy"), new NpyArray(new int[] {3, 1}, new double[] {-0.4, 0.5, 0.6}));
        NpyFile.write(in.resolve("bias_ih_l0.npy"), NpyArray.vector(0.1, -0.2, 0.3));
        NpyFile.write(in.resolve("bias_hh_l0.npy"), NpyArray.vector(0, 0.2, -0.7));
        Files.writeString(folder.resolve("index.json"), "[\"gru/0\"]");
        Conformance.run(folder, folder.resolve("out"));
        double h = step(step(0, 0.5), -1);
        assertThat(NpyFile.read(folder.resolve("out/gru/0/h.npy")).values()[0]).isCloseTo(h, within(1e-6));
    }

    private static double step(double h, double x) {
        double r = sigmoid(0.1 * x + 0.1 - 0.4 * h);
        double z = sigmoid(0.2 * x - 0.2 + 0.5 * h + 0.2);
        double n = Math.tanh(0.3 * x + 0.3 + r * (0.6 * h - 0.7));
        return (1 - z) * n + z * h;
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    @Test
    void theNotesOfAMidiFileAreSortedRows() throws IOException {
        vector("smf_notes/0", "smf_notes", "{}", "\"song.mid\":\"in/song.mid\"");
        MidiBytes.write(
                folder.resolve("smf_notes/0/in/song.mid"),
                List.of(new TimedMidi(0, 0xb2, 64, 0), new TimedMidi(0.5, 0x92, 69, 100),
                        new TimedMidi(0.75, 0x92, 69, 0), new TimedMidi(0.75, 0x91, 70, 5), new TimedMidi(1, 0x81, 70, 64)));
        Files.writeString(folder.resolve("index.json"), "[\"smf_notes/0\"]");
        Conformance.run(folder, folder.resolve("out"));
        NpyArray events = NpyFile.read(folder.resolve("out/smf_notes/0/events.npy"));
        assertThat(events.shape()).containsExactly(4, 4);
        assertThat(events.values()).containsExactly(
                new double[] {0.5, 2, 69, 100, 0.75, 1, 70, 5, 0.75, 2, 69, 0, 1, 1, 70, 0}, within(1e-9));
    }

    @Test
    void refusesAnIndexThatLeavesTheFolder() throws IOException {
        Files.writeString(folder.resolve("index.json"), "[\"../elsewhere\"]");
        assertThatThrownBy(() -> Conformance.run(folder, folder.resolve("out"))).isInstanceOf(UserError.class)
                .hasMessageContaining("outside");
    }

    @Test
    void tellsWhenThereAreNoVectors() {
        assertThatThrownBy(() -> Conformance.run(folder, folder.resolve("out"))).isInstanceOf(UserError.class)
                .hasMessageContaining("index.json");
    }

    private void vector(String name, String op, String params, String inputs) throws IOException {
        Path at = Files.createDirectories(folder.resolve(name));
        Files.createDirectories(at.resolve("in"));
        Files.writeString(at.resolve("case.json"),
                "{\"op\":\"" + op + "\",\"params\":" + params + ",\"inputs\":{" + inputs + "}}");
    }
}
