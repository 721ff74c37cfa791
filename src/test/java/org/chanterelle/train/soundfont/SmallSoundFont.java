package org.chanterelle.train.soundfont;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A sound font of two looped sines, one for the keys up to 65 and one for those above, played by the programs 40 and 73. Program 73
 * has nothing below key 60.
 */
public final class SmallSoundFont {
    private static final int RATE_HZ = 44_100;
    private static final int SAMPLE_FRAMES = 4_410;
    private static final int SILENCE_FRAMES = 46;

    private SmallSoundFont() {}

    /** Writes the font. */
    public static Path write(Path file) {
        try {
            return Files.write(file, bytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] bytes() {
        byte[] info = join(list("INFO"), chunk("ifil", shorts(2, 1)), chunk("isng", text("EMU8000", 8)),
                chunk("INAM", text("Two sines", 10)), chunk("ICOP", text("nobody", 8)));
        byte[] sound = join(list("sdta"), chunk("smpl", join(sine(), sine())));
        byte[] tables = join(list("pdta"), chunk("phdr", presets()), chunk("pbag", shorts(0, 0, 1, 0, 3, 0)),
                chunk("pmod", new byte[10]), chunk("pgen", shorts(41, 0, 43, 60 | 127 << 8, 41, 0, 0, 0)),
                chunk("inst", instruments()), chunk("ibag", shorts(0, 0, 1, 0, 4, 0, 7, 0)), chunk("imod", new byte[10]),
                chunk("igen", shorts(54, 1, 43, 65 << 8, 54, 1, 53, 0, 43, 66 | 127 << 8, 54, 1, 53, 1, 0, 0)),
                chunk("shdr", samples()));
        byte[] all = join("sfbk".getBytes(StandardCharsets.ISO_8859_1), chunk("LIST", info), chunk("LIST", sound),
                chunk("LIST", tables));
        return chunk("RIFF", all);
    }

    private static byte[] presets() {
        return join(preset("violin", 40, 0), preset("flute", 73, 1), preset("EOP", 0, 2));
    }

    private static byte[] preset(String name, int program, int bag) {
        return join(text(name, 20), shorts(program, 0, bag), new byte[12]);
    }

    /** The first zone of the instrument is its default. */
    private static byte[] instruments() {
        return join(text("sines", 20), shorts(0), text("EOI", 20), shorts(3));
    }

    private static byte[] samples() {
        byte[] all = {};
        for (int i = 0; i < 2; i++) {
            int start = i * (SAMPLE_FRAMES + SILENCE_FRAMES);
            all = join(all, text("sine " + i, 20), ints(start, start + SAMPLE_FRAMES, start + 100, start + 4_100, RATE_HZ),
                    new byte[] {69, 0}, shorts(0, 1));
        }
        return join(all, text("EOS", 20), new byte[26]);
    }

    /** 441 Hz in whole periods of 100 frames. */
    private static byte[] sine() {
        ByteBuffer bytes = ByteBuffer.allocate(2 * (SAMPLE_FRAMES + SILENCE_FRAMES)).order(ByteOrder.LITTLE_ENDIAN);
        for (int n = 0; n < SAMPLE_FRAMES; n++) {
            bytes.putShort((short) Math.round(20_000 * Math.sin(2 * Math.PI * n / 100)));
        }
        return bytes.array();
    }

    private static byte[] list(String name) {
        return name.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] chunk(String name, byte[] contents) {
        return join(list(name), ints(contents.length), contents);
    }

    private static byte[] text(String text, int bytes) {
        return java.util.Arrays.copyOf(text.getBytes(StandardCharsets.ISO_8859_1), bytes);
    }

    private static byte[] shorts(int... values) {
        ByteBuffer bytes = ByteBuffer.allocate(2 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (int value : values) {
            bytes.putShort((short) value);
        }
        return bytes.array();
    }

    private static byte[] ints(int... values) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (int value : values) {
            bytes.putInt(value);
        }
        return bytes.array();
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        List.of(parts).forEach(all::writeBytes);
        return all.toByteArray();
    }
}
