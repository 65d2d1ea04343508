/*
 * words.h - records as words that reporters and the command share: names of enumerators, times,
 * bounds. Pure.
 */
#ifndef HTTPLINT_REPORT_WORDS_H
#define HTTPLINT_REPORT_WORDS_H

#include "base/out.h"
#include "base/text.h"
#include "httplint.h"

/* Octets from the wire that one finding may quote, so that with all escapes it stays under 64 KiB.
 */
enum { URL_MAX = 8192, MESSAGE_MAX = 1024, QUOTE_MAX = 512, NAME_MAX_SHOWN = 128 };

static inline struct text words_text(struct httplint_text text)
{
    return (struct text){ text.at, text.len };
}

/* "error", "warning", "info", "off". */
const char *words_severity(enum httplint_severity);

/* False if it is none of these words. */
bool words_find_severity(struct text word, enum httplint_severity *severity);

/* "request", "response", "connection"; "client", "server", "unknown". */
const char *words_side(enum httplint_side);
const char *words_party(enum httplint_party);

/* "new", "unchanged", "fixed"; "unknown". */
const char *words_state(enum httplint_state);

/* RFC 3339 in UTC with microseconds, "2024-05-01T10:00:00.000001Z"; nothing for years that it does
 * not have (before 0000 and after 9999). */
void words_time(struct out *, int64_t us);

/* `text`, and if that is longer than `max` octets, its start and "...". */
void words_cut(struct out *, struct text text, size_t max);

/* A number and its noun: "1 error", "2 errors". */
void words_count(struct out *, uint64_t count, const char *noun);

/* "1 error, 2 warnings, 3 info": all that was found. */
void words_found(struct out *, const struct httplint_summary *);

/* Microseconds from the first octet of an exchange to its last; 0 where the clock went back. */
uint64_t words_elapsed_us(const struct httplint_exchange *);

/* Milliseconds, "0.4 ms" or "12 ms". */
void words_duration(struct out *, uint64_t us);

/* The status code of a response that a finding is about, else that of its exchange; 0: none was
 * seen. */
unsigned words_status(const struct httplint_exchange *, const struct httplint_finding *);

/* Where a section stands on the web: "https://www.rfc-editor.org/rfc/rfc9110#section-15.5.6" for "RFC9110 15.5.6".
 * False, and nothing written, if it is of no RFC. */
bool words_spec_url(struct out *, struct text spec);

/* True if it fails nothing: it is in the baseline, expected, or no new one beside the capture of before. */
bool words_is_known(const struct httplint_finding *);

/* The numbers of the note codes that were counted, in alphabetical order of the codes; their
 * number. */
size_t words_note_order(const struct httplint_summary *, size_t order[HTTPLINT_NOTE_CODES]);

#endif
