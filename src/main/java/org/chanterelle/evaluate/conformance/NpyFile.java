package org.chanterelle.evaluate.conformance;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.chanterelle.signal.UserError;

/** Reads and writes NumPy's .npy files, version 1, little endian, C order. */
final class NpyFile {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};
    private static final int PREFIX_BYTES = MAGIC.length + 2;
    private static final int ALIGNMENT_BYTES = 64;
    private static final long MAX_BYTES = 1L << 28;
    private static final Pattern HEADER = Pattern.compile(
            "\\{\\s*'descr':\\s*'([<|][fiub]\\d)',\\s*'fortran_order':\\s*(True|False),\\s*'shape':\\s*\\(([\\d, ]*)\\),?\\s*\\}\\s*");

    private NpyFile() {}

    /** Reads float32, float64, 32- and 64-bit integers, bytes and booleans. */
    static NpyArray read(Path file) {
        ByteBuffer bytes = load(file);
        byte[] magic = new byte[MAGIC.length];
        if (bytes.remaining() < PREFIX_BYTES) {
            throw damaged(file, "at least " + PREFIX_BYTES + " bytes", bytes.remaining() + "");
        }
        bytes.get(magic);
        if (!Arrays.equals(magic, MAGIC)) {
            throw damaged(file, "a NumPy file of version 1.0", "another beginning");
        }
        int headerBytes = Short.toUnsignedInt(bytes.getShort());
        if (bytes.remaining() < headerBytes) {
            throw damaged(file, "a header of " + headerBytes + " bytes", bytes.remaining() + " bytes");
        }
        byte[] text = new byte[headerBytes];
        bytes.get(text);
        Matcher header = HEADER.matcher(new String(text, StandardCharsets.ISO_8859_1));
        if (!header.matches() || header.group(2).equals("True")) {
            throw damaged(file, "a little-endian array of numbers in C order",
                    new String(text, StandardCharsets.ISO_8859_1).strip());
        }
        return values(file, bytes, header.group(1), shape(file, header.group(3)));
    }

    /** Writes float64. The directory must exist. */
    static void write(Path file, NpyArray array) throws IOException {
        StringBuilder header = new StringBuilder("{'descr': '<f8', 'fortran_order': False, 'shape': (");
        for (int length : array.shape()) {
            header.append(length).append(", ");
        }
        header.append("), }");
        while ((PREFIX_BYTES + header.length() + 1) % ALIGNMENT_BYTES != 0) {
            header.append(' ');
        }
        header.append('\n');
        int size = PREFIX_BYTES + header.length() + Double.BYTES * array.values().length;
        ByteBuffer bytes = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(MAGIC).putShort((short) header.length()).put(header.toString().getBytes(StandardCharsets.ISO_8859_1));
        for (double value : array.values()) {
            bytes.putDouble(value);
        }
        Files.write(file, bytes.array());
    }

    private static ByteBuffer load(Path file) {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw damaged(file, "at most " + MAX_BYTES + " bytes", Files.size(file) + "");
            }
            return ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        } catch (IOException e) {
            throw new UserError(file + ": cannot be read (" + e.getMessage() + ")", e);
        }
    }

    private static int[] shape(Path file, String text) {
        try {
            return Pattern.compile(",").splitAsStream(text).map(String::strip).filter(s -> !s.isEmpty())
                    .mapToInt(Integer::parseInt).toArray();
        } catch (NumberFormatException e) {
            throw new UserError(file + ": shape is (" + text + "); expected lengths below 2^31", e);
        }
    }

    private static NpyArray values(Path file, ByteBuffer bytes, String type, int[] shape) {
        long size = 1;
        for (int length : shape) {
            size = Math.min(MAX_BYTES, size * length);
        }
        int width = type.charAt(2) - '0';
        if (bytes.remaining() != size * width) {
            throw damaged(file, size * width + " bytes of values", bytes.remaining() + "");
        }
        double[] values = new double[(int) size];
        for (int i = 0; i < values.length; i++) {
            values[i] = switch (type.substring(1)) {
                case "f4" -> bytes.getFloat();
                case "f8" -> bytes.getDouble();
                case "i4" -> bytes.getInt();
                case "i8" -> bytes.getLong();
                case "u1" -> Byte.toUnsignedInt(bytes.get());
                case "i1", "b1" -> bytes.get();
                default -> throw damaged(file, "f4, f8, i4, i8, i1, u1 or b1", type);
            };
        }
        return new NpyArray(shape, values);
    }

    private static UserError damaged(Path file, String expected, String found) {
        return new UserError(file + ": expected " + expected + "; found " + found + ". Make the file again with numpy.save.");
    }
}
