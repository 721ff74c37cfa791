package org.chanterelle.rt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MidiInboxTest {
    private static final double RATE_HZ = 48_000;
    private static final int FRAMES = 480;
    private static final long BLOCK_NANOS = 10_000_000;
    private static final long NOW = 5_000_000_000L;

    private final MidiInbox inbox = new MidiInbox();
    private final MidiBuffer block = new MidiBuffer(AudioBlock.MIDI_CAPACITY);

    private void drain() {
        inbox.drainTo(block, FRAMES, RATE_HZ, NOW);
    }

    @Test
    void aMessageSoundsOneBlockAfterItWasPlayedToTheFrame() {
        inbox.offer(NOW - BLOCK_NANOS, 0x90, 60, 1);
        inbox.offer(NOW - BLOCK_NANOS / 2, 0x91, 61, 2);
        inbox.offer(NOW, 0xe2, 62, 3);
        drain();
        assertThat(frames()).containsExactly(0, FRAMES / 2, FRAMES - 1);
        assertThat(block.status(1)).isEqualTo(0x91);
        assertThat(block.data1(1)).isEqualTo(61);
        assertThat(block.data2(1)).isEqualTo(2);
    }

    @Test
    void whatIsOlderThanABlockOrFromTheFutureStaysWithinTheBlock() {
        inbox.offer(0, 0x90, 60, 1);
        inbox.offer(NOW + BLOCK_NANOS, 0x90, 61, 1);
        drain();
        assertThat(frames()).containsExactly(0, FRAMES - 1);
    }

    @Test
    void sourcesAreMergedByTimeWithTheDriversOwnMessages() {
        block.add(100, 0x90, 1, 1);
        block.add(300, 0x90, 3, 1);
        inbox.offer(NOW - frameNanos(FRAMES - 400), 0x90, 4, 1);
        inbox.offer(NOW - frameNanos(FRAMES - 200), 0x90, 2, 1);
        drain();
        assertThat(frames()).containsExactly(100, 200, 300, 400);
        assertThat(keys()).containsExactly(1, 2, 3, 4);
    }

    @Test
    void messagesOfOneMomentKeepTheirOrder() {
        block.add(0, 0x90, 0, 1);
        for (int key = 1; key < 100; key++) {
            inbox.offer(0, 0x90, key, 1);
        }
        drain();
        assertThat(keys()).isSorted().hasSize(100);
    }

    @Test
    void aFullBlockLeavesTheRestForTheNext() {
        for (int i = 0; i < AudioBlock.MIDI_CAPACITY + 10; i++) {
            inbox.offer(NOW, 0x90, i % 128, 1);
        }
        drain();
        assertThat(block.count()).isEqualTo(AudioBlock.MIDI_CAPACITY);
        drain();
        assertThat(block.dropped()).isZero();
        block.clear();
        drain();
        assertThat(keys()).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        assertThat(inbox.dropped()).isZero();
    }

    @Test
    void aSourceThatWentAwayLeavesNoNoteBehindIt() {
        inbox.offer(NOW - 1000, 0x95, 60, 1);
        inbox.releaseAll();
        drain();
        assertThat(block.count()).isEqualTo(33);
        assertThat(block.status(0)).isEqualTo(0x95);
        for (int channel = 0; channel < 16; channel++) {
            assertControl(1 + channel, channel, 64);
            assertControl(17 + channel, channel, 123);
        }
        block.clear();
        drain();
        assertThat(block.count()).as("released once").isZero();
    }

    private void assertControl(int index, int channel, int control) {
        assertThat(block.status(index)).isEqualTo(0xb0 | channel);
        assertThat(block.data1(index)).isEqualTo(control);
        assertThat(block.data2(index)).isZero();
    }

    @Test
    void aReleaseThatFindsLittleRoomIsFinishedLater() {
        for (int i = 0; i < AudioBlock.MIDI_CAPACITY - 5; i++) {
            block.add(0, 0x90, 60, 1);
        }
        inbox.releaseAll();
        drain();
        block.clear();
        drain();
        assertThat(block.count()).isEqualTo(32 - 5);
    }

    @Test
    void whatFindsTheQueueFullIsCountedAndItsNotesAreReleased() {
        for (int i = 0; i < MidiInbox.CAPACITY; i++) {
            assertThat(inbox.offer(NOW, 0x90, 60, 1)).isTrue();
        }
        assertThat(inbox.offer(NOW, 0x80, 60, 0)).isFalse();
        assertThat(inbox.dropped()).isEqualTo(1);
        List<Integer> controls = new ArrayList<>();
        for (int blocks = 0; blocks <= MidiInbox.CAPACITY / AudioBlock.MIDI_CAPACITY; blocks++) {
            block.clear();
            drain();
            for (int i = 0; i < block.count(); i++) {
                if (block.status(i) >= 0xb0) {
                    controls.add(block.data1(i));
                }
            }
        }
        assertThat(controls).hasSize(32).contains(64, 123);
    }

    @Test
    void manySourcesAtOnceLoseNothingAndKeepTheirOrder() throws InterruptedException {
        int sources = 4;
        int each = 20_000;
        AtomicInteger left = new AtomicInteger(sources);
        for (int channel = 0; channel < sources; channel++) {
            int status = 0xe0 | channel;
            Thread.ofPlatform().start(() -> {
                for (int i = 0; i < each; i++) {
                    post(status, i);
                }
                left.decrementAndGet();
            });
        }
        int[] next = new int[sources];
        boolean last = false;
        while (!last) {
            last = left.get() == 0;
            do {
                block.clear();
                drain();
                for (int i = 0; i < block.count(); i++) {
                    if (block.status(i) >= 0xe0) {
                        int channel = block.status(i) & 0xf;
                        assertThat(block.data2(i) << 7 | block.data1(i)).isEqualTo(next[channel]++ & 0x3fff);
                    }
                }
            } while (block.count() > 0);
        }
        assertThat(next).containsOnly(each);
    }

    /** Again and again until there is room. */
    private void post(int status, int value) {
        while (!inbox.offer(NOW, status, value & 0x7f, value >> 7 & 0x7f)) {
            Thread.onSpinWait();
        }
    }

    private static long frameNanos(int frames) {
        return Math.round(frames * 1e9 / RATE_HZ);
    }

    private List<Integer> frames() {
        List<Integer> frames = new ArrayList<>();
        for (int i = 0; i < block.count(); i++) {
            frames.add(block.frame(i));
        }
        return frames;
    }

    private List<Integer> keys() {
        List<Integer> keys = new ArrayList<>();
        for (int i = 0; i < block.count(); i++) {
            keys.add(block.data1(i));
        }
        return keys;
    }
}
