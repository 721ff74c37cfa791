package org.chanterelle.rt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MidiStreamTest {
    @ParameterizedTest
    @CsvSource({
            "903c40803c00, 903c40 803c00",
            "903c403d41, 903c40 903d41",
            "c00506, c00500 c00600",
            "90f83cfe40f83d00, 903c40 903d00",
            "90f03c40f7903c40, 903c40",
            "903c40f07e7ff80901f73d41, 903c40",
            "903c40f23d41, 903c40",
            "903cd07f, d07f00",
            "3c40f6e00040ff, e00040",
            "'', ''",
    })
    void channelMessagesAreFoundAmongAllElse(String bytes, String expected) {
        MidiStream stream = new MidiStream();
        StringBuilder heard = new StringBuilder();
        for (byte next : HexFormat.of().parseHex(bytes)) {
            if (stream.take(next)) {
                heard.append(String.format("%02x%02x%02x ", stream.status(), stream.data1(), stream.data2()));
            }
        }
        assertThat(heard.toString().strip()).isEqualTo(expected);
    }
}
