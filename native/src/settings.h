/* The options that describe a test signal, common to play and latency. */
#ifndef SETTINGS_H
#define SETTINGS_H

#include "args.h"
#include "signals.h"

#include <string.h>

enum { MAX_PITCHES = 64 };

struct settings {
    double hz[MAX_PITCHES], pitches[MAX_PITCHES];
    int hz_count, pitch_count;
    struct test_settings test;
};

void settings_read(struct settings *settings, struct args *args);

/* The test signal of that kind. */
struct test settings_make(struct settings *settings, const char *kind, double rate_hz);

#endif
