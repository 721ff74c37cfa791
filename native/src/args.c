#include "args.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void die(const char *format, ...) {
    va_list list;
    va_start(list, format);
    fputs("chanterelle-bench: ", stderr);
    vfprintf(stderr, format, list);
    fputc('\n', stderr);
    va_end(list);
    exit(2);
}

void args_init(struct args *args, int count, char **text) {
    memset(args, 0, sizeof *args);
    if (count > (int)(sizeof args->used / sizeof *args->used)) {
        die("%d arguments; expected at most %zu", count, sizeof args->used / sizeof *args->used);
    }
    args->count = count;
    args->text = text;
}

static int find(struct args *args, const char *name) {
    for (int i = 0; i < args->count; i++) {
        if (!args->used[i] && strcmp(args->text[i], name) == 0) {
            args->used[i] = true;
            return i;
        }
    }
    return -1;
}

const char *args_text(struct args *args, const char *name, const char *fallback) {
    int at = find(args, name);
    if (at < 0) {
        return fallback;
    }
    if (at + 1 >= args->count) {
        die("%s: expected a value after it", name);
    }
    args->used[at + 1] = true;
    return args->text[at + 1];
}

static double number(const char *name, const char *text, double min, double max, const char *stop) {
    char *end;
    double value = strtod(text, &end);
    if (end == text || (*end != '\0' && strchr(stop, *end) == NULL) || !(value >= min && value <= max)) {
        die("%s %s: expected a number from %g to %g", name, text, min, max);
    }
    return value;
}

double args_number(struct args *args, const char *name, double fallback, double min, double max) {
    const char *text = args_text(args, name, NULL);
    return text == NULL ? fallback : number(name, text, min, max, "");
}

int args_numbers(struct args *args, const char *name, const char *fallback, double *into, int limit) {
    const char *text = args_text(args, name, fallback);
    int count = 0;
    for (;;) {
        if (count == limit) {
            die("%s %s: expected at most %d numbers", name, text, limit);
        }
        into[count++] = number(name, text, 0, 1e6, ",");
        text = strchr(text, ',');
        if (text == NULL) {
            return count;
        }
        text++;
    }
}

bool args_flag(struct args *args, const char *name) {
    return find(args, name) >= 0;
}

const char *args_positional(struct args *args) {
    for (int i = 0; i < args->count; i++) {
        if (!args->used[i] && strncmp(args->text[i], "--", 2) != 0) {
            args->used[i] = true;
            return args->text[i];
        }
    }
    return NULL;
}

void args_end(const struct args *args) {
    for (int i = 0; i < args->count; i++) {
        if (!args->used[i]) {
            die("%s: unknown here; see --help", args->text[i]);
        }
    }
}
