#include "report.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

static const char *const NAMES[VERDICTS] = {"answered", "silent", "masked", "disturbed", "wrongPitch"};

void report_each(const struct answer *answers, int count, double rate_hz) {
    fprintf(stderr, "%10s %9s %9s %8s %9s  %s\n", "frame", "Hz", "peak dB", "frames", "ms", "verdict");
    for (int i = 0; i < count; i++) {
        const struct answer *answer = &answers[i];
        fprintf(stderr, "%10u %9.1f %9.1f %8.0f %9.3f  %s\n", answer->event.frame, answer->event.hz, answer->peak_db,
                answer->delay_frames, answer->delay_frames * 1e3 / rate_hz, NAMES[answer->verdict]);
    }
}

static int ascending(const void *a, const void *b) {
    double left = *(const double *)a, right = *(const double *)b;
    return (left > right) - (left < right);
}

static double percentile(const double *sorted, int count, double share) {
    double at = share * (count - 1);
    int below = (int)at;
    int above = below + 1 < count ? below + 1 : below;
    return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
}

/* The answers to one pitch (0: to all), as members of an object. */
static void print_delays(const struct answer *answers, int count, double hz, double rate_hz) {
    double *delays = allocate((size_t)count, sizeof *delays);
    int found = 0;
    for (int i = 0; i < count; i++) {
        if (answers[i].verdict == ANSWERED && (hz == 0 || answers[i].event.group_hz == hz)) {
            delays[found++] = answers[i].delay_frames;
        }
    }
    qsort(delays, (size_t)found, sizeof *delays, ascending);
    printf("\"answered\": %d", found);
    if (found > 0) {
        double median = percentile(delays, found, 0.5), low = percentile(delays, found, 0.05);
        double high = percentile(delays, found, 0.95);
        printf(", \"medianFrames\": %.1f, \"minFrames\": %.0f, \"maxFrames\": %.0f, \"jitterFrames\": %.0f, \"p95MinusP5Frames\": %.1f",
               median, delays[0], delays[found - 1], delays[found - 1] - delays[0], high - low);
        printf(", \"medianMs\": %.3f, \"maxMs\": %.3f, \"jitterMs\": %.3f", median * 1e3 / rate_hz, delays[found - 1] * 1e3 / rate_hz,
               (delays[found - 1] - delays[0]) * 1e3 / rate_hz);
    }
    free(delays);
}

static bool is_first_of_pitch(const struct answer *answers, int index) {
    for (int i = 0; i < index; i++) {
        if (answers[i].event.group_hz == answers[index].event.group_hz) {
            return false;
        }
    }
    return true;
}

static void print_pitches(const struct answer *answers, int count, double rate_hz) {
    const char *separator = "";
    printf(" \"pitches\": [");
    for (int i = 0; i < count; i++) {
        if (is_first_of_pitch(answers, i)) {
            printf("%s\n  {\"hz\": %.2f, ", separator, answers[i].event.group_hz);
            print_delays(answers, count, answers[i].event.group_hz, rate_hz);
            printf("}");
            separator = ",";
        }
    }
    printf("]");
}

/* The first event that was answered: what a listener waits for. */
static void print_first(const struct answer *answers, int count, double rate_hz) {
    for (int i = 0; i < count; i++) {
        if (answers[i].verdict == ANSWERED) {
            printf("\"firstIndex\": %d, \"firstAtSeconds\": %.3f, \"firstFrames\": %.0f,\n ", i, answers[i].event.frame / rate_hz,
                   answers[i].delay_frames);
            return;
        }
    }
}

void report_json(const char *kind, const struct answer *answers, int count, const struct declared *declared, unsigned xruns) {
    int verdicts[VERDICTS] = {0};
    for (int i = 0; i < count; i++) {
        verdicts[answers[i].verdict]++;
    }
    printf("{\"measured\": \"%s\", \"sampleRateHz\": %.0f, \"periodFrames\": %u, \"events\": %d, ", kind, declared->rate_hz,
           declared->period_frames, count);
    for (int i = SILENT; i < VERDICTS; i++) {
        printf("\"%s\": %d, ", NAMES[i], verdicts[i]);
    }
    printf("\"xruns\": %u, \"connectedUnixSeconds\": %.3f,\n ", xruns, declared->connected);
    print_first(answers, count, declared->rate_hz);
    print_delays(answers, count, 0, declared->rate_hz);
    printf(",\n \"declaredFrames\": {\"captureMin\": %u, \"captureMax\": %u, \"playbackMin\": %u, \"playbackMax\": %u},\n",
           declared->capture.min, declared->capture.max, declared->playback.min, declared->playback.max);
    print_pitches(answers, count, declared->rate_hz);
    printf("}\n");
}
