package org.chanterelle.train.soundfont;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.chanterelle.signal.UserError;

/** The tables of an SF2 or SF3 file, which is RIFF; the sound itself is passed over. */
final class SoundFontChunks {
    private static final long MAX_TABLE_BYTES = 32L << 20;
    private static final long MAX_INFO_BYTES = 1L << 16;
    private static final int MAX_CHUNKS = 1000;
    private static final int HEADER_BYTES = 8;

    private final Path file;
    private final SeekableByteChannel channel;
    private final Map<String, ByteBuffer> tables = new HashMap<>();
    private final Map<String, String> info = new HashMap<>();
    private int chunks;

    private SoundFontChunks(Path file, SeekableByteChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    static SoundFontChunks read(Path file) {
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            SoundFontChunks chunks = new SoundFontChunks(file, channel);
            chunks.readAll();
            return chunks;
        } catch (NoSuchFileException e) {
            throw new UserError(file + ": no such sound font. Check the path, or install one: apt-get install fluid-soundfont-gm",
                    e);
        } catch (IOException e) {
            throw new UserError(file + ": cannot be read: " + e.getMessage() + ". Install or copy it again", e);
        }
    }

    /** A table of the format, by its four-letter name. */
    ByteBuffer data(String name) {
        ByteBuffer table = tables.get(name);
        if (table == null) {
            throw damaged("it has no table " + name);
        }
        return table;
    }

    /** What the font says of itself. */
    Map<String, String> info() {
        return info;
    }

    private void readAll() throws IOException {
        ByteBuffer head = fill(12);
        if (!name(head).equals("RIFF") || !text(head, 8, 4).equals("sfbk")) {
            throw damaged("it does not begin as one");
        }
        while (channel.position() + HEADER_BYTES <= channel.size()) {
            ByteBuffer header = fill(HEADER_BYTES);
            long end = end(header);
            if (name(header).equals("LIST") && end - channel.position() >= 4) {
                readList(text(fill(4), 0, 4), end);
            }
            channel.position(end);
        }
    }

    private void readList(String list, long end) throws IOException {
        if (!list.equals("INFO") && !list.equals("pdta")) {
            return;
        }
        while (channel.position() + HEADER_BYTES <= end) {
            ByteBuffer header = fill(HEADER_BYTES);
            long next = end(header);
            long bytes = (header.getInt(4) & 0xffffffffL);
            if (bytes > (list.equals("INFO") ? MAX_INFO_BYTES : MAX_TABLE_BYTES)) {
                throw damaged("its table " + name(header) + " has " + bytes + " bytes");
            }
            ByteBuffer contents = fill((int) bytes);
            if (list.equals("INFO")) {
                info.put(name(header), text(contents, 0, contents.capacity()));
            } else {
                tables.put(name(header), contents);
            }
            channel.position(next);
        }
    }

    /** Where the chunk ends whose header was just read; chunks have even lengths. */
    private long end(ByteBuffer header) throws IOException {
        if (++chunks > MAX_CHUNKS) {
            throw damaged("it has more than " + MAX_CHUNKS + " chunks");
        }
        long bytes = header.getInt(4) & 0xffffffffL;
        long end = channel.position() + bytes + (bytes & 1);
        if (end > channel.size() + 1) {
            throw damaged("it ends within its chunk " + name(header));
        }
        return Math.min(end, channel.size());
    }

    private ByteBuffer fill(int bytes) throws IOException {
        if (bytes > channel.size() - channel.position()) {
            throw damaged("it ends too early");
        }
        ByteBuffer buffer = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                throw damaged("it ends too early");
            }
        }
        return buffer.flip();
    }

    private UserError damaged(String why) {
        return new UserError(file + ": not a sound font (SF2 or SF3): " + why + ". Install or copy it again");
    }

    private static String name(ByteBuffer header) {
        return text(header, 0, 4);
    }

    private static String text(ByteBuffer from, int at, int bytes) {
        String text = new String(from.array(), at, bytes, StandardCharsets.ISO_8859_1);
        int end = text.indexOf('\0');
        return (end < 0 ? text : text.substring(0, end)).strip();
    }
}
