/* What was measured, for readers and for programs. */
#ifndef REPORT_H
#define REPORT_H

#include "signals.h"

#include <jack/jack.h>

enum verdict {
    ANSWERED,
    SILENT,      /* no sound at all */
    MASKED,      /* the sound before had not died down to the threshold */
    DISTURBED,   /* a cycle was missed while it was recorded */
    WRONG_PITCH, /* not within 50 cents of the pitch, or of an octave of it */
    VERDICTS
};

struct answer {
    struct event event;
    enum verdict verdict;
    double peak_db;
    double delay_frames;
};

/* What JACK says: the capture latency of the client's output, the playback latency of its input. */
struct declared {
    jack_latency_range_t capture, playback;
    jack_nframes_t period_frames;
    double rate_hz;
    double connected; /* when the measuring began, seconds since 1970 */
};

/* A line for each event, on standard error. */
void report_each(const struct answer *answers, int count, double rate_hz);

/* All of them in one JSON object, on standard output; a group for each pitch. */
void report_json(const char *kind, const struct answer *answers, int count, const struct declared *declared, unsigned xruns);

#endif
