package org.chanterelle.signal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The numbers by which MIDI turns parameters, in the code and in the implementation chart. */
final class MidiNumbersTest {
    private static final int NULL = 0x3fff;

    @Test
    void everyParameterHasANumberOfItsOwn() {
        assertThat(Parameters.ALL).extracting(Parameter::nrpn).doesNotHaveDuplicates().allMatch(n -> n >= 0 && n < NULL);
        // Numbers never change: others' devices send them.
        assertThat(Parameters.GAIN.nrpn()).isEqualTo(4096);
        assertThat(Parameters.POLYPHONY.nrpn()).isEqualTo(4116);
    }

    @Test
    void allFitUnderOneHighByte() {
        assertThat(Parameters.ALL).extracting(parameter -> parameter.nrpn() >> 7).containsOnly(32);
    }

    @Test
    void theChartListsThemAll() throws IOException {
        List<String> expected = Parameters.ALL.stream().map(MidiNumbersTest::row).toList();
        assertThat(Files.readAllLines(Path.of("docs", "midi.md"))).filteredOn(line -> line.startsWith("| 32 |"))
                .as("the rows of docs/midi.md, under 'Unregistered parameters'").containsExactlyElementsOf(expected);
    }

    private static String row(Parameter parameter) {
        String range = plain(parameter.min()) + " to " + plain(parameter.max()) + " " + parameter.unit();
        return String.join(
                " | ", "| 32", String.valueOf(parameter.nrpn() & 0x7f), "`" + parameter.id() + "`", parameter.name(),
                range.strip()) + " |";
    }

    private static String plain(float value) {
        return new BigDecimal(Float.toString(value)).stripTrailingZeros().toPlainString();
    }
}
