/*
 * cache.h - Cache-Control: directives, and what a list of them says (RFC 9111 5.2, RFC 8246, RFC
 * 5861).
 *
 * Pure. What a directive may have is a table; whether it keeps to it is a fact, not an opinion.
 */
#ifndef HTTPLINT_HTTP_VALUE_CACHE_H
#define HTTPLINT_HTTP_VALUE_CACHE_H

#include "http/value/list.h"
#include "http/value/parameter.h"

/* DIRECTIVE(enumerator, name, argument in requests, argument in responses) */
#define CACHE_DIRECTIVES(DIRECTIVE)                                                                \
    DIRECTIVE(MAX_AGE, "max-age", SECONDS, SECONDS)                                                \
    DIRECTIVE(MAX_STALE, "max-stale", MAYBE_SECONDS, FOREIGN)                                      \
    DIRECTIVE(MIN_FRESH, "min-fresh", SECONDS, FOREIGN)                                            \
    DIRECTIVE(NO_CACHE, "no-cache", NOTHING, MAYBE_FIELDS)                                         \
    DIRECTIVE(NO_STORE, "no-store", NOTHING, NOTHING)                                              \
    DIRECTIVE(NO_TRANSFORM, "no-transform", NOTHING, NOTHING)                                      \
    DIRECTIVE(ONLY_IF_CACHED, "only-if-cached", NOTHING, FOREIGN)                                  \
    DIRECTIVE(MUST_REVALIDATE, "must-revalidate", FOREIGN, NOTHING)                                \
    DIRECTIVE(MUST_UNDERSTAND, "must-understand", FOREIGN, NOTHING)                                \
    DIRECTIVE(PRIVATE, "private", FOREIGN, MAYBE_FIELDS)                                           \
    DIRECTIVE(PROXY_REVALIDATE, "proxy-revalidate", FOREIGN, NOTHING)                              \
    DIRECTIVE(PUBLIC, "public", FOREIGN, NOTHING)                                                  \
    DIRECTIVE(S_MAXAGE, "s-maxage", FOREIGN, SECONDS)                                              \
    DIRECTIVE(IMMUTABLE, "immutable", FOREIGN, NOTHING)                                            \
    DIRECTIVE(STALE_WHILE_REVALIDATE, "stale-while-revalidate", FOREIGN, SECONDS)                  \
    DIRECTIVE(STALE_IF_ERROR, "stale-if-error", SECONDS, SECONDS)

enum cache_directive {
    CACHE_UNKNOWN,
#define DIRECTIVE(enumerator, name, request, response) CACHE_##enumerator,
    CACHE_DIRECTIVES(DIRECTIVE)
#undef DIRECTIVE
    CACHE_COUNT
};

enum cache_argument {
    CACHE_NOTHING,             /* takes no argument */
    CACHE_SECONDS,             /* needs delta-seconds */
    CACHE_MAYBE_SECONDS,
    CACHE_MAYBE_FIELDS,        /* a quoted list of field names */
    CACHE_FOREIGN              /* not defined for this side */
};

struct cache_member {
    enum cache_directive directive;
    struct parameter parameter;            /* name and argument */
    uint64_t seconds;                      /* where is_seconds */
    bool is_seconds;                       /* the argument is digits, quoted or not */
};

/* One bit, 1 << enum cache_directive, for each directive met. */
struct cache_control {
    uint32_t has;              /* CACHE_UNKNOWN too */
    uint32_t repeated;         /* known ones met twice */
    uint32_t has_argument;     /* of the first one of each */
    uint32_t has_seconds;      /* the first one of each has digits as its argument: */
    uint64_t seconds[CACHE_COUNT];
    bool is_faulty;            /* a member is no directive by its grammar */
};

/* Is the member token [ "=" ( token / quoted-string ) ]? */
bool cache_read(struct text member, struct cache_member *, struct text *culprit);

/* What a directive may have as its argument; CACHE_NOTHING for CACHE_UNKNOWN, of which nothing is
 * known. */
enum cache_argument cache_argument_of(enum cache_directive, enum side);

/* Is the argument there if it has to be, and of the right form? Foreign and unknown directives keep
 * to anything. */
bool cache_is_argument_right(const struct cache_member *, enum side);

/* A list as a whole. RFC 9111 4.2.1: of a directive that is repeated, the first one counts. */
struct cache_control cache_control(struct list_reader);

/* Is the directive in it? */
bool cache_has(const struct cache_control *, enum cache_directive);

/* The name of a directive, a static string; "" for CACHE_UNKNOWN. */
const char *cache_name(enum cache_directive);

#endif
