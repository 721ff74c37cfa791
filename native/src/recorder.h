/* A JACK client that records one port on the graph's own frames. It is apart from the sender: one client that sent and recorded would close a
 * loop in the graph, which costs a period of delay. */
#ifndef RECORDER_H
#define RECORDER_H

#include "sender.h"

struct recorder {
    jack_client_t *client;
    jack_port_t *in;
    struct sender *sender; /* whose start is frame 0 */
    float *samples;        /* NaN where a cycle was missed */
    uint32_t frames;
    atomic_bool full;
    atomic_uint xruns;
};

/* Opens and activates a recorder of `frames` frames; connect it to its port "in". */
void recorder_open(struct recorder *recorder, const char *name, const char *server, struct sender *sender, uint32_t frames);

/* Closes; the samples stay and are the caller's to free. */
void recorder_close(struct recorder *recorder);

#endif
