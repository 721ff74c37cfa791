/* When a recorded answer begins. All frames count from the start of the recording; -1: not found. */
#ifndef JUDGE_H
#define JUDGE_H

#include <stdint.h>

/* The largest magnitude in [from, to). */
float judge_peak(const float *samples, int64_t from, int64_t to);

/* The first frame in [from, to) whose magnitude exceeds `threshold`. */
int64_t judge_onset(const float *samples, int64_t from, int64_t to, float threshold);

/* The pitch of `window` frames and as many as the longest lag more, from `at` on (YIN, de Cheveigné and Kawahara 2002), Hz; 0: none. */
double judge_f0(const float *samples, int64_t at, int window, double rate_hz, double min_hz, double max_hz);

/* The first frame of [from, to) from which the pitch stays within 50 cents of `hz`, to a quarter of a millisecond. The windows lie behind their
 * frame, so this is early by up to half a window; compare with the same of the input. */
int64_t judge_pitch_from(const float *samples, int64_t from, int64_t to, double rate_hz, double hz, double low_hz, double high_hz);

#endif
