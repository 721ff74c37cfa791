package org.chanterelle.driver.jack;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.util.HexFormat;
import org.chanterelle.rt.MidiBuffer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** MIDI in a real port's buffer, which nobody else reads meanwhile. */
class JackMidiTest {
    private static final int FRAMES = 128;
    private static DummyServer server;
    private static JackClient client;

    private final MidiBuffer messages = new MidiBuffer(16);
    private JackMidi midi;
    private long buffer;

    @BeforeAll
    static void openClient() {
        server = new DummyServer(48_000, FRAMES);
        client = JackClient.open("midi", server.name);
    }

    @AfterAll
    static void closeAll() {
        client.close(true);
        server.close();
    }

    @BeforeEach
    void emptyTheBuffer() throws Throwable {
        midi = new JackMidi(Arena.ofAuto());
        buffer = JackRealTime.portBuffer(client.ports().midiOut(), FRAMES);
        JackRealTime.clear(buffer);
    }

    private void send(int frame, String hex) throws Throwable {
        byte[] bytes = HexFormat.of().parseHex(hex);
        long to = JackRealTime.reserve(buffer, frame, bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            JackLibrary.MEMORY.set(JAVA_BYTE, to + i, bytes[i]);
        }
    }

    private String heard() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < messages.count(); i++) {
            text.append(String.format("%d:%02x%02x%02x ", messages.frame(i), messages.status(i), messages.data1(i),
                    messages.data2(i)));
        }
        return text.toString().strip();
    }

    @Test
    void channelMessagesPassAndOthersAreCounted() throws Throwable {
        send(0, "903c40");
        send(1, "f07e7f0901f7");
        send(2, "f8");
        send(3, "c105");
        send(4, "9f3c");
        send(5, "903cc0");
        send(6, "d17f");
        send(7, "f27f7f");
        send(8, "e0007f");
        midi.begin(buffer, FRAMES);
        midi.read(messages, 0, FRAMES);
        assertThat(heard()).isEqualTo("0:903c40 3:c10500 6:d17f00 8:e0007f");
        assertThat(midi.ignored()).isEqualTo(5);
    }

    @Test
    void partsOfACycleHaveTheirMessagesAtTheirFrames() throws Throwable {
        send(0, "900100");
        send(49, "900200");
        send(50, "900300");
        send(99, "900400");
        send(127, "900500");
        midi.begin(buffer, FRAMES);
        midi.read(messages, 0, 50);
        assertThat(heard()).isEqualTo("0:900100 49:900200");
        midi.read(messages, 50, 50);
        assertThat(heard()).isEqualTo("0:900300 49:900400");
        midi.read(messages, 100, 28);
        assertThat(heard()).isEqualTo("27:900500");
        assertThat(midi.ignored()).isZero();
    }

    @Test
    void whatIsWrittenInPartsIsReadAsAWhole() throws Throwable {
        messages.add(3, 0x80, 1, 2);
        messages.add(90, 0xc0, 7, 0);
        midi.write(messages, buffer, 0, 64);
        midi.write(messages, buffer, 64, 64);
        midi.begin(buffer, FRAMES);
        midi.read(messages, 0, FRAMES);
        assertThat(heard()).isEqualTo("3:800102 63:c00700 67:800102 127:c00700");
        assertThat(midi.lost()).isZero();
    }

    @Test
    void whatJackHasNoRoomForIsCounted() throws Throwable {
        MidiBuffer many = new MidiBuffer(1024);
        while (many.add(0, 0x90, 60, 1)) {
            assertThat(many.count()).isPositive();
        }
        int rounds = 20;
        for (int i = 0; i < rounds; i++) {
            midi.write(many, buffer, 0, FRAMES);
        }
        assertThat(midi.lost()).isEqualTo(rounds * 1024 - JackRealTime.eventCount(buffer)).isPositive();
    }

    @Test
    void aReleaseIsSentOnceToAllChannels() throws Throwable {
        MidiBuffer into = new MidiBuffer(64);
        midi.askForRelease();
        midi.begin(buffer, FRAMES);
        midi.read(into, 0, FRAMES);
        assertThat(into.count()).isEqualTo(32);
        assertThat(into.data1(0)).isEqualTo(64);
        assertThat(into.status(31)).isEqualTo(0xbf);
        midi.read(into, 0, FRAMES);
        assertThat(into.count()).isZero();
    }
}
