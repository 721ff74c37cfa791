/* Test signals with the frames at which something happens in them. */
#ifndef SIGNALS_H
#define SIGNALS_H

#include "script.h"

/* Something that a client is to answer. */
struct event {
    uint32_t frame; /* from the start of the script */
    uint32_t end;   /* the answer is looked for before this frame */
    double from_hz; /* the pitch before; 0 where there was silence */
    double hz;
    double group_hz; /* whose statistics it belongs to */
};

struct test {
    struct script script;
    struct event *events;
    int count;
};

struct test_settings {
    double rate_hz;
    int count;         /* events of each pitch */
    const double *hz;  /* or MIDI pitches */
    int hz_count;
    double on_ms, off_ms;
    double level;      /* linear; peak of tones, RMS of noise */
    int velocity;
    double semitones;  /* of a pitch step */
    unsigned seed;
};

/* Notes over MIDI at random frames; `hz` are MIDI pitches, `count` is that of all notes. */
struct test test_notes(const struct test_settings *settings);

/* Tones of ten harmonics 1/k that fade in within 5 ms, at random frames. */
struct test test_bursts(const struct test_settings *settings);

/* For each pitch one such tone that leaps up by `semitones` and back, its phase going on. */
struct test test_steps(const struct test_settings *settings);

/* One sounding tone for each pitch in turn, `on_ms` each. */
struct test test_tone(const struct test_settings *settings);

/* Noise of equal power per octave; `on_ms` long. */
struct test test_pink(const struct test_settings *settings);

void test_free(struct test *test);

#endif
