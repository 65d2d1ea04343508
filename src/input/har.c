#include "input/har.h"

#include <stdio.h>

#include "base/memory.h"
#include "input/mistakes.h"
#include "input/reading.h"

enum { HAR_OCTETS_MAX = 512 << 20, WORDS_MAX = 200 };

/* The three containers log, entries and what is around them are walked here, so that entries come one at a time and
 * those before a mistake are linted; all else is read by the JSON library. */
struct har {
    struct reading *reading;
    struct text whole;
    size_t at;
    struct har_writer writer;
    struct mistakes mistakes;
    uint64_t skipped[HAR_WRONG];
    bool is_broken, has_log, has_entries;
};

/* ---- mistakes ---- */

/* The text is no JSON any more: what follows cannot be read. */
static bool breaks(struct har *har, size_t at, const char *words)
{
    struct reading *reading = har->reading;
    bool is_cut = at >= har->whole.len;
    const char *failure = source_failure(reading->source);
    char whole[WORDS_MAX];

    snprintf(whole, sizeof whole, "%s after entry %llu: %s", is_cut ? "breaks off" : "is damaged",
             (unsigned long long)reading->frame, failure ? failure : words);
    mistakes_add(&har->mistakes, har->whole.at + at, "%s", whole);
    reading->sink.remark(reading->sink.context, is_cut ? "truncated" : "corrupt", whole, reading->frame);
    har->is_broken = true;
    return false;
}

/* ---- JSON, as far as it is walked here ---- */

static char skip_blanks(struct har *har)
{
    while (har->at < har->whole.len && memchr(" \t\r\n", har->whole.at[har->at], 4))
        har->at++;
    return har->at < har->whole.len ? har->whole.at[har->at] : '\0';
}

static bool expect(struct har *har, char octet)
{
    const char words[] = { '\'', octet, '\'', ' ', 'i', 's', ' ', 'm', 'i', 's', 's', 'i', 'n', 'g', '\0' };

    if (skip_blanks(har) != octet)
        return breaks(har, har->at, words);
    har->at++;
    return true;
}

/* NULL once the text is broken. */
static struct json *value_read(struct har *har)
{
    struct json_end end;

    skip_blanks(har);
    struct json *value = json_read_value(text_part(har->whole, har->at, har->whole.len), &end);

    if (!value) {
        breaks(har, har->at + end.at, end.words);
        return NULL;
    }
    har->at += end.at;
    return value;
}

/* True if a container goes on: a comma parts its members. Behind the last one it is left. */
static bool goes_on(struct har *har, char close, bool *is_first)
{
    bool was_first = *is_first;

    *is_first = false;
    if (har->is_broken)
        return false;
    if (skip_blanks(har) == close) {
        har->at++;
        return false;
    }
    return was_first || expect(har, ',');
}

/* Walks an object; `handle` reads the value behind each key. */
static void object_walk(struct har *har, void (*handle)(struct har *, struct text key))
{
    bool is_first = true;

    if (!expect(har, '{'))
        return;
    while (goes_on(har, '}', &is_first)) {
        struct json *key = value_read(har);

        if (key && json_kind(key) != JSON_TEXT)
            breaks(har, har->at, "a key is missing before this");
        if (key && !har->is_broken && expect(har, ':'))
            handle(har, json_text(key));
        json_free(key);
    }
}

/* ---- entries ---- */

static void on_entry(struct har *har, size_t at, const struct json *json)
{
    struct reading *reading = har->reading;
    unsigned long long number = (unsigned long long)reading->frame;
    struct har_entry read;
    struct har_fault fault;
    enum har_result result = har_read(json, har->writer, &read, &fault);

    read.entry.frame = reading->frame;
    read.entry.file_at = reading_file_at(reading, at);
    read.entry.file_octets = har->at - at;
    if (result == HAR_TELLS)
        reading->sink.entry(reading->sink.context, &read.entry);
    else if (result == HAR_WRONG)
        mistakes_add(&har->mistakes, har->whole.at + at, "entry %llu is left out: log.entries[%llu]%s%s: %s", number,
                     number - 1, fault.path[0] ? "." : "", fault.path, fault.words);
    else
        har->skipped[result]++;
    har_clear(&read);
}

static void entries_walk(struct har *har)
{
    bool is_first = true;

    har->has_entries = true;
    if (!expect(har, '['))
        return;
    while (goes_on(har, ']', &is_first) && !reading_is_stopped(har->reading)) {
        struct json *entry;
        size_t at;

        skip_blanks(har);
        at = har->at;
        entry = value_read(har);
        if (!entry)
            return;
        har->reading->frame++;
        on_entry(har, at, entry);
        json_free(entry);
    }
}

/* ---- the log ---- */

static void on_log_member(struct har *har, struct text key)
{
    if (text_equal(key, TEXT("entries")) && !har->has_entries) {
        entries_walk(har);
        return;
    }
    struct json *value = value_read(har);

    if (value && text_equal(key, TEXT("creator")))
        har->writer = har_writer(json_text(json_get(value, "name")));
    json_free(value);
}

static void on_member(struct har *har, struct text key)
{
    if (text_equal(key, TEXT("log")) && !har->has_log) {
        har->has_log = true;
        object_walk(har, on_log_member);
    } else {
        json_free(value_read(har));
    }
}

static void tell_skipped(struct har *har)
{
    static const char *const words[] = { [HAR_OTHER_SCHEME] = "are not HTTP", [HAR_NOT_SENT] = "were not sent",
                                         [HAR_FROM_CACHE] = "came out of a cache" };
    struct reading *reading = har->reading;
    char told[WORDS_MAX];

    for (size_t i = HAR_OTHER_SCHEME; i < HAR_WRONG; i++) {
        if (har->skipped[i] == 0)
            continue;
        snprintf(told, sizeof told, "entries that %s: %llu", words[i], (unsigned long long)har->skipped[i]);
        reading->sink.remark(reading->sink.context, "not-sent", told, 0);
    }
}

static enum input_result har_walk(struct har *har)
{
    object_walk(har, on_member);
    if (reading_is_stopped(har->reading))
        return INPUT_READ;
    if (!har->is_broken && skip_blanks(har) != '\0')
        breaks(har, har->at, "something follows the end of the log");
    if (!har->is_broken && !har->has_entries)
        mistakes_add(&har->mistakes, har->whole.at, "is no HAR: log.entries is missing");
    tell_skipped(har);
    if (har->mistakes.count > MISTAKES_MAX)
        errors_add(har->reading->errors, har->reading->name, 0, 0, "%llu more mistakes are not shown",
                   (unsigned long long)(har->mistakes.count - MISTAKES_MAX));
    return har->mistakes.count == 0 ? INPUT_READ : har->reading->frame > 0 ? INPUT_BROKEN : INPUT_REFUSED;
}

/* ---- the text ---- */

static size_t mark_octets(struct text text)
{
    return text_starts(text, TEXT("\xef\xbb\xbf")) ? 3 : 0;
}

/* `{ "log"`, with blanks anywhere between. */
static bool har_sniff(struct text begin)
{
    static const struct text wanted[] = { TEXT_INIT("{"), TEXT_INIT("\"log\"") };
    size_t at = mark_octets(begin);

    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        while (at < begin.len && memchr(" \t\r\n", begin.at[at], 4))
            at++;
        if (!text_starts(text_part(begin, at, begin.len), wanted[i]))
            return false;
        at += wanted[i].len;
    }
    return true;
}

static enum input_result har_run(struct reading *reading)
{
    if (reading->filter)
        return reading_refuses(reading, "is a HAR: it has no packets for a filter");

    struct text whole = source_read_all(reading->source, HAR_OCTETS_MAX);
    struct har har = { .reading = reading, .whole = whole, .at = mark_octets(whole),
                       .mistakes = { .errors = reading->errors, .name = reading->name, .text = whole } };
    enum input_result result = INPUT_READ;

    if (whole.len > HAR_OCTETS_MAX)
        result = reading_refuses(reading, "is a HAR of more than 512 MiB");
    else if (!reading_is_stopped(reading))
        result = har_walk(&har);
    memory_free((void *)(uintptr_t)whole.at);
    return result;
}

const struct reader har_reader = { har_sniff, har_run };
