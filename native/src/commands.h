/* The subcommands. Each takes its options, runs, prints JSON on standard output and returns the exit code. */
#ifndef COMMANDS_H
#define COMMANDS_H

#include "args.h"

int baseline_command(struct args *args);
int play_command(struct args *args);
int latency_command(struct args *args);
int known_command(struct args *args);
int loop_command(struct args *args);
int awake_command(struct args *args);

#endif
