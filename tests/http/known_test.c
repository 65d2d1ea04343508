#include "http/known.h"

#include <CUnit/CUnit.h>
#include <stdio.h>
#include <stdlib.h>

#include "http/framing.h"
#include "tests/support/octets_head.h"

void http_known_suite(void);

enum { OCTETS_MAX = 4096 };

/* One head through scan, framing and llhttp, as if none had been seen before. */
struct fresh {
    struct octets_head *head;
    struct judged judged;
};

static struct fresh fresh_new(struct judge *judge, enum side side, struct text octets)
{
    struct fresh fresh = { octets_head_scan(side, octets, NULL), { 0 } };

    framing_decide(fresh.head->arena, &fresh.head->message, METHOD_UNKNOWN);
    fresh.judged = judge_head(judge, fresh.head->arena, &fresh.head->message);
    return fresh;
}

static uint64_t hint_of(struct text octets)
{
    uint64_t hint = 0;

    while (octets.len > 0)
        hint = known_hint(hint, text_until(octets, '\n', &octets));
    return hint;
}

static bool find(struct known *known, const struct fresh *fresh, struct message *found, struct judged *judged)
{
    const struct message *message = &fresh->head->message;

    *found = (struct message){ .side = message->side, .head = message->head };
    return known_find(known, hint_of(message->head), fresh->head->arena, found, judged);
}

static bool is_same(const struct message *a, const struct message *b)
{
    bool is_same = a->nfields == b->nfields && a->trailers_at == b->trailers_at && a->method == b->method &&
                   a->status == b->status && a->version == b->version &&
                   memcmp(&a->has, &b->has, sizeof a->has) == 0 &&
                   memcmp(&a->method_text, &b->method_text, sizeof a->method_text) == 0 &&
                   memcmp(&a->target, &b->target, sizeof a->target) == 0 &&
                   memcmp(&a->version_text, &b->version_text, sizeof a->version_text) == 0 &&
                   memcmp(&a->reason, &b->reason, sizeof a->reason) == 0;

    for (uint32_t i = 0; is_same && i < a->nfields; i++)
        is_same = memcmp(&a->fields[i], &b->fields[i], sizeof a->fields[i]) == 0;
    return is_same;
}

/* What is known of a head is what a fresh look at it gives; then it is learned. True if it was known. */
static bool meet(struct known *known, struct judge *judge, enum side side, struct text octets)
{
    struct fresh fresh = fresh_new(judge, side, octets);
    struct message *message = &fresh.head->message, found;
    struct judged judged;
    bool is_known = find(known, &fresh, &found, &judged);

    if (is_known) {
        bool is_right = fresh.head->is_whole && message->nanomalies == 0 && found.shape > 0 && is_same(message, &found) &&
                        judged.is_accepted && !judged.is_rejected && fresh.judged.is_accepted &&
                        judged.is_chunked == fresh.judged.is_chunked && judged.has_length == fresh.judged.has_length &&
                        judged.length == fresh.judged.length;

        if (!is_right)
            printf("\n    wrongly known: %.*s\n", (int)octets.len, octets.at);
        CU_ASSERT(is_right);
    } else if (fresh.head->is_whole) {
        known_learn(known, hint_of(message->head), message, &fresh.judged);
    }
    octets_head_free(fresh.head);
    return is_known;
}

static const struct {
    enum side side;
    struct text octets;
} heads[] = {
    { SIDE_CLIENT, TEXT_INIT("GET /a HTTP/1.1\r\nHost: a.example\r\nAccept: */*\r\n\r\n") },
    { SIDE_CLIENT, TEXT_INIT("GET http://a.example/b HTTP/1.1\r\nHost: a.example\r\nTE: trailers\r\nConnection: TE\r\n\r\n") },
    { SIDE_CLIENT, TEXT_INIT("POST /b?c=d HTTP/1.1\r\nHost: a\r\nContent-Length: 12\r\nCookie: a=b; c=d\r\n\r\n") },
    { SIDE_CLIENT, TEXT_INIT("POST / HTTP/1.0\r\nHost:a\r\nTransfer-Encoding: gzip, chunked\r\nX-A: b \r\n\r\n") },
    { SIDE_CLIENT, TEXT_INIT("CONNECT a.example:443 HTTP/1.1\r\nHost: a.example:443\r\nproxy-connection: keep-alive\r\n\r\n") },
    { SIDE_CLIENT, TEXT_INIT("OPTIONS * HTTP/1.1\r\nHost: a\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n") },
    { SIDE_SERVER, TEXT_INIT("HTTP/1.1 200 OK\r\nDate: Thu, 26 Nov 2026 10:00:00 GMT\r\nContent-Length: 5\r\nETag: \"a\"\r\n\r\n") },
    { SIDE_SERVER, TEXT_INIT("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nServer: a\r\nA: \r\nContent-Type: a/b\r\n\r\n") },
    { SIDE_SERVER, TEXT_INIT("HTTP/1.0 404 \r\nConnection: close\r\nA:b\r\nA: c\r\n\r\n") },
    { SIDE_SERVER, TEXT_INIT("HTTP/1.1 304 Not Modified\r\nETag: W/\"abc\"\r\nAge: 5\r\n\r\n") },
};

enum { HEADS = sizeof heads / sizeof *heads };

static unsigned below(unsigned *state, unsigned most)
{
    *state = *state * 1103515245u + 12345u;
    return (*state >> 8) % most;
}

/* One octet becomes another, goes, comes twice or gets a new neighbour. */
static size_t mutate(char *octets, size_t len, unsigned *state)
{
    static const char odd[] = " \t\r\n:,\"#?/;=0159azAZ\x01\x7F\x80\xFF";
    unsigned at = below(state, (unsigned)len);
    char octet = below(state, 4) > 0 ? (char)(' ' + below(state, 95)) : odd[below(state, sizeof odd)];

    switch (below(state, 4)) {
    case 0:
        octets[at] = octet;
        return len;
    case 1:
        memmove(octets + at, octets + at + 1, len - at - 1);
        return len - 1;
    case 2:
        memmove(octets + at + 1, octets + at, len - at);
        return len + 1;
    default:
        memmove(octets + at + 1, octets + at, len - at);
        octets[at] = octet;
        return len + 1;
    }
}

/* The octets up to the first empty line, as the reader gives them; 0: there is none. */
static size_t head_len(struct text octets)
{
    struct text rest = octets;

    while (rest.len > 0) {
        struct text line = text_until(rest, '\n', &rest);

        if (line.len == 0 || (line.len == 1 && line.at[0] == '\r'))
            return line.at > octets.at ? (size_t)(rest.len > 0 ? rest.at - octets.at : (ptrdiff_t)octets.len) : 0;
    }
    return 0;
}

/* Heads that differ in an octet or a few, met in any order: whoever is known is known rightly. */
static void known_is_fresh(void)
{
    struct known *known = known_new(&limits_default);
    struct judge *judge = judge_new();
    unsigned state = 1, nknown = 0, nmet = 0;

    for (unsigned round = 0; round < 60000; round++) {
        char octets[OCTETS_MAX];
        unsigned which = below(&state, HEADS);
        size_t len = heads[which].octets.len;

        memcpy(octets, heads[which].octets.at, len);
        for (unsigned changes = below(&state, 4); changes > 0; changes--)
            len = mutate(octets, len, &state);
        len = head_len((struct text){ octets, len });
        if (len == 0)
            continue;
        nmet++;
        nknown += meet(known, judge, heads[which].side, (struct text){ octets, len });
    }
    CU_ASSERT(nknown > nmet / 4);
    judge_free(judge);
    known_free(known);
}

/* Rows are met one after the other, by one memory. */
struct row {
    const char *name;
    enum side side;
    struct text octets;
    bool is_known;
};

#define REQUEST(target, fields) TEXT_INIT("GET " target " HTTP/1.1\r\n" fields "\r\n")
#define RESPONSE(fields) TEXT_INIT("HTTP/1.1 200 OK\r\n" fields "\r\n")

static void check_rows(const struct row *rows, size_t count, uint64_t room)
{
    struct limits limits = limits_default;
    struct judge *judge = judge_new();

    limits.known_heads = room;
    struct known *known = known_new(&limits);

    for (size_t i = 0; i < count; i++) {
        if (meet(known, judge, rows[i].side, rows[i].octets) != rows[i].is_known) {
            printf("\n    %s\n", rows[i].name);
            CU_FAIL("a row");
        }
    }
    known_free(known);
    judge_free(judge);
}

#define CHECK(rows, room) check_rows(rows, sizeof(rows) / sizeof *(rows), room)

static void values_become_variable(void)
{
    static const struct row rows[] = {
        { "the first", SIDE_SERVER, RESPONSE("Abc: b\r\nDate: x\r\n"), false },
        { "the same", SIDE_SERVER, RESPONSE("Abc: b\r\nDate: x\r\n"), true },
        { "one value differs", SIDE_SERVER, RESPONSE("Abc: b\r\nDate: yy\r\n"), false },
        { "and may", SIDE_SERVER, RESPONSE("Abc: b\r\nDate: a long one\r\n"), true },
        { "another does not yet", SIDE_SERVER, RESPONSE("Abc: c\r\nDate: x\r\n"), false },
        { "both may", SIDE_SERVER, RESPONSE("Abc: d\r\nDate: z\r\n"), true },
        { "an empty one may not", SIDE_SERVER, RESPONSE("Abc: \r\nDate: z\r\n"), false },
        { "nor one with a control", SIDE_SERVER, RESPONSE("Abc: \x01\r\nDate: z\r\n"), false },
        { "nor one above ASCII", SIDE_SERVER, RESPONSE("Abc: \xE4\r\nDate: z\r\n"), false },
        { "nor one with a TAB", SIDE_SERVER, RESPONSE("Abc: a\tb\r\nDate: z\r\n"), false },
        { "and still the first", SIDE_SERVER, RESPONSE("Abc: e\r\nDate: zz\r\n"), true },
        { "nor one with blanks behind", SIDE_SERVER, RESPONSE("Abc: a  \r\nDate: z\r\n"), false },
        { "nor one with more blanks before", SIDE_SERVER, RESPONSE("Abc:   a\r\nDate: z\r\n"), false },
        { "nor one with LF alone", SIDE_SERVER, RESPONSE("Abc: a\nDate: z\r\n"), false },
        { "nor one that is folded", SIDE_SERVER, RESPONSE("Abc: a\r\n b\r\nDate: z\r\n"), false },
        { "the other side", SIDE_CLIENT, RESPONSE("Abc: b\r\nDate: x\r\n"), false },
        { "another status", SIDE_SERVER, TEXT_INIT("HTTP/1.1 204 OK\r\nAbc: d\r\nDate: z\r\n\r\n"), false },
        { "another name", SIDE_SERVER, RESPONSE("Abcd: d\r\nDate: z\r\n"), false },
        { "another order", SIDE_SERVER, RESPONSE("Date: z\r\nAbc: d\r\n"), false },
        { "one more", SIDE_SERVER, RESPONSE("Abc: d\r\nDate: z\r\nAbc: d\r\n"), false },
    };

    CHECK(rows, 64);
}

static void targets_become_variable(void)
{
    static const struct row rows[] = {
        { "the first", SIDE_CLIENT, REQUEST("/a", "Host: a\r\n"), false },
        { "another target", SIDE_CLIENT, REQUEST("/b", "Host: a\r\n"), false },
        { "and may", SIDE_CLIENT, REQUEST("/c/d?e=f", "Host: a\r\n"), true },
        { "not with a fragment", SIDE_CLIENT, REQUEST("/c#d", "Host: a\r\n"), false },
        { "not with a blank", SIDE_CLIENT, REQUEST("/c d", "Host: a\r\n"), false },
        { "not above ASCII", SIDE_CLIENT, REQUEST("/\xE4", "Host: a\r\n"), false },
        { "not absolute", SIDE_CLIENT, REQUEST("http://a/", "Host: a\r\n"), false },
        { "nor two of these", SIDE_CLIENT, REQUEST("http://b/", "Host: a\r\n"), false },
        { "another method", SIDE_CLIENT, TEXT_INIT("PUT /c HTTP/1.1\r\nHost: a\r\n\r\n"), false },
        { "another version", SIDE_CLIENT, TEXT_INIT("GET /c HTTP/1.0\r\nHost: a\r\n\r\n"), false },
    };

    CHECK(rows, 64);
}

/* What frames a message, or is read by llhttp, has to be the same; but a length may be another. */
static void framing_is_known_exactly(void)
{
    static const struct row rows[] = {
        { "length", SIDE_SERVER, RESPONSE("Content-Length: 5\r\n"), false },
        { "another", SIDE_SERVER, RESPONSE("Content-Length: 17\r\n"), false },
        { "and may", SIDE_SERVER, RESPONSE("Content-Length: 123456789012345678\r\n"), true },
        { "but is a number", SIDE_SERVER, RESPONSE("Content-Length: 5, 5\r\n"), false },
        { "of no sign", SIDE_SERVER, RESPONSE("Content-Length: +5\r\n"), false },
        { "that fits", SIDE_SERVER, RESPONSE("Content-Length: 99999999999999999999\r\n"), false },
        { "close", SIDE_SERVER, RESPONSE("Connection: close\r\n"), false },
        { "keep-alive", SIDE_SERVER, RESPONSE("Connection: keep-alive\r\n"), false },
        { "other", SIDE_SERVER, RESPONSE("Connection: foo\r\n"), false },
        { "chunked", SIDE_SERVER, RESPONSE("Transfer-Encoding: chunked\r\n"), false },
        { "gzip", SIDE_SERVER, RESPONSE("Transfer-Encoding: gzip, chunked\r\n"), false },
        { "deflate", SIDE_SERVER, RESPONSE("Transfer-Encoding: deflate, chunked\r\n"), false },
        { "close again", SIDE_SERVER, RESPONSE("Connection: close\r\n"), true },
    };

    CHECK(rows, 64);
}

/* Shapes with the same hint share a set: five do not fit into it, and the one that was met longest ago goes. */
static void the_oldest_goes(void)
{
    static const struct row rows[] = {
        { "1", SIDE_CLIENT, REQUEST("*", "Name1: a\r\n"), false }, { "2", SIDE_CLIENT, REQUEST("*", "Name2: a\r\n"), false },
        { "3", SIDE_CLIENT, REQUEST("*", "Name3: a\r\n"), false }, { "4", SIDE_CLIENT, REQUEST("*", "Name4: a\r\n"), false },
        { "1 is there", SIDE_CLIENT, REQUEST("*", "Name1: a\r\n"), true },
        { "5 takes the place of 2", SIDE_CLIENT, REQUEST("*", "Name5: a\r\n"), false },
        { "2 is not", SIDE_CLIENT, REQUEST("*", "Name2: a\r\n"), false },
        { "1 still is", SIDE_CLIENT, REQUEST("*", "Name1: a\r\n"), true },
        { "3 is not", SIDE_CLIENT, REQUEST("*", "Name3: a\r\n"), false },
    };
    static const struct row none[] = {
        { "1", SIDE_CLIENT, REQUEST("*", "A: a\r\n"), false }, { "again", SIDE_CLIENT, REQUEST("*", "A: a\r\n"), false },
    };

    CHECK(rows, 4);
    CHECK(none, 1);
}

/* Long heads and heads of many fields are never known. */
static void bounds_are_kept(void)
{
    struct known *known = known_new(&limits_default);
    struct judge *judge = judge_new();
    char octets[OCTETS_MAX];

    for (int is_over = 0; is_over < 2; is_over++) {
        int len = snprintf(octets, sizeof octets, "GET / HTTP/1.1\r\n");

        for (int i = 0; i < KNOWN_FIELDS_MAX + is_over; i++)
            len += snprintf(octets + len, sizeof octets - (size_t)len, "A: %d\r\n", i);
        len += snprintf(octets + len, sizeof octets - (size_t)len, "\r\n");
        CU_ASSERT_FALSE(meet(known, judge, SIDE_CLIENT, (struct text){ octets, (size_t)len }));
        CU_ASSERT_EQUAL(meet(known, judge, SIDE_CLIENT, (struct text){ octets, (size_t)len }), !is_over);
        len = snprintf(octets, sizeof octets, "GET / HTTP/1.1\r\nHost: %0*d\r\n\r\n", KNOWN_OCTETS_MAX - 26 + is_over, 0);
        CU_ASSERT_EQUAL(len, KNOWN_OCTETS_MAX + is_over);
        CU_ASSERT_FALSE(meet(known, judge, SIDE_CLIENT, (struct text){ octets, (size_t)len }));
        CU_ASSERT_EQUAL(meet(known, judge, SIDE_CLIENT, (struct text){ octets, (size_t)len }), !is_over);
    }
    judge_free(judge);
    known_free(known);
}

void http_known_suite(void)
{
    CU_pSuite suite = CU_add_suite("http/known", NULL, NULL);

    CU_add_test(suite, "what is known is what a fresh look gives", known_is_fresh);
    CU_add_test(suite, "values become variable", values_become_variable);
    CU_add_test(suite, "targets become variable", targets_become_variable);
    CU_add_test(suite, "framing is known exactly", framing_is_known_exactly);
    CU_add_test(suite, "the shape that was met longest ago goes", the_oldest_goes);
    CU_add_test(suite, "bounds are kept", bounds_are_kept);
}
