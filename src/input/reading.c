#include "input/reading.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

enum { WORDS_MAX = 300, WHOLE_MAX = WORDS_MAX + 128, SHOWN_OCTETS = 8 };

/* 73 000 years: farther from 1970 no difference of two times overflows. */
static const int64_t time_max_us = INT64_MAX / 4;

static const struct reader *const readers[] = { &pcap_reader, &pcapng_reader, &transcript_reader, &har_reader };

/* What people hand to a linter by mistake, and the way out. */
static const struct {
    struct text begin;
    const char *words;
} others[] = {
    { { "\xfd""7zXZ", 5 }, "is packed with xz; unpack it: xz -dc FILE | httplint -" },
    { { "BZh", 3 }, "is packed with bzip2; unpack it: bzip2 -dc FILE | httplint -" },
    { { "{", 1 }, "is JSON, but no HAR: that begins with \"log\"" },
    { { "PK\3\4", 4 }, "is a zip archive; unpack it first" },
    { { "GMBU", 4 }, "is a capture of Network Monitor; convert it: editcap -F pcapng FILE NEW" },
    { { "RTSS", 4 }, "is a capture of Network Monitor; convert it: editcap -F pcapng FILE NEW" },
    { { "snoop\0\0\0", 8 }, "is a snoop capture; convert it: editcap -F pcapng FILE NEW" },
    { { "TRSNIFF data", 12 }, "is a Sniffer capture; convert it: editcap -F pcapng FILE NEW" },
};

bool reading_is_stopped(const struct reading *reading)
{
    return source_is_stopped(reading->source);
}

uint64_t reading_file_at(const struct reading *reading, uint64_t at)
{
    return source_format(reading->source) == INFLATE_PLAIN ? at : 0;
}

static int64_t time_bounded(int64_t time_us)
{
    if (time_us > time_max_us)
        return time_max_us;
    return time_us < -time_max_us ? -time_max_us : time_us;
}

void reading_packet(struct reading *reading, struct httplint_packet *packet)
{
    packet->frame = ++reading->frame;
    packet->time_us = time_bounded(packet->time_us);
    packet->file_at = reading_file_at(reading, packet->file_at);
    if (packet->length < packet->captured)
        packet->length = packet->captured;
    if (packet->captured > INPUT_CAPTURED_MAX)
        packet->captured = INPUT_CAPTURED_MAX;
    if (reading->filter && !filter_passes(reading->filter, packet))
        return;
    reading->passed++;
    reading->sink.packet(reading->sink.context, packet);
}

enum input_result reading_breaks(struct reading *reading, uint64_t at, bool is_cut,
                                 const char *format, ...)
{
    const char *failure = source_failure(reading->source);
    const char *packed = source_format(reading->source) == INFLATE_PLAIN ? "" : ", unpacked";
    char words[WORDS_MAX], whole[WHOLE_MAX];
    va_list arguments;

    if (reading_is_stopped(reading))
        return INPUT_READ;
    va_start(arguments, format);
    vsnprintf(words, sizeof words, format, arguments);
    va_end(arguments);
    if (failure)                             /* the cause; what the reader met is the effect */
        is_cut = source_is_cut(reading->source);
    snprintf(whole, sizeof whole, "%s after packet %" PRIu64 ", at octet %" PRIu64 "%s: %s",
             is_cut ? "breaks off" : "is damaged", reading->frame, at, packed,
             failure ? failure : words);
    errors_add(reading->errors, reading->name, 0, 0, "%s", whole);
    reading->sink.remark(reading->sink.context, is_cut ? "truncated" : "corrupt", whole,
                         reading->frame);
    return INPUT_BROKEN;
}

enum input_result reading_refuses(struct reading *reading, const char *format, ...)
{
    char words[WORDS_MAX];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(words, sizeof words, format, arguments);
    va_end(arguments);
    errors_add(reading->errors, reading->name, 0, 0, "%s", words);
    return INPUT_REFUSED;
}

static enum input_result refuse_unknown(struct reading *reading, struct text begin)
{
    char shown[3 * SHOWN_OCTETS + 1] = "";

    if (source_failure(reading->source))
        return reading_refuses(reading, "%s", source_failure(reading->source));
    if (begin.len == 0)
        return reading_refuses(reading, "is empty");
    if (inflate_sniff(begin) != INFLATE_PLAIN)
        return reading_refuses(reading, "is packed more than %d times over", SOURCE_DEPTH);
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (text_starts(begin, others[i].begin))
            return reading_refuses(reading, "%s", others[i].words);
    for (size_t i = 0; i < SHOWN_OCTETS && i < begin.len; i++)
        snprintf(shown + 3 * i, 4, " %02X", (unsigned char)begin.at[i]);
    return reading_refuses(reading, "is no capture: begins with%s; httplint reads pcap, pcapng, HAR "
                           "and .http transcripts, plain or in gzip, zstd or lz4", shown);
}

static enum input_result reading_dispatch(struct reading *reading)
{
    struct text begin = source_peek(reading->source, SOURCE_PEEK_MAX);

    for (size_t i = 0; i < sizeof readers / sizeof *readers; i++)
        if (readers[i]->sniff(begin))
            return readers[i]->run(reading);
    return reading_is_stopped(reading) ? INPUT_READ : refuse_unknown(reading, begin);
}

enum input_result reading_run(struct reading *reading)
{
    const char *expression = reading->options ? reading->options->filter : NULL;
    struct source *source = reading->source;

    if (expression)
        reading->filter = filter_new(expression, reading->name, reading->errors);
    enum input_result result = reading_dispatch(reading);

    if (result == INPUT_READ && source_failure(source))
        result = reading_breaks(reading, source_at(source), true, "the last octets are lacking");
    if (result == INPUT_READ && reading->filter && filter_has_failed(reading->filter))
        result = reading->passed > 0 ? INPUT_BROKEN : INPUT_REFUSED;
    filter_free(reading->filter);
    reading->filter = NULL;
    return result;
}
