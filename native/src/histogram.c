#include "histogram.h"

static const double BINS_PER_US = 10;

void histogram_add(struct histogram *histogram, double us) {
    double bin = us * BINS_PER_US;
    int index = bin >= HISTOGRAM_BINS ? HISTOGRAM_BINS - 1 : bin < 0 ? 0 : (int)bin;
    histogram->bins[index]++;
    histogram->count++;
    if (us > histogram->max_us) {
        histogram->max_us = us;
    }
}

double histogram_percentile(const struct histogram *histogram, double share) {
    uint64_t wanted = (uint64_t)((double)histogram->count * share);
    uint64_t seen = 0;
    for (int i = 0; i < HISTOGRAM_BINS - 1; i++) {
        seen += histogram->bins[i];
        if (seen > wanted) {
            return (i + 1) / BINS_PER_US;
        }
    }
    return histogram->max_us;
}
