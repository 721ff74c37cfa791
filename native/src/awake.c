/* Keeps every processor computing at idle priority: a virtual machine's host gives a halted one to others and returns it late. */
#define _GNU_SOURCE
#include "args.h"
#include "commands.h"

#include <pthread.h>
#include <sched.h>
#include <stddef.h>
#include <unistd.h>

/* A chain of square roots waits for its own results and leaves the core to the other hyperthread. */
static void *compute(void *unused) {
    (void)unused;
    volatile double value = 2;
    for (;;) {
        double x = value;
        for (int i = 0; i < 100000; i++) {
            x = __builtin_sqrt(x + 1.5);
        }
        value = x;
    }
    return NULL;
}

int awake_command(struct args *args) {
    args_end(args);
    struct sched_param idle = {.sched_priority = 0};
    if (sched_setscheduler(0, SCHED_IDLE, &idle) != 0) {
        die("awake: idle priority was refused");
    }
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    for (long i = 0; i < processors; i++) {
        cpu_set_t one;
        CPU_ZERO(&one);
        CPU_SET(i, &one);
        pthread_t thread;
        if (pthread_create(&thread, NULL, compute, NULL) != 0 || pthread_setaffinity_np(thread, sizeof one, &one) != 0) {
            die("awake: no thread for processor %ld", i);
        }
    }
    pause();
    return 0;
}
