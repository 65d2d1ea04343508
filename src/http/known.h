/*
 * known.h - heads that were taken apart before, so that the next one of their shape is not taken apart again.
 *
 * Clients and servers repeat themselves: of most heads all octets but some values are known already.
 * A shape is a head in which nothing is odd, with values that may vary: the target and the values of
 * fields that frame nothing, where other heads had others. A head fits if all octets but these are the
 * same, and these are plain: visible ASCII and inner SP, in a target only what llhttp takes anywhere
 * behind a '/', in Content-Length digits. Neither scan nor llhttp looks at which plain octets those
 * are, so both would say the same again: the head is given the fields and the judgement of the shape,
 * with offsets of its own. What depends on more than the head, the framing, is not remembered.
 *
 * Bounded by limits.known_heads (fewer than 4: none), KNOWN_OCTETS_MAX and KNOWN_FIELDS_MAX; the shape
 * that was met longest ago makes room. In the steady state nothing is allocated. Nothing here fails.
 */
#ifndef HTTPLINT_HTTP_KNOWN_H
#define HTTPLINT_HTTP_KNOWN_H

#include "base/limits.h"
#include "http/judge.h"

enum { KNOWN_OCTETS_MAX = 2048, KNOWN_FIELDS_MAX = 63 };

struct known;

/* Freed by known_free. Serves one thread. */
struct known *known_new(const struct limits *);
void known_free(struct known *);

/* Forgets all shapes: fields have other numbers now. Numbers of shapes are not used again. */
void known_forget(struct known *);

/* A hint at the shape of a head, summed up line by line while it is collected: 0, and then the begin of each line. A wrong one
 * costs time, no more. */
static inline uint64_t known_hint(uint64_t sum, struct text line)
{
    uint32_t begin;

    if (line.len < sizeof begin)
        return sum;
    memcpy(&begin, line.at, sizeof begin);
    sum = (sum ^ begin) * 0x9E3779B97F4A7C15u;
    return sum ^ sum >> 32;
}

/* If the head of the message (side and head are set) fits a shape: fills what scan_head fills, `shape` and `varying`,
 * and what llhttp makes of it. False: it fits none, and nothing is set. */
bool known_find(struct known *, uint64_t hint, struct arena *, struct message *, struct judged *);

/* A head that fitted none was scanned and judged: it becomes a shape, or widens one that differs in nothing but plain
 * values, which is another shape then. Not where anything is odd, or too long. */
void known_learn(struct known *, uint64_t hint, const struct message *, const struct judged *);

#endif
