#include "tests/support/flowscript.h"

#include <CUnit/CUnit.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "flow/flow.h"

struct run {
    struct flow *flow;
    struct segment segment;
    const char *file;          /* the script: where the octets stand in it goes through with them */
    int64_t time_us;
    uint64_t frame;
    char *out;
    size_t len, size;
};

static char text[1 << 16];

static void say(struct run *run, const struct connection *c, const char *format, ...)
{
    va_list arguments;

    if (run->len > 0 && run->len + 1 < run->size)
        run->out[run->len++] = ' ';
    if (c && c->number > 0)
        run->len += (size_t)snprintf(run->out + run->len, run->size - run->len, "%u", (unsigned)c->number);
    va_start(arguments, format);
    run->len += (size_t)vsnprintf(run->out + run->len, run->size - run->len, format, arguments);
    va_end(arguments);
    if (run->len >= run->size)
        abort();
}

static char end_of(const struct connection *c, int direction)
{
    return c->ends[direction].address[3] == 1 ? '>' : '<';
}

static void opened(void *context, struct connection *c)
{
    c->reader = context;
    say(context, c, "open%s%s", end_of(c, 0) == '<' ? "<" : "", c->is_opener_known ? "" : "?");
}

static void show(struct run *run, const struct connection *c, int direction, const struct piece *piece, char how)
{
    if (piece->file_at == 0 || memcmp(run->file + piece->file_at, piece->octets, piece->len) != 0)
        say(run, c, "ELSEWHERE");
    say(run, c, "%c%u%c%.*s", end_of(c, direction), (unsigned)piece->at, how, (int)piece->len,
        (const char *)piece->octets);
}

static void octets(void *context, struct connection *c, int direction, const struct piece *piece)
{
    if (c->reader != context)
        say(context, c, "READER");
    show(context, c, direction, piece, piece->is_unproven ? '~' : piece->is_doubtful ? '?' : ':');
}

static void repeated(void *context, struct connection *c, int direction, const struct piece *piece)
{
    show(context, c, direction, piece, '=');
}

static void gap(void *context, struct connection *c, int direction, uint64_t at, uint64_t missing)
{
    say(context, c, "%c%u-%u", end_of(c, direction), (unsigned)at, (unsigned)missing);
}

static void ended(void *context, struct connection *c, int direction, enum flow_end how)
{
    static const char *const names[] = { "fin", "rst", "unseen" };

    if (how != FLOW_END_UNSEEN && !c->is_closing_seen)
        say(context, c, "CLOSING");
    say(context, c, "%c%s", end_of(c, direction), names[how]);
}

static void closed(void *context, struct connection *c)
{
    say(context, c, "close");
}

static void note(void *context, const struct note *note)
{
    const struct connection c = { .number = (uint64_t)note->stream };

    say(context, &c, "!%s@%u", note_code_name(note->code), (unsigned)note->frame);
}

static uint8_t flags_of(const char *letters)
{
    static const struct { char letter; uint8_t flag; } known[] = {
        { 'S', TCP_SYN }, { 'A', TCP_ACK }, { 'F', TCP_FIN }, { 'R', TCP_RST }, { 'U', TCP_URG }, { 'P', TCP_PSH },
    };
    uint8_t flags = 0;

    for (; *letters; letters++)
        for (size_t i = 0; i < sizeof known / sizeof *known; i++)
            if (known[i].letter == *letters)
                flags |= known[i].flag;
    return flags;
}

static void set_ends(struct segment *g, char end, unsigned long port)
{
    struct endpoint ends[2] = { { .family = 4, .port = (uint16_t)port }, { .family = 4, .port = 80 } };

    memcpy(ends[0].address, "\x0a\0\0\1", 4);
    memcpy(ends[1].address, "\x0a\0\0\2", 4);
    g->from = ends[end == '<'];
    g->to = ends[end != '<'];
}

static unsigned long feed_options(struct run *run, char **words, size_t n, char end)
{
    struct segment *g = &run->segment;
    unsigned long times = 1;

    for (size_t i = 0; i < n; i++) {
        char *equals = strchr(words[i], '=');
        unsigned long value = equals ? strtoul(equals + 1, NULL, 10) : 0;

        if (words[i][0] == '+')
            run->time_us += strtol(words[i] + 1, NULL, 10) - 1000;
        else if (words[i][0] == '\'')
            g->wire_len = g->data_len = (uint32_t)strlen(words[i]) - 2, g->data = (uint8_t *)words[i] + 1;
        else if (strcmp(words[i], "bad") == 0)
            g->is_checksum_bad = true;
        else if (strcmp(words[i], "left") == 0)
            g->is_checksum_bad = g->is_checksum_left = true;
        else if (strncmp(words[i], "ts=", 3) == 0)
            g->has_timestamp = true, g->timestamp = (uint32_t)value;
        else if (strncmp(words[i], "wire=", 5) == 0)
            g->wire_len = (uint32_t)value;
        else if (strncmp(words[i], "port=", 5) == 0)
            set_ends(g, end, value);
        else if (strncmp(words[i], "rep=", 4) == 0)
            times = value;
        else
            g->ack = (uint32_t)strtoul(words[i], NULL, 10);
    }
    return times;
}

/* Octets in a block of their own, so that a sanitizer sees any use after the call. */
static void feed_copy(struct run *run)
{
    struct segment g = run->segment;
    uint8_t *copy = malloc(g.data_len + 1);

    if (g.data_len > 0) {
        memcpy(copy, g.data, g.data_len);
        g.file_at = (uint64_t)((const char *)g.data - run->file);
    }
    g.data = copy;
    g.frame = run->frame;
    g.time_us = run->time_us;
    flow_feed(run->flow, &g);
    free(copy);
}

static void feed_line(struct run *run, char *line)
{
    char *words[16], *save = NULL;
    size_t n = 0;
    unsigned long times;

    for (char *word = strtok_r(line, " ", &save); word && n < 16; word = strtok_r(NULL, " ", &save))
        words[n++] = word;
    run->frame++;
    run->time_us += 1000;
    if (n == 1 && strcmp(words[0], "finish") == 0) {
        flow_finish(run->flow);
        return;
    }
    if (n == 2 && strcmp(words[0], "tick") == 0) {
        run->time_us += strtol(words[1], NULL, 10);
        flow_tick(run->flow, run->time_us);
        return;
    }
    if (n < 3)
        abort();
    run->segment = (struct segment){ .flags = flags_of(words[1]), .seq = (uint32_t)strtoul(words[2], NULL, 10) };
    set_ends(&run->segment, words[0][0], 1000);
    times = feed_options(run, words + 3, n - 3, words[0][0]);
    while (times-- > 0)
        feed_copy(run);
}

const char *flowscript_run(const char *script, const struct limits *limits)
{
    static const uint8_t key[16] = "a key for tests";
    struct run run = { .time_us = 1000000, .out = text, .size = sizeof text };
    struct flow_sink sink = { &run, opened, octets, repeated, gap, ended, closed };
    char *lines = strdup(script), *save = NULL;

    text[0] = '\0';
    run.file = lines;
    run.flow = flow_new(limits ? limits : &limits_default, key, &sink, (struct note_sink){ note, &run });
    for (char *line = strtok_r(lines, "\n", &save); line; line = strtok_r(NULL, "\n", &save))
        feed_line(&run, line);
    flow_finish(run.flow);
    if (flow_held(run.flow) != 0)
        say(&run, NULL, "HELD");
    flow_free(run.flow);
    free(lines);
    return text;
}

void flowscript_check(const struct flowscript_row *rows, size_t nrows, const struct limits *limits)
{
    for (size_t i = 0; i < nrows; i++) {
        const char *said = flowscript_run(rows[i].script, limits);

        if (strcmp(said, rows[i].expected) != 0) {
            CU_FAIL("flow says something else");
            printf("\n    %s\n      expected: %s\n      said:     %s\n", rows[i].name, rows[i].expected, said);
        }
    }
}
