/* A client whose delay is known, to check the ruler with: midi_in starts a tone at the event's frame, in_1 passes, both come out at out_l
 * after --delay frames. */
#include "args.h"
#include "client.h"
#include "commands.h"
#include "script.h"

#include <jack/midiport.h>
#include <math.h>
#include <stdlib.h>

struct known {
    jack_client_t *client;
    jack_port_t *midi, *in, *out;
    float *line;
    jack_nframes_t delay, at;
    double phase, step;
    double rate_hz;
};

static void hear(struct known *self, const jack_midi_event_t *event) {
    if (event->size == 3 && (event->buffer[0] & 0xf0) == 0x90 && event->buffer[2] > 0) {
        self->phase = 0.25;
        self->step = 440 * pow(2, (event->buffer[1] - 69) / 12.0) / self->rate_hz;
    } else if (event->size == 3 && ((event->buffer[0] & 0xe0) == 0x80 || (event->buffer[0] & 0xf0) == 0xb0)) {
        self->step = 0;
    }
}

static float tone(struct known *self) {
    if (self->step == 0) {
        return 0;
    }
    float value = (float)(0.25 * sin(2 * M_PI * self->phase));
    self->phase += self->step;
    return value;
}

static int process(jack_nframes_t frames, void *context) {
    struct known *self = context;
    void *midi = jack_port_get_buffer(self->midi, frames);
    const float *in = jack_port_get_buffer(self->in, frames);
    float *out = jack_port_get_buffer(self->out, frames);
    uint32_t count = jack_midi_get_event_count(midi), next = 0;
    jack_midi_event_t event;
    for (jack_nframes_t i = 0; i < frames; i++) {
        while (next < count && jack_midi_event_get(&event, midi, next) == 0 && event.time <= i) {
            hear(self, &event);
            next++;
        }
        float value = in[i] + tone(self);
        if (self->delay == 0) {
            out[i] = value;
            continue;
        }
        out[i] = self->line[self->at];
        self->line[self->at] = value;
        self->at = (self->at + 1) % self->delay;
    }
    return 0;
}

static void pass_latency(jack_port_t *from, jack_port_t *to, jack_latency_callback_mode_t mode, jack_nframes_t delay) {
    jack_latency_range_t range;
    jack_port_get_latency_range(from, mode, &range);
    range.min += delay;
    range.max += delay;
    jack_port_set_latency_range(to, mode, &range);
}

static void on_latency(jack_latency_callback_mode_t mode, void *context) {
    struct known *self = context;
    if (mode == JackCaptureLatency) {
        pass_latency(self->in, self->out, mode, self->delay);
    } else {
        pass_latency(self->out, self->in, mode, self->delay);
        pass_latency(self->out, self->midi, mode, self->delay);
    }
}

int known_command(struct args *args) {
    struct known self = {0};
    const char *name = args_text(args, "--name", "known");
    const char *server = args_text(args, "--server", NULL);
    double seconds = args_number(args, "--seconds", 0, 0, 1e6);
    self.delay = (jack_nframes_t)args_number(args, "--delay", 0, 0, 1000000);
    args_end(args);
    self.line = allocate(self.delay, sizeof *self.line);
    self.client = client_open(name, server);
    self.rate_hz = jack_get_sample_rate(self.client);
    self.midi = client_port(self.client, "midi_in", true, false);
    self.in = client_port(self.client, "in_1", false, false);
    self.out = client_port(self.client, "out_l", false, true);
    jack_set_latency_callback(self.client, on_latency, &self);
    client_activate(self.client, process, &self);
    client_wait(seconds);
    jack_client_close(self.client);
    free(self.line);
    return 0;
}
