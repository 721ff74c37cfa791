package org.chanterelle.train.jukebox;

import ai.djl.Device;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.chanterelle.audiofile.AudioReader;
import org.chanterelle.audiofile.OutputFile;
import org.chanterelle.model.jukebox.StreamEncoder;
import org.chanterelle.model.jukebox.VqVae;
import org.chanterelle.model.jukebox.VqVaeFolder;
import org.chanterelle.rt.dsp.Resampler;
import org.chanterelle.signal.UserError;

/**
 * Codes of a music folder's recordings, made once and kept below it in {@code codes/CHECKSUM}, one file for each recording: its number of
 * codes, its length in audio frames, the codes as 16 bits and their CRC-32C.
 */
final class CodeStore implements AutoCloseable {
    private static final int MAX_CODES = 1 << 28;

    private final Path folder;
    private final VqVae model;
    private final int rateHz;

    /** Codes of a recording and its length in audio frames. */
    record Coded(int[] codes, long frames) {}

    /** Of the recordings below {@code data}, by one level's autoencoder. */
    CodeStore(Path data, VqVaeFolder autoencoder, Device device) {
        folder = data.resolve("codes").resolve(String.format("%08x", autoencoder.checksum()));
        model = new VqVae(autoencoder, device);
        rateHz = model.config().sampleRateHz();
    }

    /**
     * The codes of a recording, its channels mixed evenly.
     *
     * @param name path below the music folder
     * @throws UserError when it cannot be read, or its codes cannot be kept
     */
    Coded of(String name, Path recording) {
        Path kept = folder.resolve(name + ".codes");
        if (Files.exists(kept)) {
            return load(kept);
        }
        Coded coded = encode(recording);
        try {
            Files.createDirectories(kept.getParent());
        } catch (IOException e) {
            throw new UserError(kept.getParent() + ": cannot be made: " + e.getMessage() + ". Make the music folder writable", e);
        }
        OutputFile.write(kept, true, partial -> {
            try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(partial))) {
                byte[] packed = packed(coded.codes);
                out.writeInt(coded.codes.length);
                out.writeLong(coded.frames);
                out.write(packed);
                out.writeInt(checksum(packed));
            }
        });
        return coded;
    }

    private Coded encode(Path recording) {
        var clip = AudioReader.read(recording);
        float[] audio = Resampler.resample(clip.mono(), clip.sampleRateHz(), rateHz);
        int[] codes = new int[Math.ceilDiv(audio.length, model.config().hop())];
        int[] count = new int[1];
        StreamEncoder encoder = new StreamEncoder(model, 0, (some, from, to) -> {
            System.arraycopy(some, from, codes, count[0], to - from);
            count[0] += to - from;
        });
        try {
            encoder.write(audio, 0, audio.length);
            encoder.finish();
        } catch (IOException e) {
            throw new UserError(recording + ": cannot be encoded: " + e.getMessage(), e);
        }
        return new Coded(codes, audio.length);
    }

    private static Coded load(Path file) {
        try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
            int count = in.readInt();
            long frames = in.readLong();
            if (count < 1 || count > MAX_CODES || Files.size(file) != 16L + 2L * count) {
                throw damaged(file);
            }
            byte[] packed = in.readNBytes(2 * count);
            if (in.readInt() != checksum(packed)) {
                throw damaged(file);
            }
            ByteBuffer bytes = ByteBuffer.wrap(packed);
            int[] codes = new int[count];
            Arrays.setAll(codes, i -> bytes.getShort(2 * i) & 0xFFFF);
            return new Coded(codes, frames);
        } catch (IOException e) {
            throw new UserError(file + ": cannot be read: " + e.getMessage() + ". Delete it to encode its recording again", e);
        }
    }

    private static UserError damaged(Path file) {
        return new UserError(file + ": damaged. Delete it to encode its recording again");
    }

    private static byte[] packed(int[] codes) {
        ByteBuffer bytes = ByteBuffer.allocate(2 * codes.length);
        for (int code : codes) {
            bytes.putShort((short) code);
        }
        return bytes.array();
    }

    private static int checksum(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return (int) crc.getValue();
    }

    @Override
    public void close() {
        model.close();
    }
}
