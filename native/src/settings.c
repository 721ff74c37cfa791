#include "settings.h"

#include <math.h>

void settings_read(struct settings *settings, struct args *args) {
    *settings = (struct settings){0};
    settings->hz_count = args_numbers(args, "--hz", "110,220,440,880", settings->hz, MAX_PITCHES);
    settings->pitch_count = args_numbers(args, "--pitches", "55,60,67,72,79", settings->pitches, MAX_PITCHES);
    settings->test = (struct test_settings){.count = (int)args_number(args, "--count", 0, 0, 10000),
                                            .on_ms = args_number(args, "--on-ms", 400, 20, 1e6),
                                            .off_ms = args_number(args, "--off-ms", 400, 0, 1e6),
                                            .level = pow(10, args_number(args, "--level-db", -12, -120, 0) / 20),
                                            .velocity = (int)args_number(args, "--velocity", 90, 1, 127),
                                            .semitones = args_number(args, "--semitones", 4, -24, 24),
                                            .seed = (unsigned)args_number(args, "--seed", 1, 0, 4e9)};
}

static void check_range(const double *values, int count, double min, double max, const char *name) {
    for (int i = 0; i < count; i++) {
        if (values[i] < min || values[i] > max) {
            die("%s %g: expected %g to %g", name, values[i], min, max);
        }
    }
}

struct test settings_make(struct settings *settings, const char *kind, double rate_hz) {
    struct test_settings *test = &settings->test;
    bool notes = strcmp(kind, "notes") == 0;
    test->rate_hz = rate_hz;
    test->hz = notes ? settings->pitches : settings->hz;
    test->hz_count = notes ? settings->pitch_count : settings->hz_count;
    check_range(settings->pitches, settings->pitch_count, 0, 127, "--pitches");
    check_range(settings->hz, settings->hz_count, 30, 4000, "--hz");
    if (test->count == 0) {
        test->count = notes ? 50 : 12;
    }
    if (notes) {
        return test_notes(test);
    }
    if (strcmp(kind, "bursts") == 0) {
        return test_bursts(test);
    }
    if (strcmp(kind, "steps") == 0) {
        return test_steps(test);
    }
    if (strcmp(kind, "tone") == 0) {
        return test_tone(test);
    }
    if (strcmp(kind, "pink") == 0) {
        return test_pink(test);
    }
    die("%s: expected notes, bursts, steps, tone or pink", kind);
}
