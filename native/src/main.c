#include "args.h"
#include "commands.h"

#include <stdio.h>
#include <string.h>

static const char HELP[] =
    "usage: chanterelle-bench COMMAND [--server NAME] [--name CLIENT] [options]\n"
    "\n"
    "baseline [--seconds N] [--oscillators 100]\n"
    "    a bare pass-through client with oscillators that times its own callback; JSON at the end\n"
    "play FILE.mid | FILE.wav | bursts | steps | tone | pink  [--to PORT] [--loop] [--seconds N] [--hz 110,220,440,880]\n"
    "    [--level-db -12]\n"
    "    plays it, sample by sample, from the ports midi_out and out_1\n"
    "latency notes|bursts|steps --to PORT --from PORT [--count N] [--verbose] [--hz LIST] [--pitches 55,60,67] [--velocity 90]\n"
    "    [--on-ms 400] [--off-ms 400] [--level-db -12] [--semitones 4] [--seed 1] [--wav FILE]\n"
    "    how many frames after an event another client's sound begins, or reaches its new pitch; JSON; --wav keeps the recording\n"
    "known [--delay N] [--seconds N]\n"
    "    a client whose delay is known, to check the ruler: midi_in, in_1 to out_l\n"
    "loop FILE.mid [--voices 16] [--seconds 8]\n"
    "    writes a MIDI file with that many voices sounding at all times\n"
    "awake\n"
    "    keeps every processor computing at idle priority until it is ended: for measurements in a virtual machine\n"
    "\n"
    "Without --server, the server is JACK_DEFAULT_SERVER or \"default\". Ports are CLIENT:PORT.\n";

static const struct {
    const char *name;
    int (*run)(struct args *);
} COMMANDS[] = {{"baseline", baseline_command},
                {"play", play_command},
                {"latency", latency_command},
                {"known", known_command},
                {"loop", loop_command},
                {"awake", awake_command}};

int main(int count, char **text) {
    if (count > 1 && strcmp(text[1], "--help") == 0) {
        fputs(HELP, stdout);
        return 0;
    }
    struct args args;
    args_init(&args, count > 2 ? count - 2 : 0, text + 2);
    for (size_t i = 0; count > 1 && i < sizeof COMMANDS / sizeof *COMMANDS; i++) {
        if (strcmp(text[1], COMMANDS[i].name) == 0) {
            return COMMANDS[i].run(&args);
        }
    }
    fputs(HELP, stderr);
    return 2;
}
