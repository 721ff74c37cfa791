#include "judge.h"

#include <math.h>

float judge_peak(const float *samples, int64_t from, int64_t to) {
    float peak = 0;
    for (int64_t i = from; i < to; i++) {
        peak = fmaxf(peak, fabsf(samples[i]));
    }
    return peak;
}

int64_t judge_onset(const float *samples, int64_t from, int64_t to, float threshold) {
    for (int64_t i = from; i < to; i++) {
        if (fabsf(samples[i]) > threshold) {
            return i;
        }
    }
    return -1;
}
