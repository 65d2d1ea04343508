/* The whole stage: facts and their places, limits, settling, octets that come again, and the law that cuts do not matter. */
#include "http/http.h"

#include <CUnit/CUnit.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"
#include "tests/support/octets_check.h"
#include "tests/support/octets_drive.h"

#define GET "GET / HTTP/1.1\r\nHost: h\r\n\r\n"
#define OK "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
#define CHUNKED "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
#define ENDS OVER(0, FIN), OVER(1, FIN)

/* ---- limits ---- */

static const struct {
    struct octets_case test;
    struct limits limits;      /* those that are not 0 */
} limited[] = {
    { { "a head of the limit", STEPS(CLIENT(GET), SERVER(OK), ENDS), "GET / -> 200 length:2" }, { .head_octets = 38, .line_octets = 38 } },
    { { "a head over the limit", STEPS(CLIENT(GET), SERVER(OK), CLIENT(GET), SERVER("HTTP/1.1 204 A\r\n\r\n"), ENDS),
        "GET / -> none -response; GET / -> 204 -pairing -order # resynchronised limit" }, { .head_octets = 37 } },
    { { "a request over the limit", STEPS(CLIENT("GET / HTTP/1.1\r\nHost: hhhhhhhhh\r\n\r\n"), SERVER("HTTP/1.1 204 A\r\n\r\n"), CLIENT(GET), ENDS),
        "? -> 204 -request -order; GET / -> none -pairing -order # resynchronised limit" }, { .head_octets = 30 } },
    { { "a line over the limit holds no message", STEPS(CLIENT("GET / HTTP/1.1\r\nA: 34567890GET /b HTTP/1.1\r\nHost: h\r\n\r\n" GET), ENDS),
        "GET / -> none -pairing -order # resynchronised limit" }, { .line_octets = 20 } },
    { { "a request line over the limit", STEPS(CLIENT("GET /3456789012345 HTTP/1.1\r\nHost: h\r\n\r\n" GET), ENDS), " # not-http" },
      { .line_octets = 20 } },
    { { "a second request line over the limit", STEPS(CLIENT(GET "GET /3456789012345 HTTP/1.1\r\nHost: h\r\n\r\n" GET), ENDS),
        "GET / -> none; GET / -> none -pairing -order # resynchronised limit" }, { .line_octets = 20 } },
    { { "a status line over the limit", STEPS(SERVER("HTTP/1.1 200 89012345678901\r\n\r\n" OK), ENDS),
        "? -> 200 length:2 -request -order # resynchronised limit" }, { .line_octets = 20 } },
    { { "fields", STEPS(CLIENT("GET / HTTP/1.1\r\nA: b\r\nContent-Length: 5\r\n\r\n"), ENDS), "GET / unknown:0/lost~ -> none # framing-lost limit" }, { .fields = 1 } },
    { { "waiting requests", STEPS(CLIENT(GET GET GET GET), SERVER(OK), ENDS), "GET / -> none -response; GET / -> none -response; "
        "GET / -> 200 length:2 -pairing; GET / -> none -pairing # limit" }, { .waiting_requests = 2 } },
    { { "interim responses", STEPS(CLIENT(GET), SERVER("HTTP/1.1 100 A\r\n\r\nHTTP/1.1 102 A\r\n\r\nHTTP/1.1 103 A\r\n\r\nx" OK), ENDS),
        "GET / -> 100 -> 102 -> 200 length:2 # limit" }, { .interim_responses = 2 } },
    { { "trailers", STEPS(CLIENT(GET), SERVER(CHUNKED "0\r\nA: b\r\nC: d\r\n\r\n"), ENDS), "GET / -> 200 chunked:0'1" },
      { .trailer_octets = 14 } },
    { { "trailers over the limit", STEPS(CLIENT(GET), SERVER(CHUNKED "0\r\nA: b\r\nC: d\r\n\r\n"), ENDS),
        "GET / -> 200 chunked:0/lost~'1 # framing-lost limit" }, { .trailer_octets = 13 } },
    { { "trailer fields", STEPS(CLIENT(GET), SERVER(CHUNKED "0\r\nA: b\r\nC: d\r\n\r\n"), ENDS), "GET / -> 200 chunked:0'1 # limit" },
      { .trailer_fields = 1 } },
    { { "a chunk-size line", STEPS(CLIENT(GET), SERVER(CHUNKED "0;a=bc\r\n\r\n"), ENDS), "GET / -> 200 chunked:0'1" }, { .chunk_line_octets = 8 } },
    { { "a chunk-size line over the limit", STEPS(CLIENT(GET), SERVER(CHUNKED "0;a=bc\r\n\r\n" OK), ENDS),
        "GET / -> 200 chunked:0/lost~; ? -> 200 length:2 -request -order # resynchronised framing-lost limit" },
      { .chunk_line_octets = 7 } },
};

static struct limits limits_with(const struct limits *lowered)
{
    struct limits limits = limits_default;

#define LIMIT(member, value, words) if (lowered->member != 0) limits.member = lowered->member;
    LIMITS(LIMIT)
#undef LIMIT
    return limits;
}

static void limits_hold(void)
{
    for (size_t i = 0; i < sizeof limited / sizeof *limited; i++) {
        struct limits limits = limits_with(&limited[i].limits);

        CU_ASSERT(octets_case_holds(&limited[i].test, &(struct octets_how){ .limits = &limits }));
    }
}

/* Everything that a sender can repeat without end costs a bounded amount of memory, and no finding about it. */
static void floods_are_bounded(void)
{
    static const struct {
        const char *name, *begin, *repeated;
        size_t most;           /* octets held */
    } rows[] = {
        { "requests", "", GET, 1500000 },
        { "request without end", "GET /", "a", 300000 },
        { "request line of blanks", "GET ", " ", 300000 },
        { "field without end", "GET / HTTP/1.1\r\nA: ", "b", 300000 },
        { "fields", "GET / HTTP/1.1\r\n", "A: b\r\n", 1200000 },
        { "folds", "GET / HTTP/1.1\r\nA: b\r\n", " c\r\n", 1200000 },
        { "blank lines", "", "\r\n", 10000 },
        { "strays", GET, "x", 10000 },
        { "strays that may be requests", GET, "GET ", 300000 },
        { "interim responses", "HTTP/1.1 100 A\r\n\r\n", "HTTP/1.1 100 A\r\n\r\n", 200000 },
        { "responses", "", "HTTP/1.1 204 A\r\n\r\n", 30000 },
        { "chunks", CHUNKED, "1\r\na\r\n", 200000 },
        { "odd chunks", CHUNKED, "1 ;\na\n", 200000 },
        { "an extension without end", CHUNKED "1;", "a", 10000 },
        { "trailers", CHUNKED "0\r\n", "A: b\r\n", 300000 },
        { "a body without end", "HTTP/1.1 200 A\r\n\r\n", "body", 200000 },
        { "status lines that are none", "HTTP/1.1 200 A\r\nContent-Length: 0\r\n\r\n", "HTTP/1.1 2", 300000 },
    };
    enum { OCTETS = 1 << 19, STEP = 1460 };
    struct octets_step *steps = calloc(OCTETS / STEP + 2, sizeof *steps);
    char *octets = malloc(OCTETS);

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        size_t len = strlen(rows[i].begin), part = strlen(rows[i].repeated), nsteps = 0;

        memcpy(octets, rows[i].begin, len);
        for (; len + part <= OCTETS; len += part)
            memcpy(octets + len, rows[i].repeated, part);
        for (size_t at = 0; at < len; at += STEP)
            steps[nsteps++] = (struct octets_step){ OCTETS_DATA, 0, { octets + at, len - at < STEP ? len - at : STEP }, 0 };
        steps[nsteps].what = OCTETS_END;
        struct octets_result result = octets_run(steps, &(struct octets_how){ .keeps_bodies = true, .is_summary_only = true });

        if (result.held_most > rows[i].most || result.held_last > 0) {
            printf("\n    %zu octets held", result.held_most);
            octets_fail(rows[i].name);
        }
        octets_free(&result);
    }
    free(octets);
    free(steps);
}

/* ---- settling ---- */

static const struct octets_case settling[] = {
    { "junk before the exchange has settled is its own", STEPS(CLIENT(GET), SERVER(OK), TIME(998999), SERVER("x"), ENDS), "GET / -> 200{octets-behind-end} length:2+1" },
    { "junk after that is nobody's", STEPS(CLIENT(GET), SERVER(OK), TIME(1000000), SERVER("x"), ENDS), "GET / -> 200 length:2" },
    { "an unanswered request waits", STEPS(CLIENT(GET), TIME(9000000), SERVER(OK), ENDS), "GET / -> 200 length:2" },
    { "a response that goes on waits", STEPS(CLIENT(GET), SERVER("HTTP/1.1 200 A\r\nContent-Length: 3\r\n\r\na"), TIME(9000000),
      SERVER("bc"), ENDS), "GET / -> 200 length:3" },
    { "a request that goes on waits", STEPS(CLIENT("PUT / HTTP/1.1\r\nContent-Length: 2\r\n\r\na"), SERVER(OK), TIME(9000000),
      CLIENT("b"), ENDS), "PUT / length:2 -> 200 length:2" },
    { "time passes by octets too", STEPS(CLIENT(GET), SERVER(OK), TIME(1000000), CLIENT(GET), SERVER(OK), ENDS),
      "GET / -> 200 length:2; GET / -> 200 length:2" },
    { "out of order, the next is over first", STEPS(CLIENT(GET GET), SERVER(OK), TIME(2000000), SERVER(OK), TIME(2000000), ENDS),
      "GET / -> 200 length:2; GET / -> 200 length:2" },
};

static void exchanges_settle(void)
{
    for (size_t i = 0; i < sizeof settling / sizeof *settling; i++)
        CU_ASSERT(octets_case_holds(&settling[i], &(struct octets_how){ 0 }));
}

/* ---- octets that come again ---- */

static const struct octets_case repeated[] = {
    { "the same", STEPS(CLIENT(GET), AGAIN(0, 0, GET), SERVER(OK), AGAIN(1, 0, OK), ENDS), "GET / -> 200 length:2" },
    { "another request", STEPS(CLIENT(GET), AGAIN(0, 4, "x"), SERVER(OK), ENDS), "GET /! -> 200 length:2 # conflicting-data" },
    { "another response", STEPS(CLIENT(GET), SERVER(OK), AGAIN(1, 9, "404"), ENDS), "GET / -> 200 length:2! # conflicting-data" },
    { "another head that is not whole yet", STEPS(CLIENT("GET / HTTP/1.1\r\n"), AGAIN(0, 0, "PUT"), CLIENT("\r\n"), SERVER(OK), ENDS),
      "GET /! -> 200 length:2 # conflicting-data" },
    { "a body is not held", STEPS(CLIENT(GET), SERVER(OK), AGAIN(1, 38, "no"), ENDS), "GET / -> 200 length:2" },
    { "octets of before and behind", STEPS(CLIENT("\r\n" GET "xx"), AGAIN(0, 0, "ab" GET "xxcd"), SERVER(OK), ENDS),
      "GET /{blank-before-start-line,octets-behind-end}+2 -> 200 length:2" },
    { "an overlap of two heads", STEPS(CLIENT(GET GET), AGAIN(0, 26, "\nP"), SERVER(OK OK), ENDS),
      "GET / -> 200 length:2; GET /! -> 200 length:2 # conflicting-data" },
    { "after the exchange is gone", STEPS(CLIENT(GET), SERVER(OK), TIME(2000000), AGAIN(0, 0, "PUT"), ENDS), "GET / -> 200 length:2" },
    { "before anything", STEPS(AGAIN(0, 0, "PUT"), CLIENT(GET), ENDS), "GET / -> none" },
    { "of what is no HTTP", STEPS(CLIENT("\1\2\3"), AGAIN(0, 0, "PUT"), ENDS), " # not-http" },
};

static void repetitions_are_compared(void)
{
    for (size_t i = 0; i < sizeof repeated / sizeof *repeated; i++)
        CU_ASSERT(octets_case_holds(&repeated[i], &(struct octets_how){ 0 }));
}

/* ---- places ---- */

/* Where the first octet too many is, and where an anomaly of the body is: as "extra AT" and "anomaly at AT". */
static const struct { const char *name; const struct octets_step *steps; const char *fact; } places[] = {
    { "after a 204", STEPS(CLIENT(GET), SERVER("HTTP/1.1 204 A\r\n\r\n\r\nxyz"), ENDS), "octets 3 stray 0 chunks 0 extra 20 " },
    { "after a length", STEPS(CLIENT(GET), SERVER(OK "\r\n\r\n"), SERVER("HTTPx"), ENDS), "stray 5 chunks 0 extra 44 " },
    { "no extra", STEPS(CLIENT(GET), SERVER(OK), ENDS), "stray 0 chunks 0 extra 0 " },
    { "extra at 0 of the stream cannot be", STEPS(CLIENT(GET "a"), ENDS), "octets 0 stray 1 chunks 0 extra 27 " },
    { "a bare LF of a chunk", STEPS(CLIENT(GET), SERVER(CHUNKED "1\na\r\n0\r\n\r\n"), ENDS), "chunk-bare-lf 47+0 at 48\n" },
    { "one anomaly of its kind", STEPS(CLIENT(GET), SERVER(CHUNKED "1\r\na\n1\nb\n0\n\r\n"), ENDS), "chunk-bare-lf 47+0 at 51\n" },
    { "a bad size", STEPS(CLIENT(GET), SERVER(CHUNKED "1\r\na\r\nx"), ENDS), "chunk-size-invalid 47+0 at 53\n" },
    { "a bad end", STEPS(CLIENT(GET), SERVER(CHUNKED "1\r\nab"), ENDS), "chunk-end-missing 47+0 at 51\n" },
    { "a trailer", STEPS(CLIENT(GET), SERVER(CHUNKED "0\r\nA : b\r\n\r\n"), ENDS), "space-before-colon 48+1 at 51\n" },
    { "the second response", STEPS(CLIENT(GET GET), SERVER(OK OK), ENDS), "message 1 at 40-80 " },
    { "times", STEPS(CLIENT("GET / HTTP/1.1\r\n"), TIME(5), CLIENT("\r\n"), SERVER(OK), ENDS), "time 1001000-1002005\n" },
    { "the end of a body", STEPS(CLIENT(GET), SERVER("HTTP/1.1 200 A\r\nContent-Length: 2\r\n\r\na"), SERVER("b"), SERVER("c"), ENDS),
      "time 1002000-1003000\n" },
};

static void places_are_exact(void)
{
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        struct octets_how how = { .cuts = OCTETS_SINGLE };
        struct octets_result result = octets_run(places[i].steps, &how);

        if (!strstr(result.facts, places[i].fact)) {
            printf("\n%s", result.facts);
            octets_fail(places[i].name);
        }
        octets_free(&result);
        CU_ASSERT(octets_law(places[i].name, places[i].steps, &how, 12));
    }
}

/* ---- the law, over what nobody wrote ---- */

static const char *const words[] = {
    GET, OK, "HEAD / HTTP/1.1\r\n\r\n", "PUT / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n", "POST / HTTP/1.1\r\nContent-Length: 3\r\n\r\n",
    "CONNECT h:1 HTTP/1.1\r\n\r\n", "HTTP/1.1 204 A\r\n\r\n", "HTTP/1.1 100 A\r\n\r\n", "HTTP/1.1 101 A\r\n\r\n", CHUNKED, "HTTP/1.1 200 A\r\n\r\n",
    "HTTP/1.1 200 A\r\nContent-Length: 1, 2\r\n\r\n", "3\r\nabc\r\n", "0\r\n", "A: b\r\n", " fold\r\n", "\r\n", "\n", "\r", "HTTP/1.1 200", "HTT",
    "GET / HTTP/1.1\r\n", "Content-Length: 2\r\n", "Content-Length: 40\r\n", "Transfer-Encoding: chunked\r\n", "x", "hello", "\x16\x03\x01", "PROXY TCP4 a b 1 2\r\n",
    "\x05\x01", "\x05\x00\x00\x01" "abcd\x00\x50", "\x04\x01\x00\x50" "abcde", "PRI * HTTP/2.0\r\n\r\n", " ", "\t", ";a=\"b", "1", "ffffffffffffffff\r\n", "\x80",
};

static void cuts_do_not_matter(void)
{
    enum { STEPS_MAX = 24, ROOM = 1 << 12 };
    unsigned rounds = getenv("PLAYS") ? (unsigned)atoi(getenv("PLAYS")) : 2000, bad = 0;
    static char octets[ROOM];
    uint64_t random = 1;
    struct limits limits = limits_default;

    limits.line_octets = 48;
    limits.head_octets = 128;
    limits.chunk_line_octets = 24;
    limits.trailer_octets = 32;
    limits.waiting_requests = 3;
    limits.interim_responses = 2;
    for (unsigned round = 0; round < rounds && bad < 3; round++) {
        struct octets_step steps[STEPS_MAX + 1] = { { OCTETS_END, 0, { 0, 0 }, 0 } };
        size_t len = 0, nsteps = 0;
        bool is_over[2] = { false, false };

#define RANDOM(below) ((random = random * 6364136223846793005u + 1442695040888963407u) >> 33) % (below)
        while (nsteps < STEPS_MAX && RANDOM(20) > 0) {
            int direction = (int)(RANDOM(2));
            size_t from = len, what = RANDOM(40);

            if (is_over[direction])
                break;
            for (size_t i = 1 + RANDOM(4); i > 0; i--) {
                const char *word = words[RANDOM(sizeof words / sizeof *words)];

                len += (size_t)snprintf(octets + len, ROOM - len, "%s", word);
            }
            steps[nsteps++] = (struct octets_step){ what == 0 ? OCTETS_DOUBTFUL : OCTETS_DATA, direction, { octets + from, len - from }, 0 };
            if (what < 4 && what > 0 && nsteps < STEPS_MAX)
                steps[nsteps++] = (struct octets_step){ OCTETS_LOST, direction, { 0, 0 }, 1 + RANDOM(40) };
            else if (what == 4 && nsteps < STEPS_MAX)
                steps[nsteps++] = (struct octets_step){ OCTETS_TIME, 0, { 0, 0 }, RANDOM(2000000) };
            else if (what == 5 && nsteps < STEPS_MAX) {
                steps[nsteps++] = (struct octets_step){ OCTETS_OVER, direction, { 0, 0 }, RANDOM(3) };
                is_over[direction] = true;
            }
        }
#undef RANDOM
        if (!octets_law("words", steps, &(struct octets_how){ .limits = round % 2 ? &limits : NULL, .keeps_bodies = true }, 6))
            bad++;
    }
    CU_ASSERT_EQUAL(bad, 0);
}

/* ---- several connections ---- */

static void count_exchange(void *context, struct exchange *exchange)
{
    unsigned *count = context;

    CU_ASSERT_EQUAL(exchange->number, ++*count);
}

static void ignore_note(void *context, const struct note *note)
{
    (void)context;
    (void)note;
}

/* Connections do not mix, and the time of one lets the exchanges of another settle. */
static void connections_are_apart(void)
{
    enum { CONNECTIONS = 5 };
    unsigned count = 0;
    struct names *names = names_new();
    struct http *http = http_new(&(struct http_options){ names, &limits_default, false }, (struct http_sink){ .exchange = count_exchange, .context = &count },
                                 (struct note_sink){ ignore_note, NULL });
    struct connection connections[CONNECTIONS] = { { .number = 0 } };

    for (int i = 0; i < CONNECTIONS; i++) {
        struct piece request = { (const uint8_t *)GET, sizeof GET - 1, 0, 1, i, 0, 0, false, false }, response = { (const uint8_t *)OK, sizeof OK - 1, 0, 2, i, 0, 0, false, false };

        http_opened(http, &connections[i]);
        http_octets(http, &connections[i], 0, &request);
        http_octets(http, &connections[i], 1, &response);
    }
    CU_ASSERT_EQUAL(count, 0);
    CU_ASSERT(http_held(http) > 0);
    CU_ASSERT_EQUAL(http_streams(http), CONNECTIONS);
    http_tick(http, 1000001);
    CU_ASSERT_EQUAL(count, 2);
    struct piece late = { (const uint8_t *)GET, sizeof GET - 1, sizeof GET - 1, 3, 1000003, 0, 0, false, false };
    http_octets(http, &connections[0], 0, &late);
    CU_ASSERT_EQUAL(count, 2);           /* whoever feeds octets says what time it is */
    http_tick(http, 1000003);
    CU_ASSERT_EQUAL(count, 4);
    for (int i = 0; i < CONNECTIONS; i++)
        http_closed(http, &connections[i]);
    CU_ASSERT_EQUAL(count, 6);
    CU_ASSERT_EQUAL(http_held(http), 0);
    http_free(http);
    http_free(NULL);
    names_free(names);
}

void http_http_suite(void);
void http_http_suite(void)
{
    CU_pSuite suite = CU_add_suite("http/http", NULL, NULL);

    CU_ADD_TEST(suite, limits_hold);
    CU_ADD_TEST(suite, floods_are_bounded);
    CU_ADD_TEST(suite, exchanges_settle);
    CU_ADD_TEST(suite, repetitions_are_compared);
    CU_ADD_TEST(suite, places_are_exact);
    CU_ADD_TEST(suite, cuts_do_not_matter);
    CU_ADD_TEST(suite, connections_are_apart);
}
