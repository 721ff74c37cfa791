package org.chanterelle.driver.javasound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PcmCodecTest {
    @Test
    void sixteenBitsAreLittleEndianAndSaturate() {
        byte[] bytes = new byte[16];
        new PcmCodec(16, 2).encode(new float[] {0.5f, 1f, -1f, Float.NaN}, new float[] {-0.5f, 2f, -2f, 0f}, bytes, 4);
        assertThat(bytes).containsExactly(0, 0x40, 0, 0xc0, 0xff, 0x7f, 0xff, 0x7f, 0, 0x80, 0, 0x80, 0, 0, 0, 0);
    }

    @Test
    void twentyFourBitsAreLittleEndianAndSaturate() {
        byte[] bytes = new byte[12];
        new PcmCodec(24, 2).encode(new float[] {0.5f, 1f}, new float[] {-1f, Float.POSITIVE_INFINITY}, bytes, 2);
        assertThat(bytes).containsExactly(0, 0, 0x40, 0, 0, 0x80, 0xff, 0xff, 0x7f, 0xff, 0xff, 0x7f);
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 24})
    void theMeanOfWhatWasEncodedIsDecodedWithinHalfAStep(int bits) {
        Random random = new Random(bits);
        float[] left = new float[1000];
        float[] right = new float[1000];
        for (int i = 0; i < left.length; i++) {
            left[i] = random.nextFloat(-0.99f, 0.99f);
            right[i] = random.nextFloat(-0.99f, 0.99f);
        }
        PcmCodec codec = new PcmCodec(bits, 2);
        byte[] bytes = new byte[1000 * codec.frameBytes()];
        codec.encode(left, right, bytes, 1000);
        float[] mono = new float[1000];
        codec.decode(bytes, mono, 1000);
        for (int i = 0; i < mono.length; i++) {
            assertThat(mono[i]).isCloseTo((left[i] + right[i]) / 2, within(0.5f / (1 << bits - 1) + 1e-7f));
        }
    }

    @Test
    void oneChannelIsDecodedAsItIs() {
        float[] mono = new float[3];
        new PcmCodec(16, 1).decode(new byte[] {0, (byte) 0x80, (byte) 0xff, (byte) 0xff, 0, 0x40}, mono, 3);
        assertThat(mono).containsExactly(-1f, -1f / 32768, 0.5f);
    }
}
