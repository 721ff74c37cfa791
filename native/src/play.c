#include "client.h"
#include "commands.h"
#include "sender.h"
#include "settings.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static bool ends_with(const char *text, const char *end) {
    size_t length = strlen(text), tail = strlen(end);
    return length >= tail && strcmp(text + length - tail, end) == 0;
}

static struct script make_script(const char *what, struct settings *settings, double rate_hz) {
    if (ends_with(what, ".mid") || ends_with(what, ".midi")) {
        return smf_read(what, rate_hz);
    }
    if (ends_with(what, ".wav")) {
        return wav_read(what, rate_hz);
    }
    struct test test = settings_make(settings, what, rate_hz);
    free(test.events);
    return test.script;
}

static void play_until(struct sender *sender, double seconds) {
    double left = seconds;
    sender_arm(sender);
    while (!atomic_load(&client_stop) && !atomic_load(&sender->done) && (seconds == 0 || left > 0)) {
        client_wait(0.1);
        left -= 0.1;
    }
}

int play_command(struct args *args) {
    struct settings settings;
    const char *name = args_text(args, "--name", "player");
    const char *server = args_text(args, "--server", NULL);
    const char *to = args_text(args, "--to", NULL);
    double seconds = args_number(args, "--seconds", 0, 0, 1e6);
    double wait = args_number(args, "--wait", 5, 0, 600);
    struct sender sender = {.loop = args_flag(args, "--loop")};
    settings_read(&settings, args);
    const char *what = args_positional(args);
    args_end(args);
    if (what == NULL) {
        die("play: expected a .mid or .wav file, notes, bursts, steps, tone or pink");
    }
    sender_open(&sender, name, server);
    struct script script = make_script(what, &settings, jack_get_sample_rate(sender.client));
    sender.script = &script;
    if (to != NULL) {
        char from[320];
        snprintf(from, sizeof from, "%s:%s", jack_get_client_name(sender.client), script.audio != NULL ? "out_1" : "midi_out");
        client_connect(sender.client, from, to, wait);
    }
    play_until(&sender, seconds);
    printf("{\"played\": \"%s\", \"messages\": %zu, \"frames\": %u, \"late\": %u}\n", what, script.message_count, script.frames,
           atomic_load(&sender.late));
    sender_close(&sender);
    script_free(&script);
    return 0;
}

int loop_command(struct args *args) {
    int voices = (int)args_number(args, "--voices", 16, 1, 128);
    int seconds = (int)args_number(args, "--seconds", 8, 2, 3600);
    const char *path = args_positional(args);
    args_end(args);
    if (path == NULL) {
        die("loop: expected the file to write");
    }
    smf_write_loop(path, voices, seconds);
    return 0;
}
