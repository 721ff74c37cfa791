package org.chanterelle.train.soundfont;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.chanterelle.signal.UserError;

/**
 * What an SF2 or SF3 file holds, without its sound: which sample a key plays. Generators other than the ranges are left to the
 * synthesiser.
 */
public final class SoundFont {
    private static final int PRESET_BYTES = 38;
    private static final int INSTRUMENT_BYTES = 22;
    private static final int ZONE_BYTES = 4;
    private static final int GENERATOR_BYTES = 4;
    private static final int NAME_BYTES = 20;
    private static final int KEY_RANGE = 43;
    private static final int VELOCITY_RANGE = 44;
    private static final int INSTRUMENT = 41;
    private static final int SAMPLE = 53;

    private final Path file;
    private final Map<String, String> info;
    private final Map<Integer, List<Zone>> presets = new HashMap<>();
    private final List<List<Zone>> instruments = new ArrayList<>();

    /** Keys and velocities, and the instrument or the sample that they lead to. */
    private record Zone(int keyLow, int keyHigh, int velocityLow, int velocityHigh, int target) {
        private static final Zone ALL = new Zone(0, 127, 0, 127, -1);

        boolean holds(int key, int velocity) {
            return key >= keyLow && key <= keyHigh && velocity >= velocityLow && velocity <= velocityHigh;
        }
    }

    private SoundFont(Path file, SoundFontChunks chunks) {
        this.file = file;
        info = chunks.info();
        ByteBuffer names = chunks.data("inst");
        for (int i = 0; i + 1 < count(names, INSTRUMENT_BYTES); i++) {
            instruments.add(zones(chunks, "ibag", "igen", SAMPLE, bag(names, i, INSTRUMENT_BYTES, NAME_BYTES),
                    bag(names, i + 1, INSTRUMENT_BYTES, NAME_BYTES)));
        }
        ByteBuffer headers = chunks.data("phdr");
        for (int i = 0; i + 1 < count(headers, PRESET_BYTES); i++) {
            int at = i * PRESET_BYTES + NAME_BYTES;
            int key = key(unsigned(headers, at + 2), unsigned(headers, at));
            presets.putIfAbsent(key, zones(chunks, "pbag", "pgen", INSTRUMENT, bag(headers, i, PRESET_BYTES, NAME_BYTES + 4),
                    bag(headers, i + 1, PRESET_BYTES, NAME_BYTES + 4)));
        }
    }

    /**
     * Reads a sound font's tables.
     *
     * @throws UserError when it is missing, damaged or no sound font
     */
    public static SoundFont read(Path file) {
        SoundFontChunks chunks = SoundFontChunks.read(file);
        try {
            return new SoundFont(file, chunks);
        } catch (IndexOutOfBoundsException e) {
            throw new UserError(file + ": not a sound font: a table points beyond its end. Install or copy it again", e);
        }
    }

    /** The file. */
    public Path file() {
        return file;
    }

    /** What the font says of itself under one of the format's four-letter names, such as ICOP; empty if nothing. */
    public String info(String name) {
        return info.getOrDefault(name, "");
    }

    /** Whether it has a program in General MIDI's bank. */
    public boolean hasProgram(int program) {
        return presets.containsKey(key(0, program));
    }

    /** Numbers of the samples that a key plays in General MIDI's bank, rising; two for stereo, none if nothing sounds. */
    public Set<Integer> samples(int program, int key, int velocity) {
        Set<Integer> samples = new TreeSet<>();
        for (Zone preset : presets.getOrDefault(key(0, program), List.of())) {
            if (preset.holds(key, velocity) && preset.target < instruments.size()) {
                for (Zone zone : instruments.get(preset.target)) {
                    if (zone.holds(key, velocity)) {
                        samples.add(zone.target);
                    }
                }
            }
        }
        return samples;
    }

    private static int key(int bank, int program) {
        return bank << 16 | program;
    }

    private static int count(ByteBuffer table, int bytes) {
        return table.capacity() / bytes;
    }

    private static int unsigned(ByteBuffer table, int at) {
        return table.getShort(at) & 0xffff;
    }

    private static int bag(ByteBuffer headers, int i, int bytes, int offset) {
        return unsigned(headers, i * bytes + offset);
    }

    /** The zones of one preset or instrument; a first one without target is the others' default. */
    private static List<Zone> zones(SoundFontChunks chunks, String bags, String generators, int target, int from, int to) {
        ByteBuffer bag = chunks.data(bags);
        ByteBuffer table = chunks.data(generators);
        List<Zone> zones = new ArrayList<>();
        Zone general = Zone.ALL;
        for (int i = from; i < to; i++) {
            Zone zone = zone(table, target, general, unsigned(bag, i * ZONE_BYTES), unsigned(bag, (i + 1) * ZONE_BYTES));
            if (zone.target >= 0) {
                zones.add(zone);
            } else if (i == from) {
                general = zone;
            }
        }
        return zones;
    }

    private static Zone zone(ByteBuffer table, int targetOperator, Zone start, int from, int to) {
        Zone zone = start;
        for (int i = from; i < to; i++) {
            int operator = unsigned(table, i * GENERATOR_BYTES);
            int amount = unsigned(table, i * GENERATOR_BYTES + 2);
            if (operator == KEY_RANGE) {
                zone = new Zone(amount & 0xff, amount >> 8, zone.velocityLow, zone.velocityHigh, zone.target);
            } else if (operator == VELOCITY_RANGE) {
                zone = new Zone(zone.keyLow, zone.keyHigh, amount & 0xff, amount >> 8, zone.target);
            } else if (operator == targetOperator) {
                zone = new Zone(zone.keyLow, zone.keyHigh, zone.velocityLow, zone.velocityHigh, amount);
            }
        }
        return zone;
    }
}
