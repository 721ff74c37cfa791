package org.chanterelle.driver.jack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.chanterelle.rt.AudioBlock;
import org.chanterelle.signal.UserError;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The driver at a server that stays. */
class JackDriverTest {
    private static final int FRAMES = 128;
    private static DummyServer server;

    private final List<AutoCloseable> open = new ArrayList<>();
    private Patchbay patchbay;

    @BeforeAll
    static void startServer() {
        server = new DummyServer(48_000, FRAMES);
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @BeforeEach
    void openPatchbay() {
        patchbay = new Patchbay(server);
        open.add(patchbay);
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable closeable : open.reversed()) {
            closeable.close();
        }
    }

    private JackDriver start(String name, Player player) {
        return start(server.settings(name), player);
    }

    private JackDriver start(JackSettings settings, Player player) {
        JackDriver driver = new JackDriver(settings);
        driver.start(player);
        open.add(driver);
        return driver;
    }

    @Test
    void soundPassesThroughBitForBitAtItsFrame() {
        AtomicInteger good = new AtomicInteger();
        AtomicInteger bad = new AtomicInteger();
        Player receiver = new Player(block -> {
            if (isSilent(block)) {
                return;
            }
            for (int i = 0; i < block.frames; i++) {
                (block.in[i] == Player.rampAt(block.frameTime + i) ? good : bad).incrementAndGet();
            }
        });
        start("sender", Player.ramp());
        start("wire", Player.wire());
        start("receiver", receiver);
        patchbay.connect("wire:out_l", "receiver:in_1");
        patchbay.connect("sender:out_l", "wire:in_1");
        DummyServer.await(() -> good.get() > 300 * FRAMES);
        assertThat(bad).hasValue(0);
    }

    private static boolean isSilent(AudioBlock block) {
        for (int i = 0; i < block.frames; i++) {
            if (block.in[i] != 0) {
                return false;
            }
        }
        return true;
    }

    @Test
    void midiGoesOutAndComesInAtItsFrame() {
        ConcurrentLinkedQueue<Long> sent = new ConcurrentLinkedQueue<>();
        ConcurrentLinkedQueue<Long> received = new ConcurrentLinkedQueue<>();
        Player sender = new Player(block -> {
            for (int frame : new int[] {0, 7, 7, FRAMES - 1}) {
                int pitch = (int) (block.frameTime / FRAMES + frame) % 128;
                block.midiOut.add(frame, 0x93, pitch, 1);
                sent.add((block.frameTime + frame) << 8 | pitch);
            }
            block.midiOut.add(FRAMES - 1, 0xc3, 5, 0);
        });
        Player receiver = new Player(block -> {
            for (int i = 0; i < block.midiIn.count(); i++) {
                if (block.midiIn.status(i) == 0x93 && block.midiIn.data2(i) == 1) {
                    received.add((block.frameTime + block.midiIn.frame(i)) << 8 | block.midiIn.data1(i));
                }
            }
        });
        JackDriver last = start("midi-sender", sender);
        start("midi-wire", Player.wire());
        start("midi-receiver", receiver);
        patchbay.connect("midi-wire:midi_out", "midi-receiver:midi_in");
        patchbay.connect("midi-sender:midi_out", "midi-wire:midi_in");
        DummyServer.await(() -> received.size() > 400);
        List<Long> heard = List.copyOf(received);
        List<Long> said = List.copyOf(sent);
        int from = said.indexOf(heard.getFirst());
        assertThat(heard).isEqualTo(said.subList(from, from + heard.size()));
        assertThat(last.lostMidiMessages()).isZero();
    }

    /** JACK2 would cancel a thread that is in Java, and the virtual machine would end. */
    @Test
    void isClosedWhenNoCallbackRunsAnyMore() {
        AtomicBoolean inside = new AtomicBoolean();
        Player slow = new Player(block -> {
            inside.set(true);
            DummyServer.pause(100);
            inside.set(false);
        });
        JackDriver driver = start("slow", slow);
        slow.awaitBlocks(1);
        DummyServer.await(inside::get);
        driver.close();
        assertThat(inside).isFalse();
    }

    @Test
    void aPulledMidiSourceLeavesNoNoteSounding() {
        AtomicInteger released = new AtomicInteger();
        Player receiver = new Player(block -> {
            for (int i = 0; i < block.midiIn.count(); i++) {
                if ((block.midiIn.status(i) & 0xf0) == 0xb0 && block.midiIn.data1(i) == 123) {
                    released.incrementAndGet();
                }
            }
        });
        start("keyboard", Player.ramp());
        JackDriver driver = start("held", receiver);
        patchbay.connect("keyboard:midi_out", "held:midi_in");
        DummyServer.pause(300);
        patchbay.disconnect("keyboard:midi_out", "held:midi_in");
        DummyServer.await(() -> released.get() == 16);
        assertThat(driver.news()).singleElement().asString().contains("keyboard:midi_out", "released");
    }

    @Test
    void latencyRangesAreWhatCameInPlusWhatTheProcessDeclares() {
        Player player = Player.wire();
        player.minLatencyFrames = 300;
        player.maxLatencyFrames = 500;
        JackDriver driver = start(server.settings("late").withConnect(true), player);
        List<Integer> source = patchbay.latency("system:capture_1", LibJack.CAPTURE);
        List<Integer> sink = patchbay.latency("system:playback_1", LibJack.PLAYBACK);
        awaitLatency("late:out_l", LibJack.CAPTURE, source.get(0) + 300, source.get(1) + 500);
        awaitLatency("late:midi_out", LibJack.CAPTURE, source.get(0) + 300, source.get(1) + 500);
        awaitLatency("late:in_1", LibJack.PLAYBACK, sink.get(0) + 300, sink.get(1) + 500);
        player.minLatencyFrames = 1000;
        player.maxLatencyFrames = 1000;
        driver.latencyChanged();
        awaitLatency("late:out_r", LibJack.CAPTURE, source.get(0) + 1000, source.get(1) + 1000);
        awaitLatency("late:midi_in", LibJack.PLAYBACK, sink.get(0) + 1000, sink.get(1) + 1000);
    }

    private void awaitLatency(String port, int mode, int minFrames, int maxFrames) {
        DummyServer.await(() -> patchbay.latency(port, mode).equals(List.of(minFrames, maxFrames)));
    }

    @Test
    void connectsToPhysicalPortsOnRequestOnly() {
        start("alone", Player.wire());
        start(server.settings("joined").withConnect(true), Player.wire());
        assertThat(patchbay.connections("alone:in_1")).isEmpty();
        assertThat(patchbay.connections("alone:out_l")).isEmpty();
        assertThat(patchbay.connections("joined:in_1")).containsExactly("system:capture_1");
        assertThat(patchbay.connections("joined:out_l")).containsExactly("system:playback_1");
        assertThat(patchbay.connections("joined:out_r")).containsExactly("system:playback_2");
        assertThat(patchbay.connections("joined:midi_in")).isEmpty();
    }

    @Test
    void aSecondClientOfTheSameNameGetsAnother() {
        JackDriver first = start("twin", Player.wire());
        JackDriver second = start("twin", Player.wire());
        assertThat(first.name()).isEqualTo("jack:twin");
        assertThat(second.name()).startsWith("jack:twin-");
        assertThat(patchbay.has(second.name().substring("jack:".length()) + ":midi_in")).isTrue();
    }

    @Test
    void portsHavePrettyNamesOrderAndType() {
        start("described", Player.wire());
        assertThat(property("in_1", "pretty-name")).isEqualTo("Microphone");
        assertThat(property("out_r", "pretty-name")).isEqualTo("Right");
        assertThat(property("out_r", "order")).isEqualTo("4");
        assertThat(property("out_l", "signal-type")).isEqualTo("AUDIO");
        assertThat(property("midi_in", "event-types")).isEqualTo("MIDI");
    }

    private String property(String port, String key) {
        return Properties.get(patchbay.port("described:" + port), "http://jackaudio.org/metadata/" + key);
    }

    @Test
    void theBufferMayGrowAndShrinkUnderWay() {
        Player player = Player.wire();
        JackDriver driver = start("elastic", player);
        try {
            for (int frames : new int[] {64, 256, 1024, 32}) {
                patchbay.setBufferFrames(frames);
                DummyServer.await(() -> player.latestBlock == frames);
                assertThat(driver.blockFrames()).isEqualTo(frames);
            }
        } finally {
            patchbay.setBufferFrames(FRAMES);
        }
        assertThat(player.maxFrames).isEqualTo(1024);
        assertThat(player.preparations).hasValue(3);
        assertThat(player.overlapped).isFalse();
        assertThat(driver.news()).isEmpty();
    }

    @Test
    void freewheelingPlaysInStep() {
        Player player = Player.wire();
        start("wheel", player);
        patchbay.setFreewheel(true);
        DummyServer.await(() -> player.blocksInStep.get() > 1000);
        patchbay.setFreewheel(false);
        DummyServer.pause(200);
        int inStep = player.blocksInStep.get();
        player.awaitBlocks(50);
        assertThat(player.blocksInStep).hasValue(inStep);
    }

    @Test
    void blocksSayWhetherTheTransportRolls() {
        AtomicInteger rolling = new AtomicInteger();
        AtomicInteger still = new AtomicInteger();
        start(server.settings("follower").withFollowTransport(true),
                new Player(block -> (block.rolling ? rolling : still).incrementAndGet()));
        DummyServer.await(() -> still.get() > 20);
        assertThat(rolling).hasValue(0);
        LibJack.TRANSPORT_START.call(patchbay.pointer());
        DummyServer.await(() -> rolling.get() > 20);
        LibJack.TRANSPORT_STOP.call(patchbay.pointer());
        int before = still.get();
        DummyServer.await(() -> still.get() > before + 20);
    }

    @Test
    void whatIsThrownBecomesSilenceAndNews() {
        Player broken = new Player(block -> {
            Arrays.fill(block.left, 1f);
            Arrays.fill(block.right, 1f);
            if (block.frameTime / FRAMES % 2 == 0) {
                throw new IllegalStateException("a broken string");
            }
        });
        AtomicInteger ones = new AtomicInteger();
        AtomicInteger zeros = new AtomicInteger();
        AtomicInteger others = new AtomicInteger();
        JackDriver driver = start("broken", broken);
        start("listener", new Player(block -> {
            float expected = block.frameTime / FRAMES % 2 == 0 ? 0 : 1;
            for (int i = 0; i < block.frames; i++) {
                (block.in[i] != expected ? others : expected == 0 ? zeros : ones).incrementAndGet();
            }
        }));
        patchbay.connect("broken:out_l", "listener:in_1");
        int beforeConnection = others.get();
        DummyServer.await(() -> ones.get() > 100 * FRAMES && zeros.get() > 100 * FRAMES);
        assertThat(others.get() - beforeConnection).isLessThanOrEqualTo(2 * FRAMES);
        assertThat(driver.news()).singleElement().asString().contains("a broken string", "IllegalStateException", "silent");
        assertThat(driver.isRunning()).isTrue();
    }

    @Test
    void theServerIsLookedAtWithoutPlaying() {
        assertThat(JackDriver.serverAnswers(server.name)).isTrue();
        JackServer found = JackServer.look(server.name);
        assertThat(found.sampleRateHz()).isEqualTo(48_000);
        assertThat(found.bufferFrames()).isEqualTo(FRAMES);
        assertThat(found.sources()).contains("system:capture_1", "system:capture_2");
        assertThat(found.destinations()).contains("system:playback_1", "system:playback_2");
    }

    @Test
    void aMissingServerIsToldInOneLine() {
        assertThat(JackDriver.serverAnswers("chanterelle-nowhere")).isFalse();
        assertThatThrownBy(() -> new JackDriver(new JackSettings().withServer("chanterelle-nowhere")).start(Player.wire()))
                .isInstanceOf(UserError.class).hasMessageContaining("'chanterelle-nowhere' does not answer")
                .hasMessageNotContaining("\n");
    }

    @Test
    void aMissingLibraryIsToldInOneLine() {
        assertThatThrownBy(() -> JackLibrary.open("libchanterelle-nowhere.so.0")).isInstanceOf(UserError.class)
                .hasMessageContaining("libchanterelle-nowhere.so.0").hasMessageContaining("apt-get install");
    }

    @Test
    void aClientNameThatJackCannotTakeIsToldInOneLine() {
        for (String name : List.of("", "a:b", "x".repeat(300))) {
            assertThatThrownBy(() -> new JackDriver(server.settings(name)).start(Player.wire())).isInstanceOf(UserError.class)
                    .hasMessageContaining("client name");
        }
    }

    @Test
    void aClosedDriverLeavesTheServer() {
        JackDriver driver = start("leaver", Player.wire());
        assertThat(patchbay.has("leaver:out_l")).isTrue();
        driver.close();
        DummyServer.await(() -> !patchbay.has("leaver:out_l"));
        assertThat(driver.isRunning()).isFalse();
    }
}
