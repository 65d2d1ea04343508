#include "tests/support/octets_drive.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/memory.h"
#include "http/http.h"
#include "tests/support/guard.h"
#include "tests/support/octets_facts.h"

/* Octets of a direction from stream offset `at` on came in `frame`. */
struct carried {
    uint64_t at, frame;
};

struct drive {
    const struct octets_how *how;
    struct http *http;
    struct connection connection;
    struct guard *guard;
    FILE *summary, *facts;
    struct octets_result result;
    bool is_before;            /* what comes is not written down */
    uint64_t exchanges_before;
    struct carried *carried[2];
    size_t ncarried[2], room[2];
    uint64_t at[2];            /* stream offset of the next octet */
    bool is_ended[2];
    uint64_t random, frames, notes;
    int64_t now_us;
};

enum { GUARD_ROOM = 1 << 16 };

static uint64_t random_next(struct drive *drive)
{
    drive->random ^= drive->random << 13;
    drive->random ^= drive->random >> 7;
    drive->random ^= drive->random << 17;
    return drive->random >> 11;
}

static uint64_t frame_of(const void *context, int direction, uint64_t stream_at)
{
    const struct drive *drive = context;
    size_t low = 0, high = drive->ncarried[direction];

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (drive->carried[direction][middle].at <= stream_at)
            low = middle + 1;
        else
            high = middle;
    }
    return low > 0 ? drive->carried[direction][low - 1].frame : 0;
}

static void on_exchange(void *context, struct exchange *exchange)
{
    struct drive *drive = context;
    struct octets_frames frames = { frame_of, drive };

    if (drive->is_before) {
        drive->exchanges_before++;
        return;
    }
    exchange->number -= drive->exchanges_before;
    if (drive->result.exchanges++ > 0)
        fputs("; ", drive->summary);
    octets_summary(drive->summary, exchange);
    if (!drive->how->is_summary_only)
        octets_facts(drive->facts, exchange, &frames);
}

static void on_note(void *context, const struct note *note)
{
    struct drive *drive = context;

    drive->notes |= (uint64_t)1 << note->code;
}

static void give(struct drive *drive, const struct octets_step *step, struct text octets)
{
    int direction = step->direction;

    if (drive->ncarried[direction] == drive->room[direction]) {
        drive->room[direction] = drive->room[direction] > 0 ? 2 * drive->room[direction] : 16;
        drive->carried[direction] = memory_grow(drive->carried[direction], drive->room[direction], sizeof(struct carried));
    }
    drive->frames++;
    drive->carried[direction][drive->ncarried[direction]++] = (struct carried){ drive->at[direction], drive->frames };
    const uint8_t *laid = (const uint8_t *)octets.at;
    if (octets.len <= GUARD_ROOM)
        laid = guard_lay(drive->guard, laid, octets.len);
    http_octets(drive->http, &drive->connection, direction,
                &(struct piece){ laid, octets.len, drive->at[direction], drive->frames, drive->now_us,
                                 drive->at[!direction], 0, step->what == OCTETS_DOUBTFUL, false });
    drive->at[direction] += octets.len;
    if (http_held(drive->http) > drive->result.held_most)
        drive->result.held_most = http_held(drive->http);
}

static size_t cut(struct drive *drive, size_t len)
{
    if (drive->how->cuts == OCTETS_WHOLE)
        return len;
    if (drive->how->cuts == OCTETS_SINGLE)
        return 1;
    /* Mostly small ones, now and then all the rest. */
    uint64_t most = (uint64_t)1 << random_next(drive) % 8;
    size_t part = 1 + (size_t)(random_next(drive) % most);

    return random_next(drive) % 16 == 0 || part > len ? len : part;
}

static void step_do(struct drive *drive, const struct octets_step *step)
{
    switch (step->what) {
    case OCTETS_DATA:
    case OCTETS_DOUBTFUL:
        drive->now_us += 1000;
        for (struct text rest = step->octets; rest.len > 0;) {
            size_t len = cut(drive, rest.len);

            give(drive, step, text_part(rest, 0, len));
            rest = text_part(rest, len, rest.len);
        }
        break;
    case OCTETS_AGAIN:
        http_repeated(drive->http, &drive->connection, step->direction,
                      &(struct piece){ (const uint8_t *)step->octets.at, step->octets.len, step->number, ++drive->frames,
                                       drive->now_us, 0, 0, false, false });
        break;
    case OCTETS_LOST:
        http_gap(drive->http, &drive->connection, step->direction, drive->at[step->direction], step->number);
        drive->at[step->direction] += step->number;
        break;
    case OCTETS_OVER:
        drive->connection.is_closing_seen |= step->number != FLOW_END_UNSEEN;
        drive->is_ended[step->direction] = true;
        http_ended(drive->http, &drive->connection, step->direction, (enum flow_end)step->number);
        break;
    case OCTETS_TIME:
        drive->now_us += (int64_t)step->number;
        http_tick(drive->http, drive->now_us);
        break;
    case OCTETS_END:
        break;
    }
}

static void notes_out(struct drive *drive)
{
    char before[] = " #";

    for (int code = 0; code < NOTE_CODE_COUNT; code++) {
        if (drive->notes >> code & 1) {
            fprintf(drive->summary, "%s %s", before, note_code_name((enum note_code)code));
            before[0] = '\0';
        }
    }
}

static void connection_do(struct drive *drive, const struct octets_step *steps)
{
    http_opened(drive->http, &drive->connection);
    for (; steps->what != OCTETS_END; steps++)
        step_do(drive, steps);
    for (int direction = 0; direction < 2; direction++)
        if (!drive->is_ended[direction])
            http_ended(drive->http, &drive->connection, direction, FLOW_END_UNSEEN);
    http_closed(drive->http, &drive->connection);
}

/* As it was at the begin, but for what the stage remembers. */
static void connection_forget(struct drive *drive, const struct octets_how *how)
{
    drive->connection = (struct connection){ 0 };
    drive->random = how->cuts * 0x9E3779B97F4A7C15u | 1;
    drive->now_us = 1000000;
    drive->frames = drive->notes = 0;
    for (int direction = 0; direction < 2; direction++) {
        drive->ncarried[direction] = 0;
        drive->at[direction] = 0;
        drive->is_ended[direction] = false;
    }
}

struct octets_result octets_run(const struct octets_step *steps, const struct octets_how *how)
{
    struct drive drive = { .how = how, .random = how->cuts * 0x9E3779B97F4A7C15u | 1, .now_us = 1000000 };
    struct names *names = names_new();
    struct http_options options = { names, how->limits ? how->limits : &limits_default, how->keeps_bodies };
    size_t summary_len;

    drive.summary = open_memstream(&drive.result.summary, &summary_len);
    drive.facts = open_memstream(&drive.result.facts, &drive.result.facts_len);
    drive.guard = guard_new(GUARD_ROOM);
    drive.http = http_new(&options, (struct http_sink){ .exchange = on_exchange, .context = &drive }, (struct note_sink){ on_note, &drive });
    for (unsigned i = 0; i < how->before; i++) {
        drive.is_before = true;
        connection_do(&drive, steps);
        connection_forget(&drive, how);
    }
    drive.is_before = false;
    connection_do(&drive, steps);
    notes_out(&drive);
    drive.result.streams = http_streams(drive.http) / (how->before + 1);
    fprintf(drive.facts, "notes %" PRIx64 " streams %" PRIu64 "\n", drive.notes, drive.result.streams);
    drive.result.held_last = http_held(drive.http);
    fclose(drive.summary);
    fclose(drive.facts);
    http_free(drive.http);
    names_free(names);
    guard_free(drive.guard);
    memory_free(drive.carried[0]);
    memory_free(drive.carried[1]);
    return drive.result;
}

void octets_free(struct octets_result *result)
{
    free(result->summary);
    free(result->facts);
}

static bool is_fact_wrong(const char *name, const struct octets_result *result)
{
    if (!strstr(result->facts, "WRONG"))
        return false;
    printf("\n    %s: %s\n", name, result->facts);
    return true;
}

static void steps_out(const struct octets_step *steps)
{
    for (; steps->what != OCTETS_END; steps++) {
        printf("    step %d of %d, %" PRIu64 ": ", (int)steps->what, steps->direction, steps->number);
        for (size_t i = 0; i < steps->octets.len; i++)
            printf(steps->octets.at[i] >= ' ' && steps->octets.at[i] <= '~' ? "%c" : "\\x%02x", (unsigned char)steps->octets.at[i]);
        printf("\n");
    }
}

bool octets_law(const char *name, const struct octets_step *steps, const struct octets_how *how, unsigned rounds)
{
    struct octets_how cut_how = *how;
    struct octets_result whole = octets_run(steps, &cut_how);
    bool holds = !is_fact_wrong(name, &whole) && whole.held_last == 0;

    for (uint64_t cuts = OCTETS_WHOLE; holds && cuts <= rounds; cuts++) {
        cut_how.cuts = cuts;
        cut_how.before = cuts % 3 == 0 ? 2 : 0;
        struct octets_result other = octets_run(steps, &cut_how);

        holds = !is_fact_wrong(name, &other) && other.held_last == 0;
        if (strcmp(whole.facts, other.facts) != 0 || strcmp(whole.summary, other.summary) != 0) {
            steps_out(steps);
            printf("\n    %s: cut %" PRIu64 " differs\n%s\n%s%s\n%s", name, cuts, whole.summary, whole.facts, other.summary,
                   other.facts);
            fflush(stdout);
            holds = false;
        }
        octets_free(&other);
    }
    octets_free(&whole);
    return holds;
}

bool octets_case_holds(const struct octets_case *test, const struct octets_how *how)
{
    struct octets_result result = octets_run(test->steps, how);
    bool holds = strcmp(result.summary, test->expected) == 0;

    if (!holds)
        printf("\n    %s:\n        expected %s\n        but got  %s\n", test->name, test->expected, result.summary);
    octets_free(&result);
    return octets_law(test->name, test->steps, how, 24) && holds;
}
