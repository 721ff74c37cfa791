package org.chanterelle.live;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import org.chanterelle.model.Tensor;

/**
 * Names of what is kept in the user's own cache: 64 bits of two checksums. They guard against another model, not against an enemy, and
 * take milliseconds where SHA-256 took a quarter of a second at each start, before it is compiled.
 */
final class Fingerprint {
    private static final int BUFFER_FLOATS = 1 << 14;
    private static final int CRC_DIGITS = 8;

    private final CRC32 one = new CRC32();
    private final CRC32C other = new CRC32C();

    private Fingerprint() {}

    /** The name of what a text and weights make, 16 hexadecimal digits. */
    static String of(String text, Map<String, Tensor> weights) {
        Fingerprint print = new Fingerprint();
        print.add(text);
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * BUFFER_FLOATS).order(ByteOrder.LITTLE_ENDIAN);
        new TreeMap<>(weights).forEach((name, tensor) -> {
            print.add(name);
            float[] values = tensor.values();
            for (int at = 0; at < values.length; at += BUFFER_FLOATS) {
                int count = Math.min(BUFFER_FLOATS, values.length - at);
                bytes.asFloatBuffer().put(values, at, count);
                print.add(bytes.array(), Float.BYTES * count);
            }
        });
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(print.one.getValue(), CRC_DIGITS) + hex.toHexDigits(print.other.getValue(), CRC_DIGITS);
    }

    private void add(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        add(bytes, bytes.length);
        // Else "a" and "bc" would be as "ab" and "c".
        add(new byte[1], 1);
    }

    private void add(byte[] bytes, int length) {
        one.update(bytes, 0, length);
        other.update(bytes, 0, length);
    }
}
