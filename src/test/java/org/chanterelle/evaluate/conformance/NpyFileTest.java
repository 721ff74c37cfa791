package org.chanterelle.evaluate.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.chanterelle.signal.UserError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NpyFileTest {
    @TempDir
    Path folder;

    @Test
    void readsWhatItWrote() throws IOException {
        for (int[] shape : new int[][] {{}, {0}, {3}, {2, 3}, {1, 2, 2}}) {
            double[] values = new double[NpyArray.size(shape)];
            Arrays.setAll(values, i -> i * Math.PI - 2);
            Path file = folder.resolve("a.npy");
            NpyFile.write(file, new NpyArray(shape, values));
            NpyArray back = NpyFile.read(file);
            assertThat(back.shape()).containsExactly(shape);
            assertThat(back.values()).containsExactly(values);
            assertThat(Files.size(file) % 64).isEqualTo(values.length * 8 % 64);
        }
    }

    @Test
    void readsFloatsAndIntegers() throws IOException {
        ByteBuffer floats = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putFloat(0.5f).putFloat(-2f);
        assertThat(NpyFile.read(file("<f4", "(2,)", floats.array())).values()).containsExactly(0.5, -2);
        ByteBuffer ints = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putInt(-7).putInt(9);
        assertThat(NpyFile.read(file("<i4", "(1, 2)", ints.array())).values()).containsExactly(-7, 9);
    }

    @Test
    void refusesMoreValuesThanTheFileHolds() throws IOException {
        Path file = file("<f4", "(1000000, 1000000)", new byte[8]);
        assertThatThrownBy(() -> NpyFile.read(file)).isInstanceOf(UserError.class).hasMessageContaining("bytes of values");
    }

    @Test
    void refusesWhatIsNoArray() throws IOException {
        Path text = Files.writeString(folder.resolve("text.npy"), "hello");
        assertThatThrownBy(() -> NpyFile.read(text)).isInstanceOf(UserError.class);
        Path longer = Files.writeString(folder.resolve("longer.npy"), "hello, this is no array");
        assertThatThrownBy(() -> NpyFile.read(longer)).isInstanceOf(UserError.class);
        Path objects = file("|O8", "(1,)", new byte[8]);
        assertThatThrownBy(() -> NpyFile.read(objects)).isInstanceOf(UserError.class);
        assertThatThrownBy(() -> NpyFile.read(folder.resolve("none.npy"))).isInstanceOf(UserError.class);
    }

    private Path file(String type, String shape, byte[] values) throws IOException {
        String header = "{'descr': '" + type + "', 'fortran_order': False, 'shape': " + shape + ", }\n";
        ByteBuffer bytes = ByteBuffer.allocate(10 + header.length() + values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0}).putShort((short) header.length());
        bytes.put(header.getBytes(StandardCharsets.ISO_8859_1)).put(values);
        return Files.write(folder.resolve("made.npy"), bytes.array());
    }
}
