package org.chanterelle.driver.javasound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.chanterelle.rt.AudioBlock;
import org.chanterelle.rt.AudioProcess;
import org.chanterelle.signal.UserError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class JavaSoundDriverTest {
    private static final int FRAMES = 64;
    private static final int BUFFER_BLOCKS = 4;
    private static final JavaSoundSettings SETTINGS = new JavaSoundSettings("", 48_000, FRAMES, BUFFER_BLOCKS);
    private static final PcmCodec STEREO_16 = new PcmCodec(16, 2);
    private static final PcmCodec MONO_16 = new PcmCodec(16, 1);

    /** Plays what it hears on both sides. */
    private static class Echo implements AudioProcess {
        final List<Double> rates = Collections.synchronizedList(new ArrayList<>());
        final List<Long> frameTimes = Collections.synchronizedList(new ArrayList<>());
        volatile int xruns;

        @Override
        public void prepare(double sampleRateHz, int maxFrames) {
            rates.add(sampleRateHz);
        }

        @Override
        public void process(AudioBlock block) {
            frameTimes.add(block.frameTime);
            System.arraycopy(block.in, 0, block.left, 0, block.frames);
            System.arraycopy(block.in, 0, block.right, 0, block.frames);
        }

        @Override
        public void processInStep(AudioBlock block) {
            throw new IllegalStateException("a sound card does not wait");
        }

        @Override
        public void xrun() {
            xruns++;
        }

        @Override
        public int minLatencyFrames() {
            return 0;
        }

        @Override
        public int maxLatencyFrames() {
            return 0;
        }
    }

    private static JavaSoundDriver driver(FakeCard card) {
        return new JavaSoundDriver(SETTINGS, card, 1);
    }

    private static void playThrough(FakeCard card, AudioProcess process) throws InterruptedException {
        try (JavaSoundDriver driver = driver(card)) {
            driver.start(process);
            card.playbacks.getLast().through.await();
        }
    }

    @ParameterizedTest
    @CsvSource({"16, 1", "24, 1", "16, 2", "24, 2"})
    void whatIsHeardIsPlayedBehindTheBufferToTheBit(int bits, int inChannels) throws InterruptedException {
        FakeCard card = new FakeCard(new PcmCodec(bits, 2), new PcmCodec(bits, inChannels));
        int silentBlocks = BUFFER_BLOCKS - 1;
        FakeCard.Line out = card.plan(card.playbacks, card.outCodec, 20, false);
        FakeCard.Line in = card.plan(card.captures, card.inCodec, 30, false);
        in.recorded = new byte[20 * FRAMES * card.inCodec.frameBytes()];
        new Random(1).nextBytes(in.recorded);
        makeChannelsEqual(in.recorded, bits / 8, inChannels);
        playThrough(card, new Echo());
        byte[] played = out.played.toByteArray();
        int frameBytes = card.outCodec.frameBytes();
        assertThat(played).hasSize(20 * FRAMES * frameBytes);
        byte[] silence = new byte[silentBlocks * FRAMES * frameBytes];
        assertThat(Arrays.copyOf(played, silence.length)).isEqualTo(silence);
        for (int frame = silentBlocks * FRAMES; frame < 20 * FRAMES; frame++) {
            for (int b = 0; b < frameBytes; b++) {
                byte heard = in.recorded[(frame - silentBlocks * FRAMES) * card.inCodec.frameBytes() + b % (bits / 8)];
                assertThat(played[frame * frameBytes + b]).isEqualTo(heard);
            }
        }
        assertThat(in.started && out.started).isTrue();
    }

    private static void makeChannelsEqual(byte[] bytes, int sampleBytes, int channels) {
        for (int i = 0; channels == 2 && i < bytes.length; i++) {
            if (i / sampleBytes % 2 == 1) {
                bytes[i] = bytes[i - sampleBytes];
            }
        }
    }

    @Test
    void withoutAMicrophoneItPlaysAndSaysSo() throws InterruptedException {
        FakeCard card = new FakeCard(STEREO_16, null);
        FakeCard.Line out = card.plan(card.playbacks, STEREO_16, 10, false);
        Echo echo = new Echo();
        try (JavaSoundDriver driver = driver(card)) {
            driver.start(echo);
            out.through.await();
            assertThat(driver.news()).hasSize(2).anyMatch(line -> line.contains("no sound input"))
                    .anyMatch(line -> line.contains("Fake at 48000 Hz, 16 bits; its buffers add up to 5.3 ms"));
            assertThat(driver.news()).isEmpty();
            assertThat(driver.name()).isEqualTo("javasound:Fake");
            assertThat(driver.sampleRateHz()).isEqualTo(48_000);
            assertThat(driver.blockFrames()).isEqualTo(FRAMES);
        }
        assertThat(out.played.toByteArray()).containsOnly(0);
        assertThat(echo.frameTimes).startsWith(0L, 64L, 128L).isSorted();
        assertThat(echo.xruns).isZero();
    }

    @Test
    void aBufferThatRanEmptyIsAnXrunAndIsFilledAgain() throws InterruptedException {
        FakeCard card = new FakeCard(STEREO_16, null);
        FakeCard.Line out = card.plan(card.playbacks, STEREO_16, 20, false);
        out.lateBefore = 8;
        Echo echo = new Echo();
        playThrough(card, echo);
        assertThat(echo.xruns).isEqualTo(1);
        assertThat(echo.frameTimes).as("20 transfers, of which two fills of three, and the one that waits").hasSize(20 - 6 + 1);
    }

    @Test
    void aMicrophoneThatWasNotReadInTimeIsAnXrun() throws InterruptedException {
        FakeCard card = new FakeCard(STEREO_16, MONO_16);
        card.plan(card.playbacks, STEREO_16, 20, false);
        card.plan(card.captures, MONO_16, 30, false).fullBefore = 5;
        Echo echo = new Echo();
        playThrough(card, echo);
        assertThat(echo.xruns).isEqualTo(1);
    }

    @Test
    void aCardThatGoesAwayIsWaitedForAndTakenBackEvenAtAnotherRate() throws InterruptedException {
        FakeCard card = new FakeCard(STEREO_16, null);
        FakeCard.Line pulled = card.plan(card.playbacks, STEREO_16, 10, true);
        FakeCard.Line back = card.plan(card.playbacks, STEREO_16, 10, false);
        card.refusals = 3;
        card.laterRateHz = 44_100;
        Echo echo = new Echo();
        try (JavaSoundDriver driver = driver(card)) {
            driver.start(echo);
            pulled.through.await();
            back.through.await();
            assertThat(driver.isRunning()).isTrue();
            assertThat(driver.news()).anyMatch(line -> line.contains("Fake went away. Waiting"));
            assertThat(card.refusals).isLessThanOrEqualTo(0);
        }
        assertThat(pulled.closed).isTrue();
        assertThat(echo.rates).containsExactly(48_000.0, 44_100.0);
        assertThat(echo.frameTimes).as("the clock goes on").isSorted().doesNotHaveDuplicates();
    }

    @Test
    void withoutAnyOutputItIsRefusedAndNamesTheRemedy() {
        JavaSoundSettings unknown = new JavaSoundSettings("no such card", 48_000, 64, 2);
        assertThatThrownBy(() -> new JavaSoundDriver(unknown).start(new Echo())).isInstanceOf(UserError.class)
                .hasMessageContaining("'no such card'").hasMessageContaining("--driver file").hasMessageNotContaining("\n");
    }

    @Test
    void closingEndsAThreadThatWaitsInALine() throws InterruptedException {
        FakeCard card = new FakeCard(STEREO_16, null);
        FakeCard.Line out = card.plan(card.playbacks, STEREO_16, 3, false);
        JavaSoundDriver driver = driver(card);
        driver.start(new Echo());
        out.through.await();
        assertThat(driver.isRunning()).isTrue();
        driver.close();
        assertThat(driver.isRunning()).isFalse();
        assertThat(out.closed).isTrue();
    }

    @Test
    void aProcessThatFailsIsSilentAndToldOnce() throws InterruptedException {
        FakeCard card = new FakeCard(STEREO_16, null);
        FakeCard.Line out = card.plan(card.playbacks, STEREO_16, 10, false);
        try (JavaSoundDriver driver = driver(card)) {
            driver.start(new Echo() {
                @Override
                public void process(AudioBlock block) {
                    Arrays.fill(block.left, 1f);
                    throw new IllegalStateException("a bug");
                }
            });
            out.through.await();
            assertThat(driver.news()).filteredOn(line -> line.contains("a bug")).hasSize(1);
        }
        assertThat(out.played.toByteArray()).containsOnly(0);
    }

    @Test
    void theListOfDevicesHoldsWhatCanPlayOrRecord() {
        JavaSoundDevices devices = JavaSoundDevices.find();
        assertThat(devices.cards()).allMatch(card -> card.plays() || card.records());
        assertThat(devices.canPlay()).isEqualTo(devices.cards().stream().anyMatch(JavaSoundDevices.Card::plays));
        assertThat(devices.midiInputs()).noneMatch(name -> name.contains("Gervill") || name.contains("Sequencer"));
    }
}
