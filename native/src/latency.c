/* Sends events to a client, records its answer on the graph's frames and tells how many frames lie between. */
#include "client.h"
#include "commands.h"
#include "judge.h"
#include "recorder.h"
#include "report.h"
#include "settings.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static const float ONSET_DB = -40;
static const double BEFORE_MS = 20;
static const double PITCH_MS = 400;

struct latency {
    const char *kind, *server, *to, *from, *wav;
    double wait;
    struct settings settings;
    struct test test;
    struct sender sender;
    struct recorder recorder;
    double rate_hz;
    jack_nframes_t period_frames;
    double connected; /* when, seconds since 1970 */
};

/* When the event really went out: notes may be sent late, a sound begins where it exceeds its own threshold. */
static int64_t event_onset(const struct latency *self, const struct event *event, int index) {
    const struct script *script = &self->test.script;
    if (script->audio == NULL) {
        return self->sender.sent[2 * index];
    }
    float peak = judge_peak(script->audio, event->frame, event->end);
    return judge_onset(script->audio, event->frame, event->end, peak * powf(10, ONSET_DB / 20));
}

static bool has_gap(const float *samples, int64_t from, int64_t to) {
    for (int64_t i = from; i < to; i++) {
        if (isnan(samples[i])) {
            return true;
        }
    }
    return false;
}

static struct answer judge_start(const struct latency *self, const struct event *event, int index) {
    const float *samples = self->recorder.samples;
    int64_t start = event_onset(self, event, index);
    /* A client that takes all events at the start of the period answers before the event's own frame. */
    int64_t earliest = start - self->period_frames;
    int64_t before = earliest - (int64_t)(BEFORE_MS * 1e-3 * self->rate_hz);
    float peak = judge_peak(samples, start, event->end);
    float threshold = peak * powf(10, ONSET_DB / 20);
    int64_t onset = judge_onset(samples, earliest, event->end, threshold);
    struct answer answer = {.event = *event, .peak_db = 20 * log10(fmax(peak, 1e-9)), .delay_frames = (double)(onset - start)};
    answer.verdict = has_gap(samples, before, onset < 0 ? event->end : onset + 1)  ? DISTURBED
                     : peak < 1e-5f                                                ? SILENT
                     : judge_onset(samples, before, earliest, threshold) >= 0      ? MASKED
                                                                                   : ANSWERED;
    return answer;
}

/* The octave in which the client answers, from the pitch that it has settled on: 1 as sung, 2 above, 0.5 below; 0: another pitch. */
static double octave_of(const struct latency *self, const struct event *event) {
    int64_t at = event->end - (int64_t)(0.12 * self->rate_hz);
    double settled = judge_f0(self->recorder.samples, at, (int)(4 * self->rate_hz / event->hz), self->rate_hz, event->hz * 0.4,
                              event->hz * 5);
    double octave = settled > 0 ? exp2(round(log2(settled / event->hz))) : 0;
    return octave > 0 && fabs(1200 * log2(settled / event->hz / octave)) <= 50 ? octave : 0;
}

static struct answer judge_step(const struct latency *self, const struct event *event) {
    struct answer answer = {.event = *event, .verdict = WRONG_PITCH};
    int64_t from = event->frame - (int64_t)(0.04 * self->rate_hz);
    int64_t to = event->frame + (int64_t)(PITCH_MS * 1e-3 * self->rate_hz);
    to = to < event->end ? to : event->end;
    if (has_gap(self->recorder.samples, from, event->end)) {
        answer.verdict = DISTURBED;
        return answer;
    }
    double octave = octave_of(self, event);
    if (octave == 0) {
        return answer;
    }
    double low = fmin(event->hz, event->from_hz), high = fmax(event->hz, event->from_hz);
    int64_t sung = judge_pitch_from(self->test.script.audio, from, to, self->rate_hz, event->hz, low, high);
    int64_t heard = judge_pitch_from(self->recorder.samples, from, to, self->rate_hz, event->hz * octave, low * fmin(octave, 1),
                                     high * octave);
    answer.delay_frames = (double)(heard - sung);
    answer.verdict = heard < 0 ? WRONG_PITCH : ANSWERED;
    return answer;
}

static void judge_all(const struct latency *self, struct answer *answers) {
    bool steps = strcmp(self->kind, "steps") == 0;
    for (int i = 0; i < self->test.count; i++) {
        const struct event *event = &self->test.events[i];
        answers[i] = steps ? judge_step(self, event) : judge_start(self, event, i);
    }
}

static void open_all(struct latency *self) {
    sender_open(&self->sender, "ruler-out", self->server);
    self->rate_hz = jack_get_sample_rate(self->sender.client);
    self->period_frames = jack_get_buffer_size(self->sender.client);
    self->test = settings_make(&self->settings, self->kind, self->rate_hz);
    self->sender.script = &self->test.script;
    self->sender.sent = allocate(self->test.script.message_count, sizeof *self->sender.sent);
    recorder_open(&self->recorder, "ruler-in", self->server, &self->sender, self->test.script.frames);
    char port[320];
    snprintf(port, sizeof port, "%s:%s", jack_get_client_name(self->sender.client),
             self->test.script.audio != NULL ? "out_1" : "midi_out");
    client_connect(self->sender.client, port, self->to, self->wait);
    snprintf(port, sizeof port, "%s:in", jack_get_client_name(self->recorder.client));
    client_connect(self->recorder.client, self->from, port, self->wait);
}

/* What JACK says of the measured client's ports. */
static struct declared read_declared(const struct latency *self) {
    struct declared declared = {0};
    jack_port_t *from = jack_port_by_name(self->sender.client, self->from);
    jack_port_t *to = jack_port_by_name(self->sender.client, self->to);
    if (from == NULL || to == NULL) {
        die("%s, %s: gone while measured", self->to, self->from);
    }
    jack_port_get_latency_range(from, JackCaptureLatency, &declared.capture);
    jack_port_get_latency_range(to, JackPlaybackLatency, &declared.playback);
    declared.period_frames = self->period_frames;
    declared.rate_hz = self->rate_hz;
    declared.connected = self->connected;
    return declared;
}

static double unix_seconds(void) {
    struct timespec time;
    clock_gettime(CLOCK_REALTIME, &time);
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

static void run(struct latency *self) {
    self->connected = unix_seconds();
    client_wait(0.1);
    sender_arm(&self->sender);
    while (!atomic_load(&self->recorder.full)) {
        if (atomic_load(&client_stop)) {
            die("stopped, or the server is gone");
        }
        client_pause_ms(20);
    }
}

int latency_command(struct args *args) {
    struct latency *self = allocate(1, sizeof *self);
    self->server = args_text(args, "--server", NULL);
    self->to = args_text(args, "--to", NULL);
    self->from = args_text(args, "--from", NULL);
    self->wav = args_text(args, "--wav", NULL);
    self->wait = args_number(args, "--wait", 5, 0, 600);
    bool verbose = args_flag(args, "--verbose");
    settings_read(&self->settings, args);
    self->kind = args_positional(args);
    args_end(args);
    if (self->kind == NULL || self->to == NULL || self->from == NULL) {
        die("latency: expected notes, bursts or steps, and --to PORT --from PORT");
    }
    open_all(self);
    run(self);
    struct declared declared = read_declared(self);
    recorder_close(&self->recorder);
    sender_close(&self->sender);
    struct answer *answers = allocate((size_t)self->test.count, sizeof *answers);
    judge_all(self, answers);
    if (verbose) {
        report_each(answers, self->test.count, self->rate_hz);
    }
    report_json(self->kind, answers, self->test.count, &declared, atomic_load(&self->recorder.xruns));
    if (self->wav != NULL) {
        wav_write(self->wav, self->recorder.samples, self->recorder.frames, self->rate_hz);
    }
    free(answers);
    free(self->recorder.samples);
    free(self->sender.sent);
    test_free(&self->test);
    free(self);
    return 0;
}
