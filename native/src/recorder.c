#include "recorder.h"

#include "client.h"

#include <math.h>
#include <string.h>

static void record(struct recorder *self, const float *in, int64_t at, jack_nframes_t frames) {
    int64_t skip = at < 0 ? -at : 0;
    int64_t end = at + frames < self->frames ? frames : self->frames - at;
    if (skip < end) {
        memcpy(self->samples + at + skip, in + skip, (size_t)(end - skip) * sizeof *in);
    }
    if (at + frames >= self->frames) {
        atomic_store(&self->full, true);
    }
}

static int process(jack_nframes_t frames, void *context) {
    struct recorder *self = context;
    const float *in = jack_port_get_buffer(self->in, frames);
    if (atomic_load(&self->sender->running)) {
        record(self, in, (int32_t)(jack_last_frame_time(self->client) - atomic_load(&self->sender->start)), frames);
    }
    return 0;
}

static int on_xrun(void *context) {
    atomic_fetch_add(&((struct recorder *)context)->xruns, 1);
    return 0;
}

void recorder_open(struct recorder *recorder, const char *name, const char *server, struct sender *sender, uint32_t frames) {
    recorder->sender = sender;
    recorder->frames = frames;
    recorder->samples = allocate(frames, sizeof *recorder->samples);
    for (uint32_t i = 0; i < frames; i++) {
        recorder->samples[i] = NAN;
    }
    recorder->client = client_open(name, server);
    recorder->in = client_port(recorder->client, "in", false, false);
    jack_set_xrun_callback(recorder->client, on_xrun, recorder);
    client_activate(recorder->client, process, recorder);
}

void recorder_close(struct recorder *recorder) {
    jack_client_close(recorder->client);
}
