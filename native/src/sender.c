#include "sender.h"

#include "client.h"

#include <jack/midiport.h>
#include <string.h>

static void hush(void *midi) {
    const uint8_t controllers[] = {64, 123, 120};
    for (uint8_t channel = 0; channel < 16; channel++) {
        for (size_t i = 0; i < sizeof controllers; i++) {
            uint8_t message[] = {0xb0 | channel, controllers[i], 0};
            jack_midi_event_write(midi, 0, message, sizeof message);
        }
    }
}

/* Messages of the script's frames from `at` on, `frames` of them, at `offset` of the period. */
static void send_messages(struct sender *self, void *midi, int64_t at, jack_nframes_t frames, jack_nframes_t offset) {
    const struct script *script = self->script;
    for (; self->next < script->message_count; self->next++) {
        const struct message *message = &script->messages[self->next];
        if (message->frame >= at + frames) {
            return;
        }
        int64_t in = message->frame - at;
        if (in < 0) {
            in = 0;
            atomic_fetch_add(&self->late, 1);
        }
        jack_midi_event_write(midi, offset + (jack_nframes_t)in, message->bytes, message->size);
        if (self->sent != NULL) {
            self->sent[self->next] = (uint32_t)(at + in);
        }
    }
}

static void send_audio(const struct script *script, float *out, uint32_t at, jack_nframes_t frames) {
    if (script->audio != NULL) {
        memcpy(out, script->audio + at, frames * sizeof *out);
    }
}

/* One period from the script's frame `at` on, which is negative before the start. */
static void play(struct sender *self, void *midi, float *out, int64_t at, jack_nframes_t frames) {
    const struct script *script = self->script;
    jack_nframes_t done = 0;
    if (at < 0) {
        done = -at < frames ? (jack_nframes_t)-at : frames;
    }
    while (done < frames && script->frames > 0) {
        int64_t position = at + done;
        if (position >= script->frames) {
            if (!self->loop) {
                atomic_store(&self->done, true);
                return;
            }
            /* A loop moves its start, so that positions stay small. */
            atomic_fetch_add(&self->start, script->frames);
            self->next = 0;
            at -= script->frames;
            continue;
        }
        int64_t left = script->frames - position;
        jack_nframes_t part = left < frames - done ? (jack_nframes_t)left : frames - done;
        send_messages(self, midi, position, part, done);
        send_audio(script, out + done, (uint32_t)position, part);
        done += part;
    }
}

static int process(jack_nframes_t frames, void *context) {
    struct sender *self = context;
    void *midi = jack_port_get_buffer(self->midi, frames);
    float *out = jack_port_get_buffer(self->audio, frames);
    jack_midi_clear_buffer(midi);
    memset(out, 0, frames * sizeof *out);
    jack_nframes_t now = jack_last_frame_time(self->client);
    if (atomic_load(&client_stop)) {
        if (!atomic_exchange(&self->hushed, true)) {
            hush(midi);
        }
        return 0;
    }
    if (atomic_exchange(&self->armed, false)) {
        atomic_store(&self->start, now + jack_get_sample_rate(self->client) / 10);
        atomic_store(&self->running, true);
    }
    if (atomic_load(&self->running)) {
        play(self, midi, out, (int32_t)(now - atomic_load(&self->start)), frames);
    }
    return 0;
}

void sender_open(struct sender *sender, const char *name, const char *server) {
    sender->client = client_open(name, server);
    sender->midi = client_port(sender->client, "midi_out", true, true);
    sender->audio = client_port(sender->client, "out_1", false, true);
    client_activate(sender->client, process, sender);
}

void sender_arm(struct sender *sender) {
    atomic_store(&sender->armed, true);
}

void sender_close(struct sender *sender) {
    atomic_store(&client_stop, true);
    for (int tries = 0; tries < 50 && !atomic_load(&sender->hushed); tries++) {
        client_pause_ms(10);
    }
    client_pause_ms(50);
    jack_client_close(sender->client);
}
