package org.chanterelle.model;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.chanterelle.signal.UserError;

/**
 * The safetensors file format: an 8-byte length, a JSON header, then raw little-endian values. Reads F16 and F32; nothing in such a
 * file can run. Our own reader rather than DJL's, so that playing needs no engine and every size is bounded before it is believed.
 */
public final class Safetensors {
    private static final long MAX_HEADER_BYTES = 1 << 20;
    private static final long MAX_FILE_BYTES = 1L << 31;

    private Safetensors() {}

    /** Width of the stored numbers. */
    public enum Precision {
        /** IEEE half precision. */
        F16(2),
        /** IEEE single precision. */
        F32(4);

        final int bytes;

        Precision(int bytes) {
            this.bytes = bytes;
        }
    }

    /**
     * Reads all tensors.
     *
     * @throws UserError when the file is missing, truncated or not what its header says
     */
    public static Map<String, Tensor> read(Path file) {
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            long size = channel.size();
            if (size < 8 || size > MAX_FILE_BYTES) {
                throw damaged(file, "a safetensors file of 8 bytes to 2 GiB", size + " bytes");
            }
            long headerBytes = fill(channel, 8, file).getLong();
            if (headerBytes < 2 || headerBytes > Math.min(MAX_HEADER_BYTES, size - 8)) {
                throw damaged(file, "a header of 2 to " + Math.min(MAX_HEADER_BYTES, size - 8) + " bytes", headerBytes + "");
            }
            String json = StandardCharsets.UTF_8.decode(fill(channel, (int) headerBytes, file)).toString();
            ByteBuffer data = fill(channel, Math.toIntExact(size - 8 - headerBytes), file);
            return parse(json, data, file);
        } catch (java.nio.file.NoSuchFileException e) {
            throw new UserError(file + ": weights not found. Copy the model folder again", e);
        } catch (IOException e) {
            throw new UserError(file + ": cannot be read: " + e.getMessage(), e);
        }
    }

    private static ByteBuffer fill(SeekableByteChannel channel, int bytes, Path file) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                throw damaged(file, bytes + " bytes", "the end of the file after " + buffer.position());
            }
        }
        return buffer.flip();
    }

    private static Map<String, Tensor> parse(String json, ByteBuffer data, Path file) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        try {
            for (Map.Entry<String, JsonElement> entry : JsonParser.parseString(json).getAsJsonObject().entrySet()) {
                if (!entry.getKey().equals("__metadata__")) {
                    tensors.put(entry.getKey(), tensor(entry.getKey(), entry.getValue().getAsJsonObject(), data, file));
                }
            }
        } catch (JsonParseException | IllegalStateException | NumberFormatException | NullPointerException
                | ArithmeticException e) {
            throw new UserError(file + ": header is not that of a safetensors file. Copy the model folder again", e);
        }
        return tensors;
    }

    private static Tensor tensor(String name, JsonObject entry, ByteBuffer data, Path file) {
        String type = entry.get("dtype").getAsString();
        if (!type.equals("F16") && !type.equals("F32")) {
            throw damaged(file, name + " as F16 or F32", type);
        }
        Precision precision = Precision.valueOf(type);
        JsonArray sizes = entry.getAsJsonArray("shape");
        int[] shape = new int[sizes.size()];
        for (int i = 0; i < shape.length; i++) {
            shape[i] = sizes.get(i).getAsInt();
            if (shape[i] < 0) {
                throw damaged(file, name + " with a shape of non-negative lengths", sizes.toString());
            }
        }
        JsonArray offsets = entry.getAsJsonArray("data_offsets");
        long from = offsets.get(0).getAsLong();
        long to = offsets.get(1).getAsLong();
        long count = Tensor.size(shape);
        if (from < 0 || to > data.limit() || to - from != count * precision.bytes) {
            throw damaged(file, name + " as " + count + " " + type + " values inside the file",
                    "bytes " + from + " to " + to + " of " + data.limit());
        }
        float[] values = new float[(int) count];
        for (int i = 0; i < values.length; i++) {
            values[i] = switch (precision) {
                case F16 -> Float.float16ToFloat(data.getShort((int) from + 2 * i));
                case F32 -> data.getFloat((int) from + 4 * i);
            };
        }
        return new Tensor(shape, values);
    }

    private static UserError damaged(Path file, String expected, String found) {
        return new UserError(file + ": damaged: expected " + expected + ", found " + found + ". Copy the model folder again");
    }

    /** Writes all tensors in the map's order. */
    public static void write(OutputStream out, Map<String, Tensor> tensors, Precision precision) throws IOException {
        JsonObject header = new JsonObject();
        long offset = 0;
        for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
            long end = offset + (long) entry.getValue().values().length * precision.bytes;
            header.add(entry.getKey(), describe(entry.getValue(), precision, offset, end));
            offset = end;
        }
        byte[] json = header.toString().getBytes(StandardCharsets.UTF_8);
        int padded = (json.length + 7) & ~7;
        ByteBuffer head = ByteBuffer.allocate(8 + padded).order(ByteOrder.LITTLE_ENDIAN);
        head.putLong(padded).put(json);
        while (head.hasRemaining()) {
            head.put((byte) ' ');
        }
        out.write(head.array());
        for (Tensor tensor : tensors.values()) {
            out.write(encode(tensor.values(), precision));
        }
    }

    private static JsonObject describe(Tensor tensor, Precision precision, long from, long to) {
        JsonObject entry = new JsonObject();
        entry.addProperty("dtype", precision.name());
        JsonArray shape = new JsonArray();
        for (int length : tensor.shape()) {
            shape.add(length);
        }
        entry.add("shape", shape);
        JsonArray offsets = new JsonArray();
        offsets.add(from);
        offsets.add(to);
        entry.add("data_offsets", offsets);
        return entry;
    }

    private static byte[] encode(float[] values, Precision precision) {
        ByteBuffer buffer = ByteBuffer.allocate(values.length * precision.bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            switch (precision) {
                case F16 -> buffer.putShort(Float.floatToFloat16(value));
                case F32 -> buffer.putFloat(value);
            }
        }
        return buffer.array();
    }
}
