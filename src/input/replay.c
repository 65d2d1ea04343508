#include "base/memory.h"
#include "input/reading.h"
#include "input/transcript.h"

enum { FIRST_ROOM = 1 << 16, TRANSCRIPT_OCTETS_MAX = 16 << 20 };

/* The whole text, or more of it than is allowed. */
static struct text read_all(struct source *source)
{
    size_t room = FIRST_ROOM, len;
    char *octets = memory_grow(NULL, room, 1);

    len = source_read(source, octets, room);
    while (len == room && len <= TRANSCRIPT_OCTETS_MAX) {
        room *= 2;
        octets = memory_grow(octets, room, 1);
        len += source_read(source, octets + len, room - len);
    }
    return (struct text){ octets, len };
}

static void replay(struct reading *reading, const struct transcript *transcript)
{
    void *context = reading->sink.context;

    for (size_t i = 0; i < transcript->nsteps && !reading_is_stopped(reading); i++) {
        const struct transcript_step *step = &transcript->steps[i];

        if (step->is_event)
            reading->sink.event(context, &step->chunk, step->event);
        else
            reading->sink.octets(context, &step->chunk);
    }
}

static enum input_result replay_text(struct reading *reading, struct text text)
{
    if (source_failure(reading->source))     /* half a transcript is no transcript */
        return reading_breaks(reading, source_at(reading->source), true, "the text is not whole");
    if (text.len > TRANSCRIPT_OCTETS_MAX)
        return reading_refuses(reading, "is a transcript of more than 16 MiB");

    struct transcript *transcript = transcript_parse(text, reading->name, reading->errors);

    if (!transcript)
        return INPUT_REFUSED;
    replay(reading, transcript);
    transcript_free(transcript);
    return INPUT_READ;
}

static enum input_result replay_run(struct reading *reading)
{
    if (reading->filter)
        return reading_refuses(reading, "is a transcript: it has no packets for a filter");

    struct text text = read_all(reading->source);
    enum input_result result = INPUT_READ;

    if (!reading_is_stopped(reading))
        result = replay_text(reading, text);
    memory_free((void *)(uintptr_t)text.at);
    return result;
}

const struct reader transcript_reader = { transcript_sniff, replay_run };
