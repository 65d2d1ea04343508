/*
 * told.h - an exchange that somebody tells who took it apart: fields instead of octets.
 *
 * Logs of browsers and proxies know what was said, and not how it was framed or written. A told
 * exchange is made of the same messages as one that was read, so that rules need not care; its heads
 * are written out here, and what is not told is unknown: anomalies, how a body was framed, how many
 * octets it had, interim responses, other exchanges, and the fields that logs leave out.
 */
#ifndef HTTPLINT_HTTP_TOLD_H
#define HTTPLINT_HTTP_TOLD_H

#include "http/http.h"

struct told_field {
    struct text name, value;
};

enum told_content { TOLD_UNKNOWN, TOLD_NONE, TOLD_SOME };

struct told_message {
    const struct told_field *fields;
    size_t nfields;
    bool has_all_fields;           /* none is left out but for those that logs always may leave out */
    uint8_t version;               /* 10, 11, 20, 30; 0: unknown */
    enum told_content content;
    uint64_t octets;               /* of content, its codings undone; with TOLD_SOME, as far as they are known */
    struct text sample;            /* these octets, all of them; empty: not known */
    int64_t begun_us, ended_us;
};

struct told {
    struct text method, target;    /* the target is the whole URI, without its fragment */
    uint16_t status;               /* 0: no response is told */
    struct text reason;
    uint64_t frame;                /* what stands for a frame */
    uint64_t file_at, file_octets; /* where in the file it is told; 0: not known */
    uint64_t connection;           /* its number; no two told exchanges share one */
    struct told_message request, response;
};

/* The exchange reaches the sink's `exchange` before this returns; it is not asked or answered. Beyond limits.fields and
 * limits.head_octets fields are left out. */
void http_told(struct http *, const struct told *);

#endif
