/* A JACK client that sends a script: midi_out and out_1. */
#ifndef SENDER_H
#define SENDER_H

#include "script.h"

#include <jack/jack.h>
#include <stdatomic.h>
#include <stdbool.h>

struct sender {
    jack_client_t *client;
    const struct script *script;
    bool loop;
    uint32_t *sent; /* per message: the frame at which it went, which is later than planned if a cycle was missed; NULL: not kept */

    /* of the process thread */
    jack_port_t *midi, *audio;
    size_t next;

    /* The graph's frame of the script's frame 0; valid once `running`. */
    _Atomic jack_nframes_t start;
    atomic_bool armed, running, done, hushed;
    atomic_uint late; /* messages sent later than planned */
};

/* Opens and activates; connect, then arm. */
void sender_open(struct sender *sender, const char *name, const char *server);

/* Begins a tenth of a second from now. */
void sender_arm(struct sender *sender);

/* Silences every channel, then closes. */
void sender_close(struct sender *sender);

#endif
