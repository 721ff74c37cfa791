#include "signals.h"

#include <math.h>
#include <stdlib.h>

enum { HARMONICS = 10 };

static const double FADE_MS = 5;
static const double LEAD_MS = 200;
static const double SETTLE_MS = 1500;

static uint32_t frames_of(const struct test_settings *settings, double ms) {
    return (uint32_t)lround(ms * 1e-3 * settings->rate_hz);
}

/* Uniform in 0..1; the same on every machine. */
static double next_random(uint32_t *state) {
    *state = *state * 1664525u + 1013904223u;
    return (*state >> 8) / 16777216.0;
}

/* Silence or tone between two events: off_ms and up to 20 ms more, so that events fall anywhere in a period. */
static uint32_t pause_frames(const struct test_settings *settings, uint32_t *random) {
    return frames_of(settings, settings->off_ms + 20 * next_random(random));
}

/* Adds harmonics to `count` frames; returns the phase (turns) after them. */
static double add_tone(float *out, uint32_t count, double hz, double phase, double level, double rate_hz) {
    for (uint32_t i = 0; i < count; i++) {
        double sum = 0;
        for (int k = 1; k <= HARMONICS && k * hz < 0.45 * rate_hz; k++) {
            sum += sin(2 * M_PI * k * phase) / k;
        }
        out[i] += (float)(level * sum / 1.85); /* 1.85: the peak of ten harmonics 1/k */
        phase += hz / rate_hz;
        phase -= floor(phase);
    }
    return phase;
}

static void fade(float *out, uint32_t count, uint32_t fade_frames) {
    for (uint32_t i = 0; i < fade_frames && i < count; i++) {
        out[i] *= (float)i / (float)fade_frames;
        out[count - 1 - i] *= (float)i / (float)fade_frames;
    }
}

static struct test test_of(const struct test_settings *settings, int count, double ms, int sound) {
    struct test test = {.events = allocate((size_t)count, sizeof *test.events), .count = count};
    test.script.frames = frames_of(settings, ms);
    test.script.audio = sound ? allocate(test.script.frames, sizeof(float)) : NULL;
    return test;
}

static double hz_of_pitch(double pitch) {
    return 440 * pow(2, (pitch - 69) / 12);
}

struct test test_notes(const struct test_settings *settings) {
    double note_ms = settings->on_ms + settings->off_ms + 20;
    struct test test = test_of(settings, settings->count, 2 * LEAD_MS + settings->count * note_ms, 0);
    uint32_t random = settings->seed;
    uint32_t frame = frames_of(settings, LEAD_MS);
    for (int i = 0; i < settings->count; i++) {
        uint8_t pitch = (uint8_t)settings->hz[i % settings->hz_count];
        uint32_t on = frames_of(settings, settings->on_ms);
        uint32_t next = frame + on + pause_frames(settings, &random);
        script_add(&test.script, frame, 0x90, pitch, (uint8_t)settings->velocity);
        script_add(&test.script, frame + on, 0x80, pitch, 64);
        test.events[i] = (struct event){frame, next, 0, hz_of_pitch(pitch), hz_of_pitch(pitch)};
        frame = next;
    }
    return test;
}

struct test test_bursts(const struct test_settings *settings) {
    int count = settings->count * settings->hz_count;
    struct test test = test_of(settings, count, 2 * LEAD_MS + count * (settings->on_ms + settings->off_ms + 20), 1);
    uint32_t random = settings->seed;
    uint32_t frame = frames_of(settings, LEAD_MS);
    for (int i = 0; i < count; i++) {
        double hz = settings->hz[i / settings->count];
        uint32_t on = frames_of(settings, settings->on_ms);
        uint32_t next = frame + on + pause_frames(settings, &random);
        add_tone(test.script.audio + frame, on, hz, 0, settings->level, settings->rate_hz);
        fade(test.script.audio + frame, on, frames_of(settings, FADE_MS));
        test.events[i] = (struct event){frame, next, 0, hz, hz};
        frame = next;
    }
    return test;
}

struct test test_steps(const struct test_settings *settings) {
    int count = settings->count * settings->hz_count;
    double step_ms = settings->on_ms + settings->off_ms + 20;
    struct test test = test_of(settings, count, 2 * LEAD_MS + settings->hz_count * SETTLE_MS + count * step_ms, 1);
    uint32_t random = settings->seed;
    uint32_t frame = frames_of(settings, LEAD_MS);
    double phase = 0;
    double ratio = pow(2, settings->semitones / 12);
    for (int i = 0, p = 0; p < settings->hz_count; p++) {
        double low = settings->hz[p];
        uint32_t settle = frames_of(settings, SETTLE_MS);
        phase = add_tone(test.script.audio + frame, settle, low, phase, settings->level, settings->rate_hz);
        uint32_t start = frame;
        frame += settle;
        for (int k = 0; k < settings->count; k++, i++) {
            double from = k % 2 == 0 ? low : low * ratio;
            double to = k % 2 == 0 ? low * ratio : low;
            uint32_t length = frames_of(settings, settings->on_ms) + pause_frames(settings, &random);
            phase = add_tone(test.script.audio + frame, length, to, phase, settings->level, settings->rate_hz);
            test.events[i] = (struct event){frame, frame + length, from, to, low};
            frame += length;
        }
        fade(test.script.audio + start, frame - start, frames_of(settings, FADE_MS));
    }
    return test;
}

struct test test_tone(const struct test_settings *settings) {
    struct test test = test_of(settings, settings->hz_count, settings->hz_count * settings->on_ms, 1);
    uint32_t length = frames_of(settings, settings->on_ms);
    for (int i = 0; i < settings->hz_count && (uint64_t)length * (uint64_t)(i + 1) <= test.script.frames; i++) {
        float *out = test.script.audio + (size_t)length * (size_t)i;
        add_tone(out, length, settings->hz[i], 0, settings->level, settings->rate_hz);
        fade(out, length, frames_of(settings, FADE_MS));
        test.events[i] = (struct event){length * (uint32_t)i, length * (uint32_t)(i + 1), 0, settings->hz[i], settings->hz[i]};
    }
    return test;
}

/* Rows of noise, each held twice as long as the one before (Voss and McCartney). */
struct test test_pink(const struct test_settings *settings) {
    enum { ROWS = 16 };
    double rows[ROWS] = {0};
    struct test test = test_of(settings, 0, settings->on_ms, 1);
    uint32_t random = settings->seed;
    for (uint32_t i = 0; i < test.script.frames; i++) {
        int row = i == 0 ? 0 : __builtin_ctz(i);
        rows[row < ROWS ? row : ROWS - 1] = 2 * next_random(&random) - 1;
        double sum = 2 * next_random(&random) - 1;
        for (int k = 0; k < ROWS; k++) {
            sum += rows[k];
        }
        test.script.audio[i] = (float)(settings->level * sum / sqrt((ROWS + 1) / 3.0));
    }
    return test;
}

void test_free(struct test *test) {
    script_free(&test->script);
    free(test->events);
    *test = (struct test){0};
}
