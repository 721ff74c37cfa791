package org.chanterelle.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.chanterelle.audiofile.AudioClip;
import org.chanterelle.audiofile.AudioReader;
import org.chanterelle.signal.UserError;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class RecorderTest {
    private static final int RATE_HZ = 48_000;
    private static final int HEADER_BYTES = 44;
    private static final int FRAME_BYTES = 6;
    private static final float[] SILENCE = new float[1024];

    @TempDir
    private Path folder;

    private Path take;
    private float[][] sound;

    @BeforeEach
    void makesNoise() {
        take = folder.resolve("take.wav");
        sound = new float[2][100_000];
        Random random = new Random(1);
        for (int i = 0; i < sound[0].length; i++) {
            sound[0][i] = random.nextFloat(-1, 1);
            sound[1][i] = random.nextFloat(-1, 1);
        }
    }

    /** In blocks whose length changes. */
    private void play(Recorder recorder, int from, int to) {
        float[] left = new float[1024];
        float[] right = new float[1024];
        int at = from;
        for (int block = 1; at < to; block++) {
            int frames = Math.min(to - at, block * 37 % 1024 + 1);
            System.arraycopy(sound[0], at, left, 0, frames);
            System.arraycopy(sound[1], at, right, 0, frames);
            recorder.offer(left, right, frames);
            at += frames;
        }
    }

    private void assertSound(AudioClip clip, int from) {
        for (int c = 0; c < 2; c++) {
            for (int i = 0; i < clip.frames(); i++) {
                assertThat(clip.channels()[c][i]).isCloseTo(sound[c][from + i], within(1e-6f));
            }
        }
    }

    @Test
    void whatWasPlayedIsInTheFileToTheBit() {
        Recorder recorder = new Recorder(take, RATE_HZ, false);
        play(recorder, 0, 100_000);
        recorder.close();
        assertThat(recorder.files()).containsExactly(take);
        assertThat(recorder.problem()).isNull();
        assertThat(recorder.droppedFrames()).isZero();
        AudioClip clip = AudioReader.read(take);
        assertThat(clip.frames()).isEqualTo(100_000);
        assertThat(clip.sampleRateHz()).isEqualTo(RATE_HZ);
        assertSound(clip, 0);
    }

    @Test
    void theFileGetsItsNameWhenItIsWhole() throws IOException {
        try (Recorder recorder = new Recorder(take, RATE_HZ, false)) {
            play(recorder, 0, 5000);
            assertThat(recorder.files()).isEmpty();
            assertThat(names()).singleElement().asString().startsWith(".take.wav.").endsWith(".part");
        }
        assertThat(names()).containsExactly("take.wav");
    }

    @Test
    void onAFullDiskTheRecordingEndsWithWhatItHasAndTheSoundGoesOn() throws IOException {
        int room = 10_000;
        Recorder recorder = new Recorder(take, RATE_HZ, false, Long.MAX_VALUE,
                partial -> new FullDisk(partial, HEADER_BYTES + room * FRAME_BYTES + 1));
        play(recorder, 0, 50_000);
        String problem = awaitProblem(recorder);
        assertThat(problem).startsWith(take + ": the recording stopped").contains("No space left", "0.2 s are kept", "Free")
                .doesNotContain("\n");
        for (int i = 0; i < 2 * Recorder.QUEUE_FRAMES / SILENCE.length; i++) {
            recorder.offer(SILENCE, SILENCE, SILENCE.length);
        }
        assertThat(recorder.droppedFrames()).as("counted").isGreaterThanOrEqualTo(Recorder.QUEUE_FRAMES);
        assertThat(recorder.problem()).as("told once").isNull();
        recorder.close();
        assertThat(recorder.files()).containsExactly(take);
        assertThat(names()).containsExactly("take.wav");
        AudioClip clip = AudioReader.read(take);
        assertThat(clip.frames()).isEqualTo(room);
        assertSound(clip, 0);
    }

    @Test
    void whenNotEvenTheHeaderCanBeWrittenTheUnfinishedFileIsNamed() throws IOException {
        CountDownLatch pulled = new CountDownLatch(1);
        Recorder recorder = new Recorder(take, RATE_HZ, false, Long.MAX_VALUE, partial -> new PulledDisk(partial, pulled));
        pulled.countDown();
        play(recorder, 0, 1000);
        assertThat(awaitProblem(recorder)).contains("the disk is gone", ".part");
        recorder.close();
        assertThat(recorder.files()).isEmpty();
        assertThat(names()).singleElement().asString().endsWith(".part");
    }

    private static String awaitProblem(Recorder recorder) {
        String problem = null;
        while (problem == null && !Thread.currentThread().isInterrupted()) {
            Thread.onSpinWait();
            problem = recorder.problem();
        }
        return problem;
    }

    @Test
    void aSlowDiskLosesOnlyWhatTheQueueCannotHoldAndCountsIt() throws IOException {
        CountDownLatch awake = new CountDownLatch(1);
        Recorder recorder = new Recorder(take, RATE_HZ, false, Long.MAX_VALUE, partial -> new SlowDisk(partial, awake));
        for (int i = 0; i < Recorder.QUEUE_FRAMES / SILENCE.length + 3; i++) {
            recorder.offer(SILENCE, SILENCE, SILENCE.length);
        }
        assertThat(recorder.droppedFrames()).isEqualTo(3L * SILENCE.length);
        awake.countDown();
        recorder.close();
        assertThat(AudioReader.read(take).frames()).isEqualTo(Recorder.QUEUE_FRAMES);
    }

    @Test
    void aFileThatCanHoldNoMoreIsFollowedByAnother() throws IOException {
        Files.writeString(folder.resolve("take-2.wav"), "precious");
        Recorder recorder = new Recorder(take, RATE_HZ, false, 40_000, RecorderTest::plain);
        play(recorder, 0, 100_000);
        recorder.close();
        assertThat(recorder.files()).extracting(file -> file.getFileName().toString())
                .containsExactly("take.wav", "take-3.wav", "take-4.wav");
        for (int i = 0; i < 3; i++) {
            AudioClip clip = AudioReader.read(recorder.files().get(i));
            assertThat(clip.frames()).isEqualTo(i < 2 ? 40_000 : 20_000);
            assertSound(clip, i * 40_000);
        }
        assertThat(folder.resolve("take-2.wav")).hasContent("precious");
    }

    @Test
    void aNewRateOfTheDeviceBeginsANewFile() {
        Recorder recorder = new Recorder(take, RATE_HZ, false);
        play(recorder, 0, 10_000);
        recorder.prepare(RATE_HZ);
        play(recorder, 10_000, 20_000);
        recorder.prepare(44_100);
        play(recorder, 20_000, 50_000);
        recorder.close();
        assertThat(recorder.files()).hasSize(2);
        AudioClip first = AudioReader.read(recorder.files().getFirst());
        AudioClip second = AudioReader.read(recorder.files().getLast());
        assertThat(first.frames()).isEqualTo(20_000);
        assertThat(second.sampleRateHz()).isEqualTo(44_100);
        assertThat(second.frames()).isEqualTo(30_000);
        assertSound(second, 20_000);
    }

    @Test
    void aTargetThatCannotBeWrittenIsRefusedBeforeTheMusic() throws IOException {
        assertThatThrownBy(() -> new Recorder(folder.resolve("take.flac"), RATE_HZ, false)).isInstanceOf(UserError.class)
                .hasMessageContaining("ends in .wav");
        assertThatThrownBy(() -> new Recorder(folder.resolve("none/take.wav"), RATE_HZ, false)).isInstanceOf(UserError.class)
                .hasMessageContaining("does not exist");
        assertThatThrownBy(() -> new Recorder(take, RATE_HZ, false, 1, partial -> new FullDisk(partial, 10)))
                .isInstanceOf(UserError.class).hasMessageContaining("No space left");
        assertThat(names()).isEmpty();
        Files.writeString(take, "precious");
        assertThatThrownBy(() -> new Recorder(take, RATE_HZ, false)).isInstanceOf(UserError.class)
                .hasMessageContaining("--force");
        assertThat(take).hasContent("precious");
        new Recorder(take, RATE_HZ, true).close();
        assertThat(Files.size(take)).isEqualTo(HEADER_BYTES);
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static FileChannel plain(Path partial) throws IOException {
        return FileChannel.open(partial, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    /** A file that passes everything on; what is wrong with it is told by those below. */
    private abstract static class Disk implements SeekableByteChannel {
        final FileChannel file;

        Disk(Path partial) throws IOException {
            file = plain(partial);
        }

        @Override
        public final int read(ByteBuffer to) throws IOException {
            return file.read(to);
        }

        @Override
        public final long position() throws IOException {
            return file.position();
        }

        @Override
        public final SeekableByteChannel position(long to) throws IOException {
            file.position(to);
            return this;
        }

        @Override
        public final long size() throws IOException {
            return file.size();
        }

        @Override
        public final SeekableByteChannel truncate(long size) throws IOException {
            file.truncate(size);
            return this;
        }

        @Override
        public final boolean isOpen() {
            return file.isOpen();
        }

        @Override
        public final void close() throws IOException {
            file.close();
        }
    }

    /** Takes so many bytes, the last of them in a write cut short. */
    private static final class FullDisk extends Disk {
        private final int bytes;

        FullDisk(Path partial, int bytes) throws IOException {
            super(partial);
            this.bytes = bytes;
        }

        @Override
        public int write(ByteBuffer from) throws IOException {
            int room = (int) Math.max(0, Math.min(from.remaining(), bytes - file.position()));
            if (room == 0) {
                throw new IOException("No space left on device");
            }
            int limit = from.limit();
            from.limit(from.position() + room);
            int written = file.write(from);
            from.limit(limit);
            return written;
        }
    }

    /** Is gone from a moment on. */
    private static final class PulledDisk extends Disk {
        private final CountDownLatch pulled;

        PulledDisk(Path partial, CountDownLatch pulled) throws IOException {
            super(partial);
            this.pulled = pulled;
        }

        @Override
        public int write(ByteBuffer from) throws IOException {
            if (pulled.getCount() == 0) {
                throw new IOException("the disk is gone");
            }
            return file.write(from);
        }
    }

    /** Hesitates over the first samples. */
    private static final class SlowDisk extends Disk {
        private final CountDownLatch awake;

        SlowDisk(Path partial, CountDownLatch awake) throws IOException {
            super(partial);
            this.awake = awake;
        }

        @Override
        public int write(ByteBuffer from) throws IOException {
            if (file.position() >= HEADER_BYTES) {
                try {
                    awake.await();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
            }
            return file.write(from);
        }
    }
}
