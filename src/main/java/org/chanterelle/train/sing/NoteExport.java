package org.chanterelle.train.sing;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.chanterelle.audiofile.OutputFile;
import org.chanterelle.model.sing.SingConfig;
import org.chanterelle.train.notes.NoteEntry;
import org.chanterelle.train.notes.NoteFolder;

/**
 * All that training in PyTorch needs, in one file: a gzipped safetensors file of bytes with the settings and the network in its
 * metadata. Sound is stored as differences of 16-bit numbers, their high bytes apart from the low ones: so it compresses.
 */
public final class NoteExport {
    /** Instrument in two bytes, low one first; pitch from the lowest; velocity; set. */
    private static final int SYMBOL_BYTES = 5;

    private static final Gson GSON = new Gson();

    private NoteExport() {}

    /**
     * Writes {@code file}, replacing what is there.
     *
     * @param most notes, spread evenly over all; 0 for all
     * @return notes written
     */
    public static int write(Path data, SingTrainingConfig settings, Path file, int most) {
        SingNotes notes = SingNotes.open(data, settings);
        List<NoteEntry> all = notes.all();
        int count = most == 0 ? all.size() : Math.min(most, all.size());
        int[] chosen = IntStream.range(0, count).map(i -> (int) ((long) i * all.size() / count)).toArray();
        OutputFile.write(file, true, path -> {
            try (OutputStream out = new GZIPOutputStream(new BufferedOutputStream(Files.newOutputStream(path)))) {
                header(out, count, settings, notes.config(), notes.instruments());
                for (int i : chosen) {
                    out.write(symbols(notes, all.get(i), i));
                }
                for (int i : chosen) {
                    out.write(planes(notes.samples(all.get(i))));
                }
            }
        });
        return count;
    }

    private static void header(OutputStream out, int count, SingTrainingConfig settings, SingConfig network, Object instruments)
            throws IOException {
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("settings", GSON.toJson(settings));
        metadata.put("network", GSON.toJson(network));
        metadata.put("instruments", GSON.toJson(instruments));
        JsonObject header = new JsonObject();
        header.add("__metadata__", GSON.toJsonTree(metadata));
        long symbolBytes = (long) count * SYMBOL_BYTES;
        header.add("symbols", entry(0, symbolBytes, count, SYMBOL_BYTES));
        long end = symbolBytes + (long) count * 2 * NoteFolder.FRAMES;
        header.add("planes", entry(symbolBytes, end, count, 2, NoteFolder.FRAMES));
        byte[] json = header.toString().getBytes(StandardCharsets.UTF_8);
        out.write(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(json.length).array());
        out.write(json);
    }

    private static byte[] symbols(SingNotes notes, NoteEntry note, int index) {
        SingNotes.Symbols rows = notes.symbols(List.of(note));
        int instrument = rows.instruments()[0];
        return new byte[] {(byte) instrument, (byte) (instrument >> 8), (byte) rows.pitches()[0], (byte) rows.velocities()[0],
                (byte) notes.set(index).ordinal()};
    }

    private static byte[] planes(short[] samples) {
        byte[] planes = new byte[2 * NoteFolder.FRAMES];
        short before = 0;
        for (int n = 0; n < NoteFolder.FRAMES; n++) {
            short difference = (short) (samples[n] - before);
            before = samples[n];
            planes[n] = (byte) difference;
            planes[NoteFolder.FRAMES + n] = (byte) (difference >> 8);
        }
        return planes;
    }

    private static JsonObject entry(long from, long to, int... shape) {
        JsonObject entry = new JsonObject();
        entry.addProperty("dtype", "U8");
        JsonArray lengths = new JsonArray();
        for (int length : shape) {
            lengths.add(length);
        }
        entry.add("shape", lengths);
        JsonArray offsets = new JsonArray();
        offsets.add(from);
        offsets.add(to);
        entry.add("data_offsets", offsets);
        return entry;
    }
}
