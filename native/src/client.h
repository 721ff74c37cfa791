/* Opening JACK clients and finding, waiting for and connecting ports. Not for the process thread. */
#ifndef CLIENT_H
#define CLIENT_H

#include <jack/jack.h>
#include <stdatomic.h>
#include <stdbool.h>

/* Set by SIGINT and SIGTERM, and by the server when it goes. */
extern atomic_bool client_stop;

/* Opens a client of the named server (NULL: the default one), which has to run already. */
jack_client_t *client_open(const char *name, const char *server);

jack_port_t *client_port(jack_client_t *client, const char *name, bool midi, bool output);

/* Starts calling `process`. Set other callbacks before. */
void client_activate(jack_client_t *client, JackProcessCallback process, void *context);

/* Connects as soon as both ports are there and active; dies after `seconds`. */
void client_connect(jack_client_t *client, const char *from, const char *to, double seconds);

void client_pause_ms(long ms);

/* Sleeps until stopped; at most `seconds` where that is above 0. */
void client_wait(double seconds);

#endif
