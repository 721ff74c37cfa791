package org.chanterelle.driver.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.chanterelle.rt.AudioBlock;
import org.chanterelle.rt.AudioProcess;
import org.chanterelle.rt.MidiBuffer;
import org.chanterelle.signal.TimedMidi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class FileDriverTest {
    private static final double RATE_HZ = 48_000;

    /** Plays the input on the left and its negative on the right, and sends back each message. */
    private static final class Echo implements AudioProcess {
        final List<Long> messageFrames = Collections.synchronizedList(new ArrayList<>());
        final List<Integer> blockLengths = Collections.synchronizedList(new ArrayList<>());
        double rateHz;
        int maxFrames;
        int inStep;
        int byTheClock;

        @Override
        public void prepare(double sampleRateHz, int frames) {
            rateHz = sampleRateHz;
            maxFrames = frames;
        }

        @Override
        public void process(AudioBlock block) {
            byTheClock++;
            echo(block);
        }

        @Override
        public void processInStep(AudioBlock block) {
            inStep++;
            echo(block);
        }

        private void echo(AudioBlock block) {
            blockLengths.add(block.frames);
            for (int i = 0; i < block.frames; i++) {
                block.left[i] = block.in[i];
                block.right[i] = -block.in[i];
            }
            MidiBuffer in = block.midiIn;
            for (int i = 0; i < in.count(); i++) {
                messageFrames.add(block.frameTime + in.frame(i));
                block.midiOut.add(in.frame(i), in.status(i), in.data1(i), in.data2(i));
            }
        }

        @Override
        public void xrun() {}

        @Override
        public int minLatencyFrames() {
            return 0;
        }

        @Override
        public int maxLatencyFrames() {
            return 0;
        }
    }

    private static float[] ramp(int frames) {
        float[] ramp = new float[frames];
        for (int i = 0; i < frames; i++) {
            ramp[i] = 1 + i;
        }
        return ramp;
    }

    private static CollectedSound play(FileSettings settings, AudioProcess process) throws InterruptedException {
        CollectedSound sound = new CollectedSound();
        try (FileDriver driver = new FileDriver(settings, sound)) {
            driver.start(process);
            driver.await();
            assertThat(driver.isRunning()).isFalse();
            assertThat(driver.news()).isEmpty();
        }
        return sound;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 64, 100, 200_000})
    void everyFrameAndTheTailArePlayedOnceInOrder(int blockFrames) throws InterruptedException {
        float[] input = ramp(100_000);
        Echo echo = new Echo();
        CollectedSound sound = play(FileSettings.ofSound(input, RATE_HZ, blockFrames, 0.001), echo);
        assertThat(sound.frames()).isEqualTo(input.length + 48);
        float[][] channels = sound.channels();
        for (int i = 0; i < sound.frames(); i++) {
            float expected = i < input.length ? input[i] : 0f;
            assertThat(channels[0][i] == expected && channels[1][i] == -expected).as("frame " + i).isTrue();
        }
        assertThat(echo.rateHz).isEqualTo(RATE_HZ);
        assertThat(echo.maxFrames).isEqualTo(blockFrames);
        assertThat(echo.byTheClock).isZero();
        assertThat(echo.inStep).isEqualTo((input.length + 48 + blockFrames - 1) / blockFrames);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 64, 1024})
    void midiArrivesAtItsFrameWhateverTheBlocks(int blockFrames) throws InterruptedException {
        List<TimedMidi> midi = List.of(new TimedMidi(0, 0x90, 60, 1), new TimedMidi(63 / RATE_HZ, 0x90, 61, 1),
                new TimedMidi(64 / RATE_HZ, 0x80, 61, 0), new TimedMidi(64 / RATE_HZ, 0x90, 62, 1),
                new TimedMidi(1999.4 / RATE_HZ, 0x80, 62, 0));
        Echo echo = new Echo();
        CollectedSound sound = play(FileSettings.ofMidi(midi, RATE_HZ, blockFrames, 0), echo);
        assertThat(echo.messageFrames).containsExactly(0L, 63L, 64L, 64L, 1999L);
        assertThat(sound.frames()).isEqualTo(2000);
        assertThat(sound.midi()).extracting(TimedMidi::data1).containsExactly(60, 61, 61, 62, 62);
        assertThat(sound.midi().getLast().seconds()).isEqualTo(1999 / RATE_HZ);
    }

    @Test
    void moreMessagesThanABlockHoldsComeLaterRatherThanNever() throws InterruptedException {
        List<TimedMidi> midi = new ArrayList<>(Collections.nCopies(AudioBlock.MIDI_CAPACITY + 5, new TimedMidi(0, 0x90, 60, 1)));
        midi.add(new TimedMidi(0.01, 0x80, 60, 0));
        Echo echo = new Echo();
        play(FileSettings.ofMidi(midi, RATE_HZ, 64, 0), echo);
        assertThat(echo.messageFrames).hasSize(AudioBlock.MIDI_CAPACITY + 6);
        assertThat(echo.messageFrames.get(AudioBlock.MIDI_CAPACITY)).isEqualTo(64);
        assertThat(echo.messageFrames.getLast()).isEqualTo(480);
    }

    @Test
    void itEndsWhereItIsToldTo() throws InterruptedException {
        FileSettings settings = new FileSettings(ramp(4_801), List.of(), RATE_HZ, 64, 1, 0.05, false);
        float[] heard = play(settings, new Echo()).channels()[0];
        assertThat(heard).isEqualTo(Arrays.copyOf(settings.input(), (int) (0.05 * RATE_HZ)));
    }

    @Test
    void inRealTimeTheSameIsPlayedByTheClock() throws InterruptedException {
        FileSettings settings = new FileSettings(ramp(4_801), List.of(new TimedMidi(0.05, 0x90, 60, 1)), RATE_HZ, 64, 0,
                Double.POSITIVE_INFINITY, true);
        Echo echo = new Echo();
        long before = System.nanoTime();
        CollectedSound sound = play(settings, echo);
        double seconds = (System.nanoTime() - before) * 1e-9;
        assertThat(sound.channels()[0]).isEqualTo(settings.input());
        assertThat(echo.inStep).isZero();
        assertThat(echo.byTheClock).isEqualTo(76);
        assertThat(echo.messageFrames).containsExactly(2400L);
        assertThat(seconds).as("no earlier than the last block is due").isGreaterThanOrEqualTo(75 * 64 / RATE_HZ - 1e-6);
    }

    @Test
    void whatTheProcessThrowsEndsThePlayingAndIsThrownToWhoWaits() {
        AudioProcess broken = new FailingProcess();
        FileDriver driver = new FileDriver(FileSettings.ofSound(ramp(1000), RATE_HZ, 64, 0), new CollectedSound());
        driver.start(broken);
        assertThatThrownBy(driver::await).isInstanceOf(IllegalStateException.class).hasMessage("no sound");
        assertThat(driver.isRunning()).isFalse();
        assertThat(driver.news()).singleElement().asString().contains("no sound");
        assertThat(driver.news()).as("told once").isEmpty();
        driver.close();
    }

    @Test
    void closingEndsThePlayingAtOnce() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        Echo echo = new Echo();
        FileSettings hour = new FileSettings(new float[0], List.of(), RATE_HZ, 48_000, 3600, Double.POSITIVE_INFINITY, true);
        FileDriver driver = new FileDriver(hour, (left, right, frames) -> begun.countDown());
        driver.start(echo);
        begun.await();
        assertThat(driver.isRunning()).isTrue();
        driver.close();
        assertThat(driver.isRunning()).isFalse();
        assertThat(echo.blockLengths).hasSizeLessThan(3600);
    }

    @Test
    void nothingToPlayEndsAtOnce() throws InterruptedException {
        assertThat(play(FileSettings.ofSound(new float[0], RATE_HZ, 64, 0), new Echo()).frames()).isZero();
    }

    @Test
    void messagesOutOfOrderAreRefused() {
        List<TimedMidi> midi = List.of(new TimedMidi(1, 0x90, 60, 1), new TimedMidi(0.5, 0x80, 60, 0));
        assertThatThrownBy(() -> FileSettings.ofMidi(midi, RATE_HZ, 64, 0)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("message 1");
    }

    private static final class FailingProcess implements AudioProcess {
        @Override
        public void prepare(double sampleRateHz, int maxFrames) {}

        @Override
        public void process(AudioBlock block) {
            throw new IllegalStateException("no sound");
        }

        @Override
        public void processInStep(AudioBlock block) {
            throw new IllegalStateException("no sound");
        }

        @Override
        public void xrun() {}

        @Override
        public int minLatencyFrames() {
            return 0;
        }

        @Override
        public int maxLatencyFrames() {
            return 0;
        }
    }

    @Test
    void soundLongerThanAPieceIsCollectedWhole() {
        CollectedSound sound = new CollectedSound();
        float[] left = new float[1000];
        float[] right = new float[1000];
        int frames = 0;
        for (int block = 0; block < 1000; block++) {
            for (int i = 0; i < left.length; i++) {
                left[i] = frames + i;
                right[i] = -left[i];
            }
            int count = 1 + block % 1000;
            sound.accept(left, right, count);
            frames += count;
        }
        sound.accept(new float[1000], new float[1000], 1000);
        assertThat(sound.soundingFrames(0.5)).isEqualTo(frames);
        float[][] part = sound.channels(1000, frames);
        assertThat(part[0]).hasSize(frames - 1000);
        for (int i = 0; i < part[0].length; i += 97) {
            assertThat(part[0][i]).isEqualTo(1000 + i);
            assertThat(part[1][i]).isEqualTo(-1000 - i);
        }
        assertThat(new CollectedSound().soundingFrames(0.5)).isZero();
    }
}
