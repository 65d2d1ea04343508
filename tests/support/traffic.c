#include "tests/support/traffic.h"

#include <CUnit/CUnit.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"
#include "input/input.h"
#include "input/reading.h"
#include "tests/support/cases.h"

enum { HEADERS_MAX = 100, TCP_HEADER = 20, CONNECTIONS = 64, WIRE_GAP_US = 100, LINE_OCTETS = 512, NAME_OCTETS = 512 };
enum { FIN = 1, SYN = 2, RST = 4, PSH = 8, ACK = 16 };

unsigned traffic_random(unsigned *state, unsigned below)
{
    *state = *state * 1103515245u + 12345u;
    return (*state >> 8) % below;
}

/* ---- frames ---- */

static struct frame *frame_add(struct traffic *traffic, const uint8_t *octets, uint32_t len)
{
    traffic->frames = memory_grow(traffic->frames, traffic->count + 1, sizeof *traffic->frames);
    struct frame *frame = &traffic->frames[traffic->count++];

    *frame = (struct frame){ memory_new(len), len, len, 1, traffic->count, 0 };
    memcpy(frame->octets, octets, len);
    return frame;
}

void traffic_clear(struct traffic *traffic)
{
    for (size_t i = 0; i < traffic->count; i++)
        memory_free(traffic->frames[i].octets);
    memory_free(traffic->frames);
    *traffic = (struct traffic){ 0 };
}

struct traffic traffic_copy(const struct traffic *traffic)
{
    struct traffic copy = { 0 };

    for (size_t i = 0; i < traffic->count; i++) {
        struct frame *frame = frame_add(&copy, traffic->frames[i].octets, traffic->frames[i].captured);
        uint8_t *octets = frame->octets;

        *frame = traffic->frames[i];
        frame->octets = octets;
    }
    return copy;
}

static void on_packet(void *context, const struct httplint_packet *packet)
{
    struct frame *frame = frame_add(context, packet->octets, packet->captured);

    frame->length = packet->length;
    frame->link = packet->link;
    frame->number = packet->frame;
    frame->time_us = packet->time_us;
}

static void on_remark(void *context, const char *code, const char *words, uint64_t frame)
{
    (void)context;
    (void)code;
    (void)words;
    (void)frame;
}

struct traffic traffic_load(const char *path)
{
    struct traffic traffic = { 0 };
    struct errors errors = { 0 };
    struct source *source = source_open(path, NULL, &errors);
    struct reading reading = { .name = path, .source = source, .errors = &errors,
                               .sink = { .context = &traffic, .packet = on_packet, .remark = on_remark } };

    CU_ASSERT_PTR_NOT_NULL_FATAL(source);
    CU_ASSERT_NOT_EQUAL(reading_run(&reading), INPUT_REFUSED);
    source_free(source);
    errors_clear(&errors);
    return traffic;
}

/* ---- octet streams to packets ---- */

struct side_state {
    uint32_t next;             /* sequence number of the next octet */
    bool is_open, is_finished;
    uint8_t last[64];          /* octets sent last, for overlaps */
    size_t nlast;
};

struct building {
    struct traffic traffic;
    const struct disguise *disguise;
    struct side_state sides[CONNECTIONS][2];
    unsigned random;
    int64_t now_us;
};

static void put16(uint8_t *at, unsigned value)
{
    at[0] = (uint8_t)(value >> 8);
    at[1] = (uint8_t)value;
}

static void put32(uint8_t *at, uint32_t value)
{
    put16(at, value >> 16);
    put16(at + 2, value & 0xFFFF);
}

static uint32_t sum(const uint8_t *octets, size_t len, uint32_t start)
{
    for (size_t i = 0; i < len; i++)
        start += i % 2 == 0 ? (uint32_t)octets[i] << 8 : octets[i];
    return start;
}

static uint16_t folded(uint32_t value)
{
    while (value >> 16)
        value = (value & 0xFFFF) + (value >> 16);
    return (uint16_t)~value;
}

/* Ethernet (or none), VLAN, IP; gives the octets written. The TCP segment follows with `len` octets. */
static size_t put_ip(const struct disguise *disguise, uint8_t *at, int direction, size_t len)
{
    uint8_t addresses[2][16] = { { 198, 18, 0, 2 }, { 198, 18, 0, 1 } };
    size_t used = 0;

    if (disguise->is_ipv6) {
        memcpy(addresses[0], (uint8_t[]){ 0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2 }, 16);
        memcpy(addresses[1], (uint8_t[]){ 0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1 }, 16);
    }
    put16(addresses[0] + (disguise->is_ipv6 ? 14 : 2), 2 + disguise->host);
    if (!disguise->is_raw) {
        memset(at, 2, 12);
        used = 12;
        if (disguise->is_vlan) {
            put32(at + used, 0x81000007);
            used += 4;
        }
        put16(at + used, disguise->is_ipv6 ? 0x86DD : 0x0800);
        used += 2;
    }
    uint8_t *ip = at + used;
    if (disguise->is_ipv6) {
        put32(ip, 0x60000000);
        put16(ip + 4, (unsigned)len);
        ip[6] = 6;
        ip[7] = 64;
        memcpy(ip + 8, addresses[direction], 16);
        memcpy(ip + 24, addresses[!direction], 16);
        return used + 40;
    }
    memset(ip, 0, 20);
    ip[0] = 0x45;
    put16(ip + 2, (unsigned)len + 20);
    ip[8] = 64;
    ip[9] = 6;
    memcpy(ip + 12, addresses[direction], 4);
    memcpy(ip + 16, addresses[!direction], 4);
    put16(ip + 10, folded(sum(ip, 20, 0)));
    return used + 20;
}

static uint32_t pseudo_sum(const struct disguise *disguise, const uint8_t *tcp, size_t len)
{
    size_t addresses = disguise->is_ipv6 ? 32 : 8;

    return sum(tcp - addresses, addresses, (uint32_t)len + 6);
}

/* One segment; `lag` moves its sequence number back. */
static void put_segment(struct building *building, unsigned connection, int direction, unsigned flags,
                        const uint8_t *data, size_t len, uint32_t lag)
{
    struct side_state *side = &building->sides[connection][direction];
    struct side_state *peer = &building->sides[connection][!direction];
    uint8_t *octets = memory_new(HEADERS_MAX + len);
    size_t used = put_ip(building->disguise, octets, direction, TCP_HEADER + len);
    uint8_t *tcp = octets + used;

    put16(tcp, direction == 0 ? 40000 + connection : 80);
    put16(tcp + 2, direction == 0 ? 80 : 40000 + connection);
    put32(tcp + 4, side->next - lag);
    put32(tcp + 8, flags & ACK ? peer->next : 0);
    tcp[12] = 5 << 4;
    tcp[13] = (uint8_t)flags;
    put16(tcp + 14, 65535);
    if (len > 0)
        memcpy(tcp + TCP_HEADER, data, len);
    uint32_t pseudo = pseudo_sum(building->disguise, tcp, TCP_HEADER + len);
    put16(tcp + 16, building->disguise->is_offloaded ? ~folded(pseudo) : folded(sum(tcp, TCP_HEADER + len, pseudo)));
    struct frame *frame = frame_add(&building->traffic, octets, (uint32_t)(used + TCP_HEADER + len));
    memory_free(octets);
    frame->link = building->disguise->is_raw ? 101 : 1;
    building->now_us += WIRE_GAP_US;
    frame->time_us = building->now_us + building->disguise->shift_us;
}

static void open_connection(struct building *building, unsigned connection)
{
    struct side_state *sides = building->sides[connection];

    if (sides[0].is_open)
        return;
    sides[0].is_open = sides[1].is_open = true;
    sides[0].next = building->disguise->isn;
    sides[1].next = building->disguise->isn + 77;
    put_segment(building, connection, 0, SYN, NULL, 0, 0);
    sides[0].next++;
    put_segment(building, connection, 1, SYN | ACK, NULL, 0, 0);
    sides[1].next++;
    put_segment(building, connection, 0, ACK, NULL, 0, 0);
}

/* A segment with the sum of its pseudo-header alone, as if it was captured before the network card had it. */
static void put_left(struct building *building, unsigned connection, int direction, const uint8_t *data, size_t len)
{
    const struct disguise *plain = building->disguise;
    struct disguise left = *plain;

    left.is_offloaded = true;
    building->disguise = &left;
    put_segment(building, connection, direction, PSH | ACK, data, len, 0);
    building->disguise = plain;
}

/* Frames that a host drops, and so must we. */
static void put_noise(struct building *building, unsigned connection, int direction, size_t len)
{
    uint8_t other[64];

    memset(other, 'X', sizeof other);
    len = len < sizeof other ? len : sizeof other;
    put_segment(building, connection, direction, PSH | ACK, other, len, 0);
    struct frame *frame = &building->traffic.frames[building->traffic.count - 1];
    frame->octets[frame->captured - len - TCP_HEADER + 16] ^= 0x5A;               /* its checksum fails */
    if (!building->disguise->is_offloaded)
        put_left(building, connection, direction, other, len);
    put_segment(building, connection, direction, PSH | ACK, other, len, 0x40000000);   /* far out of the window */
    put_segment(building, connection, direction, RST, NULL, 0, 0x40000000);
}

/* Octets that went before, again in front of new ones. */
static void put_overlapping(struct building *building, unsigned connection, int direction, const uint8_t *data, size_t len)
{
    struct side_state *side = &building->sides[connection][direction];
    size_t before = side->nlast < 7 ? side->nlast : 7;
    uint8_t *joined = memory_new(before + len);

    memcpy(joined, side->last + side->nlast - before, before);
    if (building->disguise->is_conflicting)
        for (size_t i = 0; i < before; i++)
            joined[i] ^= 1;
    memcpy(joined + before, data, len);
    put_segment(building, connection, direction, PSH | ACK, joined, before + len, (uint32_t)before);
    memory_free(joined);
}

static void remember(struct side_state *side, const uint8_t *data, size_t len)
{
    size_t keep = len < sizeof side->last ? len : sizeof side->last;

    memcpy(side->last, data + len - keep, keep);
    side->nlast = keep;
}

static void put_data(struct building *building, unsigned connection, int direction, const uint8_t *data, size_t len)
{
    const struct disguise *disguise = building->disguise;
    struct side_state *side = &building->sides[connection][direction];

    while (len > 0) {
        size_t part = disguise->segment > 0 && disguise->segment < len ? disguise->segment : len;

        if (disguise->is_random_cut)
            part = 1 + traffic_random(&building->random, (unsigned)part);
        if (disguise->has_noise)
            put_noise(building, connection, direction, part);
        if (disguise->is_overlapping)
            put_overlapping(building, connection, direction, data, part);
        else
            put_segment(building, connection, direction, PSH | ACK, data, part, 0);
        remember(side, data, part);
        side->next += (uint32_t)part;
        if (disguise->is_repeated && traffic_random(&building->random, 3) == 0) {
            size_t again = 1 + traffic_random(&building->random, (unsigned)side->nlast);

            put_segment(building, connection, direction, PSH | ACK, side->last + side->nlast - again, again,
                        (uint32_t)again);
        }
        data += part;
        len -= part;
    }
}

static void put_event(struct building *building, unsigned connection, int direction, const struct transcript_step *step)
{
    struct side_state *side = &building->sides[connection][direction];

    switch (step->event) {
    case HTTPLINT_FIN:
        if (!side->is_finished)
            put_segment(building, connection, direction, FIN | ACK, NULL, 0, 0);
        side->next += !side->is_finished;
        side->is_finished = true;
        break;
    case HTTPLINT_RST:
        put_segment(building, connection, direction, RST | ACK, NULL, 0, 0);
        break;
    case HTTPLINT_GAP:
        side->next += (uint32_t)step->chunk.len;
        side->nlast = 0;
        break;
    case HTTPLINT_CUT:
        break;
    }
}

static int compare_places(const void *a, const void *b)
{
    const struct frame *first = a, *second = b;

    return (first->number > second->number) - (first->number < second->number);
}

/* The frames from `first` on that follow one another without a pause: the index of the last one. */
static size_t burst_end(const struct traffic *traffic, size_t first)
{
    size_t last = first;

    while (last + 1 < traffic->count && traffic->frames[last + 1].time_us - traffic->frames[last].time_us <= WIRE_GAP_US)
        last++;
    return last;
}

/* No frame is moved by more than `window` places, nor over a pause: networks do not reorder for seconds. The times stay in
 * order. */
static void shuffle(struct traffic *traffic, unsigned window, unsigned *random)
{
    int64_t *times = memory_new(traffic->count * sizeof *times);

    for (size_t i = 0, last = 0; i < traffic->count; i++) {
        last = i == 0 || i > last ? burst_end(traffic, i) : last;
        size_t place = i + (window > 0 ? traffic_random(random, window) : 0);

        times[i] = traffic->frames[i].time_us;
        traffic->frames[i].number = (place < last ? place : last) << 16 | i;
    }
    qsort(traffic->frames, traffic->count, sizeof *traffic->frames, compare_places);
    for (size_t i = 0; i < traffic->count; i++) {
        traffic->frames[i].time_us = times[i];
        traffic->frames[i].number = i + 1;
    }
    memory_free(times);
}

struct traffic traffic_of_case(const struct transcript *transcript, const struct transcript_case *one,
                               const struct disguise *disguise, unsigned seed)
{
    struct building *building = memory_new(sizeof *building);
    uint64_t first = one->nsteps > 0 ? UINT64_MAX : 0;

    building->disguise = disguise;
    building->random = seed;
    building->now_us = TRANSCRIPT_BEGIN_US;
    for (size_t i = 0; i < one->nsteps; i++) {
        uint64_t id = transcript->steps[one->steps_at + i].chunk.connection;

        first = id < first ? id : first;
    }
    for (size_t i = 0; i < one->nsteps; i++) {
        const struct transcript_step *step = &transcript->steps[one->steps_at + i];
        unsigned connection = (unsigned)(step->chunk.connection - first) % CONNECTIONS;
        int direction = step->chunk.side == HTTPLINT_RESPONSE;

        if (building->now_us < step->chunk.time_us)
            building->now_us = step->chunk.time_us;
        open_connection(building, connection);
        if (step->is_event)
            put_event(building, connection, direction, step);
        else
            put_data(building, connection, direction, step->chunk.octets, step->chunk.len);
    }
    struct traffic traffic = building->traffic;
    shuffle(&traffic, disguise->window, &building->random);
    memory_free(building);
    return traffic;
}

/* ---- what is shown ---- */

struct showing {
    struct shown *shown;
    bool has_ends;
};

static void shown_add(struct shown *shown, char *line)
{
    shown->lines = memory_grow(shown->lines, shown->count + 1, sizeof *shown->lines);
    shown->lines[shown->count++] = line;
}

static void on_exchange(void *context, const struct httplint_exchange *exchange, const struct httplint_finding *findings,
                        size_t count)
{
    struct showing *showing = context;
    struct shown *shown = showing->shown;

    for (size_t i = 0; i < count; i++) {
        const struct httplint_finding *finding = &findings[i];
        /* A finding about a request is the same whether its response was seen or not. */
        unsigned status = finding->side == HTTPLINT_REQUEST ? 0 : finding->status;
        char *line = memory_new(LINE_OCTETS);

        /* The severity stands last, so that lines that differ in it alone are neighbours. */
        if (showing->has_ends)
            snprintf(line, LINE_OCTETS, "%.*s status %u side %d %.*s > %.*s severity %d", (int)finding->rule->id.len,
                     finding->rule->id.at, status, (int)finding->side, (int)exchange->client.len,
                     exchange->client.at, (int)exchange->server.len, exchange->server.at, (int)finding->severity);
        else
            snprintf(line, LINE_OCTETS, "%.*s status %u side %d offset %llu severity %d", (int)finding->rule->id.len,
                     finding->rule->id.at, status, (int)finding->side, (unsigned long long)finding->offset,
                     (int)finding->severity);
        shown_add(shown, line);
    }
    if (!showing->has_ends) {
        char *line = memory_new(LINE_OCTETS);

        snprintf(line, LINE_OCTETS, "exchange %.*s %u + %zu interim, %llu and %llu octets%s", (int)exchange->method.len,
                 exchange->method.at, exchange->status, exchange->ninterim, (unsigned long long)exchange->request_octets,
                 (unsigned long long)exchange->response_octets, exchange->is_complete ? ", whole" : "");
        shown_add(shown, line);
    }
}

static void on_note(void *context, const struct httplint_note *note)
{
    (void)context;
    (void)note;
}

static int compare_lines(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static void shown_sort(struct shown *shown)
{
    if (shown->count > 0)
        qsort(shown->lines, shown->count, sizeof *shown->lines, compare_lines);
}

static httplint *session_new(struct showing *showing, const struct httplint_options *options)
{
    struct httplint_sink sink = { on_exchange, on_note, showing };

    return httplint_new(cases_rules(), options, &sink, NULL);
}

void traffic_each_case(const struct disguise *disguise, unsigned seed, traffic_see *see, void *context)
{
    struct case_files cases = cases_load();

    for (size_t i = 0; i < cases.count; i++) {
        const struct transcript *transcript = cases.files[i].transcript;

        for (size_t j = 0; j < transcript->ncases; j++) {
            struct traffic traffic = traffic_of_case(transcript, &transcript->cases[j], disguise, seed);
            char name[NAME_OCTETS];

            snprintf(name, sizeof name, "%s:%u", cases.files[i].path, transcript->cases[j].line);
            see(context, name, &traffic);
            traffic_clear(&traffic);
        }
    }
    cases_free(&cases);
}

void traffic_each_capture(traffic_see *see, void *context)
{
    const char *folder = getenv("HTTPLINT_CAPTURES");
    struct input_files paths = { 0 };
    struct errors errors = { 0 };

    CU_ASSERT_TRUE_FATAL(input_files_add(&paths, folder ? folder : "captures", &errors));
    for (size_t i = 0; i < paths.count; i++) {
        if (!strstr(paths.paths[i], ".pcap") || strstr(paths.paths[i], ".keylog"))
            continue;
        struct traffic traffic = traffic_load(paths.paths[i]);

        see(context, paths.paths[i], &traffic);
        traffic_clear(&traffic);
    }
    input_files_clear(&paths);
    errors_clear(&errors);
}

struct shown traffic_lint(const struct traffic *traffic, bool has_ends)
{
    return traffic_lint_with(traffic, has_ends, &(struct httplint_options){ 0 });
}

struct shown traffic_lint_with(const struct traffic *traffic, bool has_ends, const struct httplint_options *options)
{
    struct shown shown = { 0 };
    struct showing showing = { &shown, has_ends };
    httplint *session = session_new(&showing, options);

    for (size_t i = 0; i < traffic->count; i++) {
        const struct frame *frame = &traffic->frames[i];

        httplint_packet(session, &(struct httplint_packet){ frame->octets, frame->captured, frame->length, frame->link,
                                                            frame->number, frame->time_us, 0 });
    }
    httplint_finish(session);
    httplint_free(session);
    shown_sort(&shown);
    return shown;
}

struct shown cases_lint(const struct transcript *transcript, const struct transcript_case *one)
{
    struct shown shown = { 0 };
    struct showing showing = { &shown, false };
    httplint *session = session_new(&showing, &(struct httplint_options){ 0 });

    cases_feed(transcript, one, session);
    httplint_free(session);
    shown_sort(&shown);
    return shown;
}

void shown_clear(struct shown *shown)
{
    for (size_t i = 0; i < shown->count; i++)
        memory_free(shown->lines[i]);
    memory_free(shown->lines);
    *shown = (struct shown){ 0 };
}

bool shown_equal(const struct shown *a, const struct shown *b)
{
    bool is_same = a->count == b->count;

    for (size_t i = 0; is_same && i < a->count; i++)
        is_same = strcmp(a->lines[i], b->lines[i]) == 0;
    return is_same;
}

const char *shown_added(const struct shown *less, const struct shown *more)
{
    size_t at = 0;

    for (size_t i = 0; i < less->count; i++) {
        size_t len = strlen(less->lines[i]) - 1;     /* all but the digit of the severity */

        while (at < more->count && strncmp(more->lines[at], less->lines[i], len) < 0)
            at++;
        while (at < more->count && strncmp(more->lines[at], less->lines[i], len) == 0 &&
               more->lines[at][len] < less->lines[i][len])
            at++;
        if (at == more->count || strncmp(more->lines[at], less->lines[i], len) != 0)
            return less->lines[i];
        at++;
    }
    return NULL;
}
