/* The bare client that a measured one is compared with: passes its input through and adds oscillators, the least that a synthesiser
 * does, and times its own callback. */
#include "args.h"
#include "client.h"
#include "commands.h"
#include "histogram.h"

#include <math.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { MAX_OSCILLATORS = 4096 };

static const float LEVEL = 1e-4f;

/* A point that turns on the unit circle. */
struct oscillator {
    float x, y, cos_step, sin_step;
};

struct baseline {
    jack_port_t *in, *out;
    struct oscillator oscillators[MAX_OSCILLATORS];
    int oscillator_count;
    double rate_hz;
    struct histogram durations;
    uint64_t overruns;
    atomic_uint xruns;
};

static double now_us(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1e6 + (double)time.tv_nsec * 1e-3;
}

static void add_oscillator(struct oscillator *oscillator, float *out, jack_nframes_t frames) {
    float x = oscillator->x, y = oscillator->y;
    for (jack_nframes_t i = 0; i < frames; i++) {
        float next = x * oscillator->cos_step - y * oscillator->sin_step;
        y = x * oscillator->sin_step + y * oscillator->cos_step;
        x = next;
        out[i] += LEVEL * y;
    }
    float pull = 1.5f - 0.5f * (x * x + y * y);
    oscillator->x = x * pull;
    oscillator->y = y * pull;
}

static int process(jack_nframes_t frames, void *context) {
    struct baseline *self = context;
    double start = now_us();
    float *out = jack_port_get_buffer(self->out, frames);
    memcpy(out, jack_port_get_buffer(self->in, frames), frames * sizeof *out);
    for (int i = 0; i < self->oscillator_count; i++) {
        add_oscillator(&self->oscillators[i], out, frames);
    }
    double us = now_us() - start;
    histogram_add(&self->durations, us);
    self->overruns += us > frames * 1e6 / self->rate_hz;
    return 0;
}

static int on_xrun(void *context) {
    atomic_fetch_add(&((struct baseline *)context)->xruns, 1);
    return 0;
}

static void tune(struct baseline *self) {
    for (int i = 0; i < self->oscillator_count; i++) {
        double step = 2 * M_PI * fmin(55.0 * (i + 1), self->rate_hz * 0.45) / self->rate_hz;
        self->oscillators[i] = (struct oscillator){1, 0, (float)cos(step), (float)sin(step)};
    }
}

static void report(const struct baseline *self, jack_nframes_t period) {
    const struct histogram *durations = &self->durations;
    printf("{\"client\": \"baseline\", \"oscillators\": %d, \"sampleRateHz\": %.0f, \"periodFrames\": %u, \"callbacks\": %llu,\n"
           " \"callbackMicros\": {\"p50\": %.1f, \"p99\": %.1f, \"p99.9\": %.1f, \"max\": %.1f}, \"overruns\": %llu, \"xruns\": %u}\n",
           self->oscillator_count, self->rate_hz, period, (unsigned long long)durations->count,
           histogram_percentile(durations, 0.5), histogram_percentile(durations, 0.99),
           histogram_percentile(durations, 0.999), durations->max_us, (unsigned long long)self->overruns,
           atomic_load(&self->xruns));
}

int baseline_command(struct args *args) {
    const char *name = args_text(args, "--name", "baseline");
    const char *server = args_text(args, "--server", NULL);
    double seconds = args_number(args, "--seconds", 0, 0, 1e6);
    struct baseline *self = calloc(1, sizeof *self);
    if (self == NULL) {
        die("no memory");
    }
    self->oscillator_count = (int)args_number(args, "--oscillators", 100, 0, MAX_OSCILLATORS);
    args_end(args);

    jack_client_t *client = client_open(name, server);
    self->rate_hz = jack_get_sample_rate(client);
    self->in = client_port(client, "in_1", false, false);
    self->out = client_port(client, "out_1", false, true);
    tune(self);
    jack_set_xrun_callback(client, on_xrun, self);
    client_activate(client, process, self);
    client_wait(seconds);
    jack_nframes_t period = jack_get_buffer_size(client);
    jack_client_close(client);
    report(self, period);
    free(self);
    return 0;
}
