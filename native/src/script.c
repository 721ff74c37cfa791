#include "script.h"

#include "args.h"

#include <stdlib.h>

enum { MAX_MESSAGES = 4000000 };

void *allocate(size_t count, size_t size) {
    void *memory = calloc(count == 0 ? 1 : count, size);
    if (memory == NULL) {
        die("no memory for %zu elements", count);
    }
    return memory;
}

void script_add(struct script *script, uint32_t frame, uint8_t status, uint8_t first, uint8_t second) {
    if (script->message_count == script->message_limit) {
        script->message_limit = script->message_limit == 0 ? 256 : script->message_limit * 2;
        if (script->message_limit > MAX_MESSAGES) {
            die("more than %d MIDI messages", MAX_MESSAGES / 2);
        }
        script->messages = realloc(script->messages, script->message_limit * sizeof *script->messages);
        if (script->messages == NULL) {
            die("no memory for %zu MIDI messages", script->message_limit);
        }
    }
    uint8_t kind = status & 0xf0;
    script->messages[script->message_count++] = (struct message){
        .frame = frame, .size = kind == 0xc0 || kind == 0xd0 ? 2 : 3, .bytes = {status, first, second}};
}

static void merge(struct message *into, const struct message *from, size_t low, size_t middle, size_t high) {
    size_t left = low, right = middle;
    for (size_t i = low; i < high; i++) {
        int take_left = left < middle && (right >= high || from[left].frame <= from[right].frame);
        into[i] = from[take_left ? left++ : right++];
    }
}

void script_sort(struct script *script) {
    size_t count = script->message_count;
    struct message *from = script->messages;
    struct message *into = allocate(count, sizeof *into);
    for (size_t width = 1; width < count; width *= 2) {
        for (size_t low = 0; low < count; low += 2 * width) {
            size_t middle = low + width < count ? low + width : count;
            size_t high = low + 2 * width < count ? low + 2 * width : count;
            merge(into, from, low, middle, high);
        }
        struct message *other = from;
        from = into;
        into = other;
    }
    script->messages = from;
    script->message_limit = count;
    free(into);
}

void script_free(struct script *script) {
    free(script->audio);
    free(script->messages);
    *script = (struct script){0};
}
