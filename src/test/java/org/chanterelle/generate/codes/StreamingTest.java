package org.chanterelle.generate.codes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.chanterelle.model.jukebox.StreamEncoder;
import org.chanterelle.model.jukebox.TestVqVaeModels;
import org.chanterelle.model.jukebox.VqVae;
import org.chanterelle.model.jukebox.VqVaeConfig;
import org.chanterelle.model.jukebox.VqVaeFolder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamingTest {
    @TempDir
    Path folder;
    private VqVae model;
    private VqVaeConfig config;

    @BeforeEach
    void load() throws IOException {
        config = TestVqVaeModels.small();
        model = new VqVae(VqVaeFolder.load(TestVqVaeModels.write(folder.resolve("small"), config, 3)), Device.cpu());
    }

    @AfterEach
    void close() {
        model.close();
    }

    @Test
    void codesOfPiecesAreThoseOfTheWhole() throws IOException {
        float[] audio = noise(5000 * config.hop());
        int[] whole = model.encode(audio, 0, audio.length);
        assertThat(IntStream.of(whole).distinct().count()).isGreaterThan(4);
        for (int piece : new int[] {config.hop(), 1000, 7777, audio.length}) {
            assertThat(encode(audio, piece, 333)).as("pieces of " + piece).isEqualTo(whole);
        }
    }

    @Test
    void aRecordingIsFilledUpToAWholeHop() throws IOException {
        float[] audio = noise(config.hop() * 10 + 3);
        assertThat(encode(audio, 0, 1)).isEqualTo(model.encode(Arrays.copyOf(audio, config.hop() * 11), 0, config.hop() * 11));
        assertThat(encode(new float[1], 0, 1)).hasSize(1);
    }

    @Test
    void soundOfPiecesHasNoSeams() throws IOException {
        SplittableRandom random = new SplittableRandom(9);
        int[] codes = random.ints(3000, 0, config.codes()).toArray();
        float[] whole = model.decode(codes, 0, codes.length);
        for (int piece : new int[] {1, 100, 777, 5000}) {
            float[] sound = new float[whole.length];
            int[] count = {0};
            StreamDecoder decoder = new StreamDecoder(model, piece, (audio, offset, frames) -> {
                System.arraycopy(audio, offset, sound, count[0], frames);
                count[0] += frames;
            });
            int step = piece == 1 ? 50 : 211;
            int last = piece == 1 ? 300 : codes.length;
            for (int i = 0; i < last; i += step) {
                decoder.write(codes, i, Math.min(step, last - i));
            }
            decoder.finish();
            assertThat(count[0]).isEqualTo(last * config.hop());
            int compared = last == codes.length ? count[0] : count[0] - config.decoderReach() * config.hop();
            assertThat(Arrays.copyOf(sound, compared)).as("pieces of " + piece)
                    .containsExactly(Arrays.copyOf(whole, compared), within(1e-5f));
        }
    }

    private int[] encode(float[] audio, int piece, int step) throws IOException {
        int[] codes = new int[audio.length / config.hop() + 1];
        int[] count = {0};
        StreamEncoder encoder = new StreamEncoder(model, piece, (some, from, to) -> {
            System.arraycopy(some, from, codes, count[0], to - from);
            count[0] += to - from;
        });
        for (int i = 0; i < audio.length; i += step) {
            encoder.write(audio, i, Math.min(step, audio.length - i));
        }
        assertThat(encoder.finish()).isEqualTo(audio.length);
        return Arrays.copyOf(codes, count[0]);
    }

    private static float[] noise(int length) {
        SplittableRandom random = new SplittableRandom(5);
        float[] noise = new float[length];
        for (int i = 0; i < length; i++) {
            noise[i] = (float) (40 * random.nextDouble() - 20);
        }
        return noise;
    }
}
