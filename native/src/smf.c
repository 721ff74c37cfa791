/* Standard MIDI files, as far as a test bench needs them. */
#include "args.h"
#include "script.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_BYTES = 8 << 20, MAX_TEMPI = 100000, TICKS_PER_QUARTER = 480 };

struct reader {
    const char *path;
    const uint8_t *at, *end;
};

struct tempo {
    uint32_t tick;
    uint32_t us_per_quarter;
};

struct song {
    struct script script; /* message frames are ticks until all tracks are read */
    struct tempo *tempi;
    size_t tempo_count;
    uint32_t last_tick;
};

static uint32_t take(struct reader *reader, int bytes) {
    if (reader->end - reader->at < bytes) {
        die("%s: ends within a chunk; not a whole standard MIDI file", reader->path);
    }
    uint32_t value = 0;
    while (bytes-- > 0) {
        value = value << 8 | *reader->at++;
    }
    return value;
}

static uint32_t take_length(struct reader *reader) {
    uint32_t value = 0;
    for (int i = 0; i < 4; i++) {
        uint32_t byte = take(reader, 1);
        value = value << 7 | (byte & 0x7f);
        if (byte < 0x80) {
            return value;
        }
    }
    die("%s: a number of more than four bytes", reader->path);
}

static void skip(struct reader *reader, uint32_t bytes) {
    if ((size_t)(reader->end - reader->at) < bytes) {
        die("%s: an event is longer than its track", reader->path);
    }
    reader->at += bytes;
}

/* True at the end of the track. */
static bool read_meta(struct reader *reader, struct song *song, uint32_t tick) {
    uint32_t type = take(reader, 1);
    uint32_t length = take_length(reader);
    if (type == 0x51 && length == 3 && song->tempo_count < MAX_TEMPI) {
        song->tempi[song->tempo_count++] = (struct tempo){tick, take(reader, 3)};
        return false;
    }
    skip(reader, length);
    return type == 0x2f;
}

static void read_message(struct reader *reader, struct song *song, uint32_t tick, uint8_t status, uint8_t first) {
    uint8_t kind = status & 0xf0;
    uint8_t second = kind == 0xc0 || kind == 0xd0 ? 0 : (uint8_t)take(reader, 1);
    script_add(&song->script, tick, status, first & 0x7f, second & 0x7f);
}

static void read_track(struct reader *reader, struct song *song) {
    uint32_t tick = 0;
    uint8_t running = 0;
    while (reader->at < reader->end) {
        tick += take_length(reader);
        if (tick > song->last_tick) {
            song->last_tick = tick;
        }
        uint8_t byte = (uint8_t)take(reader, 1);
        if (byte == 0xff) {
            if (read_meta(reader, song, tick)) {
                return;
            }
        } else if (byte == 0xf0 || byte == 0xf7) {
            skip(reader, take_length(reader));
        } else if (byte >= 0x80 && byte < 0xf0) {
            running = byte;
            read_message(reader, song, tick, running, (uint8_t)take(reader, 1));
        } else if (byte < 0x80 && running != 0) {
            read_message(reader, song, tick, running, byte);
        } else {
            die("%s: byte 0x%02x where an event was expected", reader->path, byte);
        }
    }
}

static int by_tick(const void *a, const void *b) {
    const struct tempo *left = a, *right = b;
    return (left->tick > right->tick) - (left->tick < right->tick);
}

/* Ticks to frames. Messages and tempi are in order. */
static void to_frames(struct song *song, uint32_t ticks_per_quarter, double rate_hz) {
    double seconds = 0, seconds_per_tick = 0.5 / ticks_per_quarter;
    uint32_t tick = 0;
    size_t next = 0;
    for (size_t i = 0; i <= song->script.message_count; i++) {
        bool end = i == song->script.message_count;
        uint32_t until = end ? song->last_tick : song->script.messages[i].frame;
        for (; next < song->tempo_count && song->tempi[next].tick <= until; next++) {
            seconds += (song->tempi[next].tick - tick) * seconds_per_tick;
            tick = song->tempi[next].tick;
            seconds_per_tick = song->tempi[next].us_per_quarter * 1e-6 / ticks_per_quarter;
        }
        seconds += (until - tick) * seconds_per_tick;
        tick = until;
        if (seconds > 3600 * 4) {
            die("a MIDI file of more than four hours");
        }
        *(end ? &song->script.frames : &song->script.messages[i].frame) = (uint32_t)lround(seconds * rate_hz);
    }
}

static uint8_t *read_file(const char *path, size_t *size) {
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        die("%s: cannot be read", path);
    }
    uint8_t *bytes = allocate(MAX_BYTES + 1, 1);
    *size = fread(bytes, 1, MAX_BYTES + 1, file);
    fclose(file);
    if (*size > MAX_BYTES) {
        die("%s: larger than %d MiB", path, MAX_BYTES >> 20);
    }
    return bytes;
}

struct script smf_read(const char *path, double rate_hz) {
    size_t size;
    uint8_t *bytes = read_file(path, &size);
    struct reader reader = {path, bytes, bytes + size};
    if (size < 14 || memcmp(bytes, "MThd\0\0\0\6", 8) != 0) {
        die("%s: not a standard MIDI file", path);
    }
    skip(&reader, 8);
    uint32_t format = take(&reader, 2), tracks = take(&reader, 2), division = take(&reader, 2);
    if (format > 1 || division == 0 || division >= 0x8000) {
        die("%s: format %u, division 0x%04x; expected format 0 or 1 and ticks per quarter note", path, format, division);
    }
    struct song song = {.tempi = allocate(MAX_TEMPI, sizeof *song.tempi)};
    for (uint32_t i = 0; i < tracks && reader.at < reader.end; i++) {
        bool is_track = take(&reader, 4) == 0x4d54726b;
        struct reader chunk = {path, NULL, NULL};
        uint32_t length = take(&reader, 4);
        chunk.at = reader.at;
        skip(&reader, length);
        chunk.end = reader.at;
        if (is_track) {
            read_track(&chunk, &song);
        }
    }
    script_sort(&song.script);
    qsort(song.tempi, song.tempo_count, sizeof *song.tempi, by_tick);
    to_frames(&song, division, rate_hz);
    free(song.tempi);
    free(bytes);
    return song.script;
}

static void put(FILE *file, uint32_t value, int bytes) {
    while (bytes-- > 0) {
        fputc((int)(value >> (8 * bytes) & 0xff), file);
    }
}

static void put_length(FILE *file, uint32_t value) {
    for (int shift = 21; shift > 0; shift -= 7) {
        if (value >> shift != 0) {
            fputc((int)(0x80 | (value >> shift & 0x7f)), file);
        }
    }
    fputc((int)(value & 0x7f), file);
}

/* Each voice repeats its note every two seconds, one tick after it ended; the voices begin one after another. */
static void write_voices(struct script *script, int voices, uint32_t ticks) {
    const uint32_t every = 4 * TICKS_PER_QUARTER;
    for (int voice = 0; voice < voices; voice++) {
        uint8_t pitch = (uint8_t)(55 + voice * 7 % 36 + voice / 36 % 5);
        script_add(script, 0, 0x90, pitch, 80);
        for (uint32_t tick = every * (uint32_t)(voice + 1) / (uint32_t)voices; tick < ticks; tick += every) {
            script_add(script, tick - 1, 0x80, pitch, 64);
            script_add(script, tick, 0x90, pitch, (uint8_t)(60 + voice % 5 * 10));
        }
        script_add(script, ticks - 1, 0x80, pitch, 64);
    }
    script_sort(script);
}

void smf_write_loop(const char *path, int voices, int seconds) {
    struct script script = {0};
    uint32_t ticks = (uint32_t)seconds * 2 * TICKS_PER_QUARTER;
    write_voices(&script, voices, ticks);
    FILE *file = fopen(path, "wb");
    if (file == NULL) {
        die("%s: cannot be written", path);
    }
    fwrite("MThd\0\0\0\6\0\0\0\1", 1, 12, file);
    put(file, TICKS_PER_QUARTER, 2);
    fwrite("MTrk\0\0\0\0", 1, 8, file);
    uint32_t tick = 0;
    for (size_t i = 0; i < script.message_count; i++) {
        put_length(file, script.messages[i].frame - tick);
        tick = script.messages[i].frame;
        fwrite(script.messages[i].bytes, 1, script.messages[i].size, file);
    }
    put_length(file, ticks - tick);
    put(file, 0xff2f00, 3);
    long size = ftell(file);
    fseek(file, 18, SEEK_SET);
    put(file, (uint32_t)size - 22, 4);
    if (fclose(file) != 0) {
        die("%s: could not be written whole", path);
    }
    script_free(&script);
}
