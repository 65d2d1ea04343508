/*
 * har.h - HTTP Archive 1.2: one entry of a log, taken apart.
 *
 * A HAR is written by browsers and proxies, each of which leaves out what it does not know or does
 * not want to tell. What an entry does not say, and what it says of other things than what was sent
 * (caches, blocked requests), never becomes a fact. Where entries begin and end is har.c's.
 */
#ifndef HTTPLINT_INPUT_HAR_H
#define HTTPLINT_INPUT_HAR_H

#include "base/json.h"
#include "httplint.h"

/* What is known of a log by the name of its writer. */
struct har_writer {
    bool is_proxy;                           /* it saw what passed, and has no cache of its own */
    bool tells_all_fields;                   /* also where it does not tell the octets of a head */
};

struct har_writer har_writer(struct text name);

/* Why an entry is not linted; HAR_TELLS: it is. */
enum har_result {
    HAR_TELLS,
    HAR_OTHER_SCHEME,                        /* data:, blob: and the like */
    HAR_NOT_SENT,                            /* blocked, or made up by the page */
    HAR_FROM_CACHE,
    HAR_WRONG                                /* it breaks the format */
};

struct har_fault {
    char path[64];                           /* below the entry, as "response.status" */
    const char *words;
};

/* An exchange, and the memory that its views need besides the JSON. */
struct har_entry {
    struct httplint_entry entry;
    struct httplint_field *fields;           /* of both messages */
    size_t nfields, room_fields;
    char *url, *octets;                      /* NULL: the JSON's are used as they are */
};

/* Reads the entry; `frame` is set by the caller. `fault` is set with HAR_WRONG. To be cleared in any case, before the
 * JSON is freed. */
enum har_result har_read(const struct json *, struct har_writer, struct har_entry *, struct har_fault *);
void har_clear(struct har_entry *);

/* Microseconds since 1970 of a time of ISO 8601, as 2026-11-26T10:20:30.123+01:00; false if it is none. */
bool har_time(struct text, int64_t *us);

#endif
