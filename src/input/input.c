#include "input/input.h"

#include "input/reading.h"

static void packet(void *session, const struct httplint_packet *packet_seen)
{
    httplint_packet(session, packet_seen);
}

static void octets(void *session, const struct httplint_chunk *chunk)
{
    httplint_octets(session, chunk);
}

static void event(void *session, const struct httplint_chunk *where, enum httplint_event what)
{
    httplint_event(session, where, what);
}

static void remark(void *session, const char *code, const char *words, uint64_t frame)
{
    httplint_remark(session, code, words, frame);
}

static void entry(void *session, const struct httplint_entry *entry_read)
{
    httplint_entry(session, entry_read);
}

enum input_result input_run(const char *path, const struct input_options *options,
                            httplint *session, struct errors *errors)
{
    struct reading reading = {
        .name = path,
        .options = options,
        .source = source_open(path, options, errors),
        .sink = { session, packet, octets, event, remark, entry },
        .errors = errors,
    };

    if (!reading.source)
        return INPUT_REFUSED;
    enum input_result result = reading_run(&reading);

    source_free(reading.source);
    return result;
}
