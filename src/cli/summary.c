#include "cli/summary.h"

#include <stdio.h>

#include "base/note.h"
#include "report/words.h"

static void put_octets(struct out *out, uint64_t octets)
{
    static const char *const units[] = { "kB", "MB", "GB", "TB", "PB", "EB" };
    char written[32];
    double size = (double)octets / 1000;
    size_t unit = 0;

    if (octets < 1000) {
        words_count(out, octets, "octet");
        return;
    }
    while (size >= 1000 && unit + 1 < sizeof units / sizeof units[0]) {
        size /= 1000;
        unit++;
    }
    snprintf(written, sizeof written, "%.1f %s", size, units[unit]);
    out_string(out, written);
}

static void put_part(struct out *out, const char *before, uint64_t number, const char *what)
{
    out_string(out, before);
    words_count(out, number, what);
}

/* What there is none of is left out where there is something else: logs have entries, transcripts octets. */
static void put_seen(struct out *out, const struct httplint_summary *summary, size_t inputs)
{
    uint64_t entries = summary->entries;

    words_count(out, inputs, "input");
    if (summary->packets > 0 || (entries == 0 && summary->octets == 0))
        put_part(out, ", ", summary->packets, "packet");
    if (entries > 0) {
        out_string(out, ", ");
        out_number(out, entries);
        out_string(out, entries == 1 ? " entry" : " entries");
    }
    if (summary->octets > 0 || entries == 0) {
        out_string(out, ", ");
        put_octets(out, summary->octets);
    }
    put_part(out, ": ", summary->exchanges, "exchange");
    if (summary->streams > 0 || entries == 0)
        put_part(out, " in ", summary->streams, "stream");
    out_string(out, " (");
    words_count(out, summary->requests, "request");
    out_string(out, ", ");
    words_count(out, summary->responses, "response");
    out_string(out, ")\n");
}

static void put_found(struct out *out, const struct httplint_summary *summary)
{
    words_found(out, summary);
    if (summary->suppressed > 0) {
        out_string(out, ", ");
        out_number(out, summary->suppressed);
        out_string(out, " suppressed");
    }
    out_string(out, "\n");
}

/* The usual words of a code, the code itself if it is not one of ours. */
static const char *note_words(const char *code)
{
    for (int i = 0; i < NOTE_CODE_COUNT; i++)
        if (strcmp(note_code_name((enum note_code)i), code) == 0)
            return note_code_words((enum note_code)i);
    return code;
}

static void put_notes(struct out *out, const struct httplint_summary *summary)
{
    size_t order[HTTPLINT_NOTE_CODES], count = words_note_order(summary, order);

    if (count > 0)
        out_string(out, "what the captures do not show (-v tells where):\n");
    for (size_t i = 0; i < count; i++) {
        const char *code = httplint_note_code(order[i]);

        out_string(out, "    ");
        out_number(out, summary->notes[order[i]]);
        out_string(out, " x ");
        out_string(out, note_words(code));
        out_string(out, " [");
        out_string(out, code);
        out_string(out, "]\n");
    }
}

void summary_tell(struct out *out, const struct httplint_summary *summary, size_t inputs,
                  const struct tally *tally)
{
    if (tally)
        tally_tell(tally, summary, out);
    put_seen(out, summary, inputs);
    put_found(out, summary);
    put_notes(out, summary);
    out_flush(out);
}
