#include "tests/support/capture_seen.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>

#include "base/memory.h"

enum { LINE_MAX_LEN = 512 };

const char *capture_row(const char *row, const char *condition)
{
    static char words[512];

    snprintf(words, sizeof words, "%s: %s", row, condition);
    return words;
}

static ssize_t door_read(void *context, void *into, size_t size)
{
    struct capture_door *door = context;

    if (door->interruptions > 0) {
        door->interruptions--;
        errno = EINTR;
        return -1;
    }
    if (door->rest.len == 0 && door->error) {
        errno = door->error;
        return -1;
    }
    size_t len = text_part(door->rest, 0, size).len;

    if (door->step > 0 && len > door->step)
        len = door->step;
    if (len > 0)
        memcpy(into, door->rest.at, len);
    door->rest = text_part(door->rest, len, door->rest.len);
    return (ssize_t)len;
}

struct source_door capture_door(struct capture_door *door)
{
    return (struct source_door){ door_read, door };
}

/* The octets stand in the file where they say, if they say it. */
static bool is_in_file(const struct capture_seen *seen, const void *octets, size_t len, uint64_t at)
{
    return at == 0 || (at + len <= seen->file.len && (len == 0 || memcmp(seen->file.at + at, octets, len) == 0));
}

static bool is_sane(const struct capture_seen *seen, const struct httplint_packet *packet)
{
    uint64_t before = seen->npackets > 0 ? seen->packets[seen->npackets - 1].frame : 0;

    return packet->frame > before && packet->captured <= packet->length &&
           packet->captured <= 262144 && packet->time_us < INT64_MAX / 2 &&
           packet->time_us > INT64_MIN / 2;
}

static void packet(void *context, const struct httplint_packet *packet)
{
    struct capture_seen *seen = context;
    size_t count = seen->npackets;

    seen->is_sane = seen->is_sane && is_sane(seen, packet) &&
                    is_in_file(seen, packet->octets, packet->captured, packet->file_at);
    seen->nplaced += packet->file_at > 0;
    if ((count & (count - 1)) == 0)
        seen->packets = memory_grow(seen->packets, count ? 2 * count : 1, sizeof *seen->packets);
    seen->packets[seen->npackets++] = (struct capture_packet){
        packet->frame, packet->time_us, packet->captured, packet->length, packet->link,
        packet->captured > 0 ? *(const uint8_t *)packet->octets : 0
    };
}

static void log_line(struct capture_seen *seen, const char *line)
{
    size_t len = strlen(line);

    if (seen->log_len + len + 1 > seen->log_room) {
        seen->log_room = 2 * (seen->log_len + len + 1);
        seen->log = memory_grow(seen->log, seen->log_room, 1);
    }
    memcpy(seen->log + seen->log_len, line, len + 1);
    seen->log_len += len;
}

/* "LINE CONNECTION SIDE +MICROSECONDS what" */
static int log_head(char *line, const struct httplint_chunk *chunk)
{
    return snprintf(line, LINE_MAX_LEN, "%" PRIu64 " %" PRIu64 " %c +%" PRId64 " ", chunk->frame,
                    chunk->connection, chunk->side == HTTPLINT_REQUEST ? '>' : '<',
                    chunk->time_us - INT64_C(1767225600000000));
}

static void octets(void *context, const struct httplint_chunk *chunk)
{
    char line[LINE_MAX_LEN];
    int at = log_head(line, chunk);
    struct capture_seen *seen = context;

    seen->nplaced += chunk->file_at > 0;
    snprintf(line + at, sizeof line - (size_t)at, "%.*s|\n", (int)chunk->len,
             (const char *)chunk->octets);
    log_line(context, line);
}

static void event(void *context, const struct httplint_chunk *chunk, enum httplint_event what)
{
    static const char *const names[] = { "FIN", "RST", "GAP", "CUT" };
    char line[LINE_MAX_LEN];
    int at = log_head(line, chunk);

    snprintf(line + at, sizeof line - (size_t)at, "%s %zu\n", names[what], chunk->len);
    log_line(context, line);
}

static void remark(void *context, const char *code, const char *words, uint64_t frame)
{
    struct capture_seen *seen = context;

    seen->nremarks++;
    snprintf(seen->remark, sizeof seen->remark, "%s %" PRIu64 " %s", code, frame, words);
}

static struct text text_told(struct httplint_text text)
{
    return (struct text){ text.at, text.len };
}

/* " name: value|..." and what is known of the content. */
static void log_told(struct capture_seen *seen, const struct httplint_told *told)
{
    static const char *const contents[] = { "?", "-", "+" };
    char line[LINE_MAX_LEN];

    snprintf(line, sizeof line, "  %u%s %s%" PRIu64 "'%.*s' +%" PRId64 "-%" PRId64 "\n", told->version,
             told->has_all_fields ? " all" : "", contents[told->content], told->octets, (int)told->sample.len,
             told->sample.at ? told->sample.at : "", told->begun_us - INT64_C(1767225600000000),
             told->ended_us - INT64_C(1767225600000000));
    log_line(seen, line);
    for (size_t i = 0; i < told->nfields; i++) {
        struct text name = text_told(told->fields[i].name), value = text_told(told->fields[i].value);

        snprintf(line, sizeof line, "    %.*s: %.*s|\n", (int)name.len, name.at, (int)value.len, value.at);
        log_line(seen, line);
    }
}

static void entry(void *context, const struct httplint_entry *entry)
{
    char line[LINE_MAX_LEN];
    struct capture_seen *seen = context;

    seen->nplaced += entry->file_at > 0;
    seen->is_sane = seen->is_sane && is_in_file(seen, "{", 1, entry->file_at) &&
                    is_in_file(seen, "}", 1, entry->file_at + entry->file_octets - 1);
    snprintf(line, sizeof line, "%" PRIu64 " %.*s %.*s %u %.*s\n", entry->frame, (int)entry->method.len, entry->method.at,
             (int)entry->url.len, entry->url.at, entry->status, (int)entry->reason.len, entry->reason.at);
    log_line(context, line);
    log_told(context, &entry->request);
    if (entry->status > 0)
        log_told(context, &entry->response);
}

void capture_read_door(struct capture_door *door, const struct input_options *options,
                       struct capture_seen *seen)
{
    *seen = (struct capture_seen){ .is_sane = true, .file = door->rest };
    struct reading reading = {
        .name = "test",
        .options = options,
        .source = source_over(capture_door(door), door->rest.len, options),
        .sink = { seen, packet, octets, event, remark, entry },
        .errors = &seen->errors,
    };

    seen->result = reading_run(&reading);
    source_free(reading.source);
}

void capture_read(struct text file, const struct input_options *options, struct capture_seen *seen)
{
    struct capture_door door = { .rest = file };

    capture_read_door(&door, options, seen);
}

void capture_forget(struct capture_seen *seen)
{
    memory_free(seen->packets);
    memory_free(seen->log);
    errors_clear(&seen->errors);
}

const char *capture_words(const struct capture_seen *seen)
{
    return seen->errors.count > 0 ? seen->errors.items[0].words : "";
}
