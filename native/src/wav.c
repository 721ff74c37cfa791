#include "args.h"
#include "script.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_FRAMES = 48000 * 3600 };

struct format {
    uint32_t code, channels, rate_hz, frame_bytes, bits;
};

static uint32_t little(const uint8_t *bytes, int count) {
    uint32_t value = 0;
    while (count-- > 0) {
        value = value << 8 | bytes[count];
    }
    return value;
}

static float sample(const uint8_t *bytes, uint32_t bits) {
    uint32_t value = little(bytes, (int)bits / 8) << (32 - bits);
    if (bits == 32) {
        float result;
        memcpy(&result, &value, sizeof result);
        return result;
    }
    return (float)((int32_t)value / 2147483648.0);
}

static void read_format(FILE *file, const char *path, uint32_t size, struct format *format) {
    uint8_t bytes[40] = {0};
    uint32_t wanted = size < sizeof bytes ? size : sizeof bytes;
    if (size < 16 || fread(bytes, 1, wanted, file) != wanted || fseek(file, (long)(size - wanted), SEEK_CUR) != 0) {
        die("%s: ends within its format", path);
    }
    uint32_t code = little(bytes, 2);
    *format = (struct format){code == 0xfffe ? little(bytes + 24, 2) : code, little(bytes + 2, 2), little(bytes + 4, 4),
                              little(bytes + 12, 2), little(bytes + 14, 2)};
}

static void check(const char *path, const struct format *format, double rate_hz) {
    uint32_t bits = format->bits;
    if (!((format->code == 1 && (bits == 16 || bits == 24)) || (format->code == 3 && bits == 32)) || format->channels == 0
        || format->channels > 64 || format->frame_bytes != format->channels * bits / 8) {
        die("%s: expected a WAV file of 16 or 24 bits or 32-bit float", path);
    }
    if (format->rate_hz != rate_hz) {
        die("%s: %u Hz; the server runs at %.0f Hz; resample it", path, format->rate_hz, rate_hz);
    }
}

static void read_samples(FILE *file, const char *path, const struct format *format, uint32_t size, struct script *script) {
    uint8_t bytes[64 * 4];
    script->frames = size / format->frame_bytes;
    if (script->frames > MAX_FRAMES) {
        die("%s: longer than an hour", path);
    }
    script->audio = allocate(script->frames, sizeof *script->audio);
    for (uint32_t i = 0; i < script->frames; i++) {
        if (fread(bytes, format->frame_bytes, 1, file) != 1) {
            die("%s: ends within its samples", path);
        }
        script->audio[i] = sample(bytes, format->bits);
    }
}

struct script wav_read(const char *path, double rate_hz) {
    FILE *file = fopen(path, "rb");
    uint8_t header[12] = {0};
    if (file == NULL || fread(header, 1, sizeof header, file) != sizeof header || memcmp(header, "RIFF", 4) != 0
        || memcmp(header + 8, "WAVE", 4) != 0) {
        die("%s: not a WAV file that can be read", path);
    }
    struct script script = {0};
    struct format format = {0};
    uint8_t chunk[8];
    while (script.audio == NULL && fread(chunk, 1, sizeof chunk, file) == sizeof chunk) {
        uint32_t size = little(chunk + 4, 4);
        if (memcmp(chunk, "fmt ", 4) == 0) {
            read_format(file, path, size, &format);
        } else if (memcmp(chunk, "data", 4) == 0) {
            check(path, &format, rate_hz);
            read_samples(file, path, &format, size, &script);
        } else if (fseek(file, (long)size + (size & 1), SEEK_CUR) != 0) {
            die("%s: ends within a chunk", path);
        }
    }
    fclose(file);
    if (script.audio == NULL) {
        die("%s: no samples in it", path);
    }
    return script;
}

static void put(FILE *file, uint32_t value, int bytes) {
    for (; bytes > 0; bytes--, value >>= 8) {
        fputc((int)(value & 0xff), file);
    }
}

void wav_write(const char *path, const float *samples, uint32_t frames, double rate_hz) {
    FILE *file = fopen(path, "wb");
    if (file == NULL) {
        die("%s: cannot be written", path);
    }
    fwrite("RIFF", 1, 4, file);
    put(file, 36 + frames * 4, 4);
    fwrite("WAVEfmt ", 1, 8, file);
    put(file, 16, 4);
    put(file, 3, 2);
    put(file, 1, 2);
    put(file, (uint32_t)rate_hz, 4);
    put(file, (uint32_t)rate_hz * 4, 4);
    put(file, 4, 2);
    put(file, 32, 2);
    fwrite("data", 1, 4, file);
    put(file, frames * 4, 4);
    size_t written = fwrite(samples, sizeof *samples, frames, file);
    if (fclose(file) != 0 || written != frames) {
        die("%s: could not be written whole", path);
    }
}
