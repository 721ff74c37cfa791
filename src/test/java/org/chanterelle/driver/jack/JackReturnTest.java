package org.chanterelle.driver.jack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The driver at a server that goes away and comes back. */
class JackReturnTest {
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void comesBackAtAnotherRateWithItsConnections(boolean killed) {
        AtomicLong latestFrame = new AtomicLong();
        AtomicLong steppedBack = new AtomicLong();
        Player player = new Player(block -> {
            if (block.frameTime < latestFrame.getAndSet(block.frameTime + block.frames)) {
                steppedBack.incrementAndGet();
            }
        });
        try (DummyServer server = new DummyServer(48_000, 128);
                JackDriver keyboard = new JackDriver(server.settings("keyboard"));
                JackDriver driver = new JackDriver(server.settings("returner").withConnect(true))) {
            keyboard.start(Player.ramp());
            driver.start(player);
            try (Patchbay patchbay = new Patchbay(server)) {
                patchbay.connect("keyboard:out_l", "returner:in_1");
                patchbay.connect("keyboard:midi_out", "returner:midi_in");
            }
            DummyServer.pause(300);
            assertThat(player.sampleRateHz).isEqualTo(48_000);
            if (killed) {
                server.kill();
            } else {
                server.end();
            }
            List<String> gone = awaitNews(driver);
            assertThat(gone).singleElement().asString().contains("server went away", "waiting");
            assertThat(driver.isRunning()).isTrue();

            server.start(44_100, 256);
            List<String> back = awaitNews(driver);
            assertThat(back).singleElement().asString().contains("is back", "44100 Hz", "256 frames", "returner");
            assertThat(driver.sampleRateHz()).isEqualTo(44_100);
            assertThat(player.sampleRateHz).isEqualTo(44_100);
            assertThat(player.maxFrames).isEqualTo(256);
            player.awaitBlocks(20);
            assertThat(player.latestBlock).isEqualTo(256);
            assertThat(steppedBack).hasValue(0);
            try (Patchbay patchbay = new Patchbay(server)) {
                awaitConnections(patchbay, "returner:in_1", "system:capture_1", "keyboard:out_l");
                awaitConnections(patchbay, "returner:midi_in", "keyboard:midi_out");
                awaitConnections(patchbay, "returner:out_l", "system:playback_1");
                awaitConnections(patchbay, "returner:out_r", "system:playback_2");
            }
        }
    }

    /** What libjack's threads and ours do at a server's end differs from time to time. */
    @Test
    void twoDriversComeBackEachTime() {
        try (DummyServer server = new DummyServer(48_000, 128);
                JackDriver first = new JackDriver(server.settings("first"));
                JackDriver second = new JackDriver(server.settings("second"))) {
            first.start(Player.ramp());
            second.start(Player.wire());
            for (int time = 0; time < 8; time++) {
                if (time % 2 == 0) {
                    server.kill();
                } else {
                    server.end();
                }
                awaitNews(first);
                awaitNews(second);
                server.start(48_000, 128);
                assertThat(awaitNews(first)).singleElement().asString().contains("is back");
                assertThat(awaitNews(second)).singleElement().asString().contains("is back");
            }
        }
    }

    private static List<String> awaitNews(JackDriver driver) {
        List<String> news = new ArrayList<>();
        DummyServer.await(() -> news.addAll(driver.news()));
        return news;
    }

    private static void awaitConnections(Patchbay patchbay, String port, String... others) {
        DummyServer.await(() -> patchbay.connections(port).size() == others.length
                && patchbay.connections(port).containsAll(List.of(others)));
    }
}
