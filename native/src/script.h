/* What is sent to a client: audio and MIDI messages, each at its frame from the start. */
#ifndef SCRIPT_H
#define SCRIPT_H

#include <stddef.h>
#include <stdint.h>

struct message {
    uint32_t frame;
    uint8_t size;
    uint8_t bytes[3];
};

struct script {
    uint32_t frames;
    float *audio; /* NULL: silence; else `frames` samples */
    struct message *messages;
    size_t message_count, message_limit;
};

/* Appends; the caller keeps the frames in order, or sorts. */
void script_add(struct script *script, uint32_t frame, uint8_t status, uint8_t first, uint8_t second);

/* Orders messages by frame; those of one frame keep their order. */
void script_sort(struct script *script);

void script_free(struct script *script);

/* `count` zeroed elements, or the end of the program. */
void *allocate(size_t count, size_t size);

/* Reads a standard MIDI file of format 0 or 1 and at most 8 MiB; dies of one that is broken. System exclusive messages are left out. */
struct script smf_read(const char *path, double rate_hz);

/* Writes a loop of `seconds` with `voices` notes sounding at all times, as a standard MIDI file. */
void smf_write_loop(const char *path, int voices, int seconds);

/* Reads the first channel of a WAV file of 16, 24 or 32 (float) bits; dies if its rate is not `rate_hz`. */
struct script wav_read(const char *path, double rate_hz);

/* Writes one channel of 32-bit float. */
void wav_write(const char *path, const float *samples, uint32_t frames, double rate_hz);

#endif
