/* Durations counted in bins of 0.1 µs, so that a run of any length takes the same memory. One writer. */
#ifndef HISTOGRAM_H
#define HISTOGRAM_H

#include <stdint.h>

enum { HISTOGRAM_BINS = 200000 };

struct histogram {
    uint32_t bins[HISTOGRAM_BINS];
    uint64_t count;
    double max_us;
};

/* For the process thread. */
void histogram_add(struct histogram *histogram, double us);

/* The duration that `share` (0 to 1) of all did not exceed, µs; 0 when there were none. */
double histogram_percentile(const struct histogram *histogram, double share);

#endif
