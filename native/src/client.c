#include "client.h"

#include "args.h"

#include <errno.h>
#include <jack/midiport.h>
#include <signal.h>
#include <time.h>

atomic_bool client_stop;

static void on_signal(int number) {
    (void)number;
    atomic_store(&client_stop, true);
}

static void on_shutdown(void *context) {
    (void)context;
    atomic_store(&client_stop, true);
}

static void be_quiet(const char *message) {
    (void)message;
}

static void catch_signals(void) {
    struct sigaction action = {.sa_handler = on_signal};
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
}

jack_client_t *client_open(const char *name, const char *server) {
    catch_signals();
    jack_set_info_function(be_quiet);
    jack_status_t status = 0;
    jack_client_t *client = server == NULL ? jack_client_open(name, JackNoStartServer, &status)
                                           : jack_client_open(name, JackNoStartServer | JackServerName, &status, server);
    if (client == NULL) {
        die("JACK server %s: no answer (status 0x%x); start it, for instance jackd -n NAME -d dummy",
            server == NULL ? "(default)" : server, (unsigned)status);
    }
    jack_on_shutdown(client, on_shutdown, NULL);
    return client;
}

jack_port_t *client_port(jack_client_t *client, const char *name, bool midi, bool output) {
    jack_port_t *port = jack_port_register(client, name, midi ? JACK_DEFAULT_MIDI_TYPE : JACK_DEFAULT_AUDIO_TYPE,
                                           output ? JackPortIsOutput : JackPortIsInput, 0);
    if (port == NULL) {
        die("port %s: the server refused it", name);
    }
    return port;
}

void client_activate(jack_client_t *client, JackProcessCallback process, void *context) {
    if (jack_set_process_callback(client, process, context) != 0 || jack_activate(client) != 0) {
        die("%s: could not be activated", jack_get_client_name(client));
    }
}

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

void client_pause_ms(long ms) {
    struct timespec time = {.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000};
    nanosleep(&time, NULL);
}

void client_connect(jack_client_t *client, const char *from, const char *to, double seconds) {
    /* Ports can be seen before their client is active, which is when they can be connected. */
    for (double end = now() + seconds;; client_pause_ms(50)) {
        if (jack_port_by_name(client, from) != NULL && jack_port_by_name(client, to) != NULL) {
            int error = jack_connect(client, from, to);
            if (error == 0 || error == EEXIST) {
                return;
            }
        }
        if (now() > end || atomic_load(&client_stop)) {
            die("%s to %s: could not be connected within %.1f s; jack_lsp lists what there is", from, to, seconds);
        }
    }
}

void client_wait(double seconds) {
    double end = now() + seconds;
    while (!atomic_load(&client_stop) && (seconds <= 0 || now() < end)) {
        client_pause_ms(20);
    }
}
