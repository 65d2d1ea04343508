/*
 * object.h - a record as a JSON object, as docs/schema/jsonl.json has it: a promise to programs, so keys, types and
 * order stay.
 *
 * What does not apply is left out; octets that are not UTF-8 become U+FFFD, secrets are masked. Each object is the
 * caller's to write and free.
 */
#ifndef HTTPLINT_REPORT_OBJECT_H
#define HTTPLINT_REPORT_OBJECT_H

#include "base/json.h"
#include "report/pen.h"

struct json *object_finding(struct pen *, const char *file, const struct httplint_exchange *,
                            const struct httplint_finding *);
struct json *object_exchange(struct pen *, const char *file, const struct httplint_exchange *, size_t nfindings);
struct json *object_note(const char *file, const struct httplint_note *);
struct json *object_statistics(const struct httplint_rule *, const struct httplint_rule_counts *);
struct json *object_rule(struct pen *, const struct httplint_rule *);
struct json *object_summary(const struct httplint_summary *, size_t inputs);

/* The keys of a finding that say where it is, from `frame` on, at the end of an object; at most `url_max` octets of the
 * URL. */
void object_put_place(struct json *, struct pen *, const struct httplint_exchange *, const struct httplint_finding *,
                      size_t url_max);

/* A text under a key, cut to `max` octets; nothing if it is empty. */
void object_put_cut(struct json *, const char *key, struct text, size_t max);

#endif
