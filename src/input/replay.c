#include "base/memory.h"
#include "input/reading.h"
#include "input/transcript.h"

enum { TRANSCRIPT_OCTETS_MAX = 16 << 20 };

static void replay(struct reading *reading, const struct transcript *transcript)
{
    void *context = reading->sink.context;

    for (size_t i = 0; i < transcript->nsteps && !reading_is_stopped(reading); i++) {
        const struct transcript_step *step = &transcript->steps[i];

        struct httplint_chunk chunk = step->chunk;

        chunk.file_at = reading_file_at(reading, chunk.file_at);
        if (step->is_event)
            reading->sink.event(context, &chunk, step->event);
        else
            reading->sink.octets(context, &chunk);
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

    struct text text = source_read_all(reading->source, TRANSCRIPT_OCTETS_MAX);
    enum input_result result = INPUT_READ;

    if (!reading_is_stopped(reading))
        result = replay_text(reading, text);
    memory_free((void *)(uintptr_t)text.at);
    return result;
}

const struct reader transcript_reader = { transcript_sniff, replay_run };
