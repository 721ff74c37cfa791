#include "judge.h"

#include <math.h>
#include <stdbool.h>

enum { MAX_LAG = 4096 };

static const double YIN_THRESHOLD = 0.2;
static const double NEAR_CENTS = 50;

static double difference(const float *samples, int window, int lag) {
    float sum = 0;
    for (int i = 0; i < window; i++) {
        float d = samples[i] - samples[i + lag];
        sum += d * d;
    }
    return sum;
}

static double refine(const double *normalised, int lag) {
    double left = normalised[lag - 1], middle = normalised[lag], right = normalised[lag + 1];
    double bend = left - 2 * middle + right;
    return bend > 0 ? lag + 0.5 * (left - right) / bend : lag;
}

double judge_f0(const float *samples, int64_t at, int window, double rate_hz, double min_hz, double max_hz) {
    double normalised[MAX_LAG + 1];
    int longest = (int)fmin(MAX_LAG - 1, ceil(rate_hz / min_hz));
    int shortest = (int)fmax(2, floor(rate_hz / max_hz));
    double sum = 0;
    bool dipped = false;
    normalised[0] = 1;
    for (int lag = 1; lag <= longest; lag++) {
        double d = difference(samples + at, window, lag);
        sum += d;
        normalised[lag] = sum > 0 ? d * lag / sum : 1;
        if (dipped && normalised[lag] > normalised[lag - 1]) {
            return rate_hz / refine(normalised, lag - 1);
        }
        dipped = lag >= shortest && normalised[lag] < YIN_THRESHOLD;
    }
    return 0;
}

static bool is_near(double hz, double wanted) {
    return hz > 0 && fabs(1200 * log2(hz / wanted)) <= NEAR_CENTS;
}

int64_t judge_pitch_from(const float *samples, int64_t from, int64_t to, double rate_hz, double hz, double low_hz, double high_hz) {
    int window = (int)(2 * rate_hz / low_hz);
    double min_hz = low_hz * 0.8, max_hz = high_hz * 1.3;
    int64_t last = to - window - (int64_t)(rate_hz / min_hz) - 2;
    int64_t found = -1;
    int hop = (int)(rate_hz / 4000);
    for (int64_t at = last; at >= from && is_near(judge_f0(samples, at, window, rate_hz, min_hz, max_hz), hz); at -= hop) {
        found = at;
    }
    return found;
}
