/* Command-line options, each asked for by name; whatever nobody asked for is an error. */
#ifndef ARGS_H
#define ARGS_H

#include <stdbool.h>

struct args {
    int count;
    char **text;
    bool used[64];
};

/* Prints one line on standard error and exits 2: a request that cannot be met. */
_Noreturn void die(const char *format, ...) __attribute__((format(printf, 1, 2)));

void args_init(struct args *args, int count, char **text);

/* The value after `name`, or `fallback`. */
const char *args_text(struct args *args, const char *name, const char *fallback);

/* The number after `name`, from min to max, or `fallback`. */
double args_number(struct args *args, const char *name, double fallback, double min, double max);

/* Numbers separated by commas into `into`; how many there are, at most `limit`. */
int args_numbers(struct args *args, const char *name, const char *fallback, double *into, int limit);

bool args_flag(struct args *args, const char *name);

/* The next argument that is no option and no option's value; NULL when there is none. Ask after all options. */
const char *args_positional(struct args *args);

/* Complains of what nobody asked for. */
void args_end(const struct args *args);

#endif
