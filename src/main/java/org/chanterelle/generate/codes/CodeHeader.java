package org.chanterelle.generate.codes;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import org.chanterelle.model.jukebox.VqVaeConfig;
import org.chanterelle.model.jukebox.VqVaeFolder;
import org.chanterelle.signal.UserError;

/**
 * How a file of codes begins; the layout is described in {@code docs/codes.md}.
 *
 * @param level 0 for the bottom one
 * @param bitsPerCode 1 to 16
 * @param sampleRateHz of the audio
 * @param hop audio frames a code
 * @param codebook number of codes that there are
 * @param modelChecksum CRC-32C of the model's weights file
 * @param frames of the audio
 * @param model the model's name
 */
public record CodeHeader(
        int level, int bitsPerCode, int sampleRateHz, int hop, int codebook, int modelChecksum, long frames, String model) {
    static final int VERSION = 1;
    static final int MAX_BYTES = 38 + 256 + 4;

    private static final byte[] MAGIC = "CHCODES\n".getBytes(StandardCharsets.US_ASCII);
    private static final int FIXED_BYTES = 38;
    private static final int MAX_NAME_BYTES = 256;
    private static final long MAX_FRAMES = 1L << 40;

    /** The header of audio encoded by a model. */
    static CodeHeader of(VqVaeFolder model, long frames) {
        VqVaeConfig config = model.card().config();
        return new CodeHeader(config.level(), config.bitsPerCode(), config.sampleRateHz(), config.hop(), config.codes(),
                model.checksum(), frames, model.card().name());
    }

    /** Codes in the file. */
    public long codes() {
        return Math.ceilDiv(frames, (long) hop);
    }

    /** Bytes of the packed codes. */
    long payloadBytes() {
        return Math.ceilDiv(codes() * bitsPerCode, (long) Byte.SIZE);
    }

    /** Bits a second of audio, headers apart. */
    public double bitsPerSecond() {
        return (double) sampleRateHz / hop * bitsPerCode;
    }

    int bytes() {
        return FIXED_BYTES + name().length + Integer.BYTES;
    }

    private byte[] name() {
        byte[] name = model.getBytes(StandardCharsets.UTF_8);
        if (name.length == 0 || name.length > MAX_NAME_BYTES) {
            throw new UserError("model name " + model + ": expected 1 to " + MAX_NAME_BYTES + " bytes. Rename the model folder");
        }
        return name;
    }

    ByteBuffer toBytes() {
        byte[] name = name();
        ByteBuffer buffer = ByteBuffer.allocate(bytes()).order(ByteOrder.LITTLE_ENDIAN);
        buffer.put(MAGIC).putShort((short) VERSION).put((byte) level).put((byte) bitsPerCode);
        buffer.putInt(sampleRateHz).putInt(hop).putInt(codebook).putInt(modelChecksum).putLong(frames);
        buffer.putShort((short) name.length).put(name);
        buffer.putInt(checksum(buffer, buffer.position()));
        return buffer.flip();
    }

    private static int checksum(ByteBuffer buffer, int length) {
        CRC32C crc = new CRC32C();
        crc.update(buffer.array(), 0, length);
        return (int) crc.getValue();
    }

    /** Reads the first bytes of a file; throws UserError if they are none of a header, or damaged. */
    static CodeHeader parse(Path file, byte[] head) {
        ByteBuffer buffer = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
        try {
            byte[] magic = new byte[MAGIC.length];
            buffer.get(magic);
            if (!java.util.Arrays.equals(magic, MAGIC)) {
                throw new UserError(file + ": not a file of codes; expected one that 'chanterelle encode' has written");
            }
            int version = Short.toUnsignedInt(buffer.getShort());
            if (version != VERSION) {
                throw new UserError(file + ": version " + version + " of the code format; expected " + VERSION
                        + ". Update Chanterelle or encode again");
            }
            int level = Byte.toUnsignedInt(buffer.get());
            int bits = Byte.toUnsignedInt(buffer.get());
            int rate = buffer.getInt();
            int hop = buffer.getInt();
            int codebook = buffer.getInt();
            int checksum = buffer.getInt();
            long frames = buffer.getLong();
            int length = Short.toUnsignedInt(buffer.getShort());
            if (length > MAX_NAME_BYTES) {
                throw damaged(file, "header");
            }
            byte[] name = new byte[length];
            buffer.get(name);
            int end = buffer.position();
            CodeHeader header = new CodeHeader(
                    level, bits, rate, hop, codebook, checksum, frames, new String(name, StandardCharsets.UTF_8));
            if (buffer.getInt() != checksum(buffer, end) || !header.isPlausible()) {
                throw damaged(file, "header");
            }
            return header;
        } catch (BufferUnderflowException e) {
            throw new UserError(file + ": ends within its header. Copy it again or encode again", e);
        }
    }

    private boolean isPlausible() {
        return level < 8 && bitsPerCode >= 1 && bitsPerCode <= 16 && sampleRateHz >= 8000 && sampleRateHz <= 48000
                && hop >= 2 && hop <= 4096 && codebook >= 2 && codebook <= 1 << bitsPerCode
                && frames > 0 && frames <= MAX_FRAMES && !model.isBlank();
    }

    static UserError damaged(Path file, String what) {
        return new UserError(file + ": damaged: its " + what + " does not have the checksum it states. Copy it again or encode"
                + " again");
    }

    /** Throws UserError unless the codes are of this very model. */
    public void checkModel(Path file, VqVaeFolder folder) {
        CodeHeader other = of(folder, frames);
        if (level != other.level || hop != other.hop) {
            throw new UserError(
                    file + ": codes of level " + level + ", hop " + hop + "; " + folder.card().name() + " is of level "
                            + other.level + ", hop " + other.hop + ". Give --model " + model);
        }
        if (sampleRateHz != other.sampleRateHz || codebook != other.codebook || modelChecksum != other.modelChecksum) {
            throw new UserError(file + ": encoded by another version of " + model + " than " + folder.path()
                    + "; its codes would be noise. Encode again or give the model that made it");
        }
    }
}
