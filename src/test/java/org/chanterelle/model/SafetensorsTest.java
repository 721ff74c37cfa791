package org.chanterelle.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.chanterelle.signal.UserError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsTest {
    @TempDir
    Path folder;

    private static Map<String, Tensor> tensors() {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("a.weight", new Tensor(new int[] {2, 3}, new float[] {0f, 1f, -2.5f, 0.125f, 1000f, -0.0625f}));
        tensors.put("b", new Tensor(new int[] {1}, new float[] {7f}));
        return tensors;
    }

    private Path written(Safetensors.Precision precision) throws IOException {
        Path file = folder.resolve("w.safetensors");
        try (var out = Files.newOutputStream(file)) {
            Safetensors.write(out, tensors(), precision);
        }
        return file;
    }

    private Path withHeader(String header, int dataBytes) throws IOException {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer buffer = ByteBuffer.allocate(8 + json.length + dataBytes).order(ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(json.length).put(json);
        return Files.write(folder.resolve("h.safetensors"), buffer.array());
    }

    @Test
    void readsBackWhatItWroteInBothPrecisions() throws IOException {
        for (Safetensors.Precision precision : Safetensors.Precision.values()) {
            Map<String, Tensor> read = Safetensors.read(written(precision));
            assertThat(read.keySet()).containsExactly("a.weight", "b");
            assertThat(read.get("a.weight").shape()).containsExactly(2, 3);
            assertThat(read.get("a.weight").values()).containsExactly(tensors().get("a.weight").values());
        }
    }

    @Test
    void rejectsEveryTruncation() throws IOException {
        byte[] whole = Files.readAllBytes(written(Safetensors.Precision.F16));
        for (int length = 0; length < whole.length; length += 3) {
            Path cut = Files.write(folder.resolve("cut.safetensors"), java.util.Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> Safetensors.read(cut)).isInstanceOf(UserError.class).hasMessageContaining("cut.safetensors");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "{\"a\":{\"dtype\":\"F32\",\"shape\":[1000000000],\"data_offsets\":[0,4000000000]}}",
            "{\"a\":{\"dtype\":\"F32\",\"shape\":[2147483647,2147483647,2147483647],\"data_offsets\":[0,8]}}",
            "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[-8,0]}}",
            "{\"a\":{\"dtype\":\"F32\",\"shape\":[-2],\"data_offsets\":[0,8]}}",
            "{\"a\":{\"dtype\":\"I64\",\"shape\":[1],\"data_offsets\":[0,8]}}",
            "{\"a\":{\"dtype\":\"F32\",\"shape\":[2]}}",
            "{\"a\":12}",
            "[]",
            "not json"
    })
    void rejectsHeadersThatLie(String header) throws IOException {
        Path file = withHeader(header, 8);
        assertThatThrownBy(() -> Safetensors.read(file)).isInstanceOf(UserError.class).hasMessageContaining("h.safetensors");
    }

    @Test
    void boundsTheHeaderBeforeAllocatingIt() throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN).putLong(Long.MAX_VALUE);
        Path file = Files.write(folder.resolve("big.safetensors"), buffer.array());
        assertThatThrownBy(() -> Safetensors.read(file)).isInstanceOf(UserError.class).hasMessageContaining("header");
    }
}
