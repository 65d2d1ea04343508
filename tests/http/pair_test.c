/* Which response belongs to which request, and what is not claimed where octets were lost. */
#include <CUnit/CUnit.h>
#include <stdio.h>
#include <stdlib.h>

#include "tests/support/octets_drive.h"

#define GET(path) "GET " path " HTTP/1.1\r\nHost: h\r\n\r\n"
#define OK "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
#define CONTINUE "HTTP/1.1 100 Continue\r\n\r\n"
#define ENDS OVER(0, FIN), OVER(1, FIN)

static const struct octets_case cases[] = {
    { "1xx before the final response", STEPS(CLIENT(GET("/")), SERVER(CONTINUE "HTTP/1.1 103 A\r\n\r\n" OK), ENDS),
      "GET / -> 100 -> 103 -> 200 length:2" },
    { "1xx, then the body, then the response", STEPS(CLIENT("PUT / HTTP/1.1\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n"),
      SERVER(CONTINUE), CLIENT("ab"), SERVER(OK), ENDS), "PUT / length:2 -> 100 -> 200 length:2" },
    { "1xx for the second request", STEPS(CLIENT(GET("/a") GET("/b")), SERVER(OK CONTINUE OK), ENDS),
      "GET /a -> 200 length:2; GET /b -> 100 -> 200 length:2" },
    { "1xx and nothing more", STEPS(CLIENT(GET("/")), SERVER(CONTINUE), ENDS), "GET / -> 100 -> none" },
    { "1xx without a request", STEPS(SERVER(CONTINUE OK), ENDS), "? -> 100 -> 200 length:2 -request" },
    { "1xx without a request, then a request", STEPS(SERVER(CONTINUE), CLIENT(GET("/")), SERVER(OK), ENDS),
      "? -> 100 -> 200 length:2 -request; GET / -> none" },
    { "more responses than requests", STEPS(CLIENT(GET("/")), SERVER(OK OK), ENDS), "GET / -> 200 length:2; ? -> 200 length:2 -request" },
    { "more requests than responses", STEPS(CLIENT(GET("/a") GET("/b")), SERVER(OK), ENDS), "GET /a -> 200 length:2; GET /b -> none" },
    { "HEAD between others", STEPS(CLIENT(GET("/a") "HEAD /b HTTP/1.1\r\n\r\n" GET("/c")),
      SERVER(OK "HTTP/1.1 200 A\r\nContent-Length: 9\r\n\r\n" OK), ENDS), "GET /a -> 200 length:2; HEAD /b -> 200; GET /c -> 200 length:2" },
    { "an early answer, and the request goes on", STEPS(CLIENT("PUT /a HTTP/1.1\r\nContent-Length: 4\r\n\r\nab"), SERVER(OK),
      CLIENT("cd" GET("/b")), SERVER(OK), ENDS), "PUT /a length:4 -> 200 length:2; GET /b -> 200 length:2" },
    { "an early answer, and another response", STEPS(CLIENT("PUT /a HTTP/1.1\r\nContent-Length: 4\r\n\r\nab"), SERVER(OK OK),
      CLIENT("cd"), ENDS), "PUT /a length:4 -> 200 length:2; ? -> 200 length:2 -request" },
    { "an early answer, and the request is lost", STEPS(CLIENT("PUT /a HTTP/1.1\r\nContent-Length: 4\r\n\r\nab"), SERVER(OK), LOST(0, 5),
      CLIENT(GET("/b")), SERVER(OK), ENDS), "PUT /a length:2/lost~ -> 200 length:2; GET /b -> 200 length:2 -pairing -order # resynchronised" },
    { "the response is lost, the client goes on", STEPS(CLIENT(GET("/a")), LOST(1, 40), CLIENT(GET("/b")), SERVER(OK), CLIENT(GET("/c")),
      SERVER(OK), ENDS), "GET /a -> none -response; GET /b -> 200 length:2 -pairing -order; GET /c -> 200 length:2 -order # resynchronised" },
    { "one of two pipelined responses is lost", STEPS(CLIENT(GET("/a") GET("/b")), LOST(1, 40), SERVER(OK), ENDS),
      "GET /a -> none -response; GET /b -> none -response; ? -> 200 length:2 -request -order # resynchronised" },
    { "lost pipelined responses and a request before they are over", STEPS(CLIENT(GET("/a") GET("/b")), LOST(1, 40), CLIENT(GET("/c")),
      SERVER(OK OK), ENDS), "GET /a -> none -response; GET /b -> none -response; GET /c -> 200 length:2 -pairing -order; "
      "? -> 200 length:2 -request -order # resynchronised" },
    { "the status is none", STEPS(CLIENT(GET("/a") GET("/b")), SERVER("HTTP/1.1 XX\r\nContent-Length: 0\r\n\r\n" OK), ENDS),
      "GET /a -> 0{status-invalid,parser-rejects} length:0; GET /b -> 200 length:2" },
};

static void pairs(void)
{
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        CU_ASSERT(octets_case_holds(&cases[i], &(struct octets_how){ 0 }));
}

/* ---- the law: whatever is lost, no pair is claimed that was none, and clean traffic stays clean ---- */

enum { MESSAGES = 6, OCTETS_MAX = 2048, STEPS_MAX = 64 };

struct play {
    uint64_t random;
    char octets[2][OCTETS_MAX];
    size_t len[2];
    uint32_t over[2][MESSAGES + 1];    /* where the messages end */
    struct octets_step steps[STEPS_MAX];
    size_t nsteps;
    uint64_t lost_from[2], lost_to[2];
    bool is_midstream[2], is_pipelined;
};

static unsigned random_below(struct play *play, unsigned count)
{
    play->random = play->random * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(play->random >> 33) % count;
}

static void write_octets(struct play *play, int direction, const char *format, int number)
{
    play->len[direction] += (size_t)snprintf(play->octets[direction] + play->len[direction], OCTETS_MAX - play->len[direction],
                                             format, number);
}

/* Request `number` asks for a path of this number, and its response has it as status. */
static void write_exchange(struct play *play, int number)
{
    static const char *const requests[] = { "GET /%d HTTP/1.1\r\nHost: h\r\n\r\n", "HEAD /%d HTTP/1.1\r\nHost: h\r\n\r\n",
                                            "PUT /%d HTTP/1.1\r\nContent-Length: 7\r\n\r\nGET / H",
                                            "PUT /%d HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n" };
    static const char *const responses[] = { "HTTP/1.1 %d A\r\nContent-Length: 5\r\n\r\nHTTP/",
                                             "HTTP/1.1 %d A\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\nA: b\r\n\r\n",
                                             "HTTP/1.1 %d A\r\nContent-Length: 0\r\n\r\n" };
    unsigned request = random_below(play, 4), response = random_below(play, 3);

    write_octets(play, 0, requests[request], number);
    if (random_below(play, 6) == 0)
        write_octets(play, 1, "HTTP/1.1 100 A\r\n\r\n", 0);
    write_octets(play, 1, request == 1 ? "HTTP/1.1 %d A\r\nContent-Length: 60\r\n\r\n" : responses[response], number);
}

/* Octets from..to of a direction, but for what is lost. */
static void step_add(struct play *play, int direction, size_t from, size_t to)
{
    size_t lost_from = play->lost_from[direction] > from ? play->lost_from[direction] : from;
    size_t lost_to = play->lost_to[direction] < to ? play->lost_to[direction] : to;
    const char *octets = play->octets[direction];

    if (lost_from >= lost_to) {
        if (from < to)
            play->steps[play->nsteps++] = (struct octets_step){ OCTETS_DATA, direction, { octets + from, to - from }, 0 };
        return;
    }
    if (from < lost_from)
        play->steps[play->nsteps++] = (struct octets_step){ OCTETS_DATA, direction, { octets + from, lost_from - from }, 0 };
    /* A hole is told once the octets behind it are there. */
    if (lost_to == play->lost_to[direction] && play->lost_to[direction] < play->len[direction]) {
        uint64_t missing = play->is_midstream[direction] ? 0 : play->lost_to[direction] - play->lost_from[direction];

        play->steps[play->nsteps++] = (struct octets_step){ OCTETS_LOST, direction, { 0, 0 }, missing };
    }
    if (lost_to < to)
        play->steps[play->nsteps++] = (struct octets_step){ OCTETS_DATA, direction, { octets + lost_to, to - lost_to }, 0 };
}

static void lose(struct play *play, int direction)
{
    unsigned kind = random_below(play, 4), len = (unsigned)play->len[direction];
    uint64_t a = random_below(play, len + 1), b = random_below(play, len + 1);

    play->lost_from[direction] = kind == 0 ? len : kind == 1 ? 0 : a < b ? a : b;
    play->lost_to[direction] = kind == 0 ? len : kind == 1 ? a : a < b ? b : a;
    play->is_midstream[direction] = play->lost_from[direction] == 0 && play->lost_to[direction] > 0;
}

static void play_make(struct play *play, uint64_t seed, bool is_lossy)
{
    unsigned most = 0, ahead;

    *play = (struct play){ .random = seed };
    ahead = 1 + random_below(play, 2) * random_below(play, MESSAGES);
    play->is_pipelined = ahead > 1;
    for (int i = 0; i < MESSAGES; i++) {
        write_exchange(play, 210 + i);
        play->over[0][i + 1] = (uint32_t)play->len[0];
        play->over[1][i + 1] = (uint32_t)play->len[1];
    }
    if (is_lossy && random_below(play, 4) > 0)
        lose(play, (int)random_below(play, 2));
    if (is_lossy && random_below(play, 2) == 0)
        lose(play, 1), lose(play, 0);
    /* A client sends up to `ahead` requests more than it has seen responses. */
    for (unsigned answered = 0; answered < MESSAGES; answered++) {
        unsigned next = answered + 1 + random_below(play, ahead);

        next = next > MESSAGES ? MESSAGES : next;
        for (; most < next; most++)
            step_add(play, 0, play->over[0][most], play->over[0][most + 1]);
        step_add(play, 1, play->over[1][answered], play->over[1][answered + 1]);
    }
    play->steps[play->nsteps].what = OCTETS_END;
}

/* What no exchange of such a play may say. */
static bool is_claim_wrong(const char *exchange, size_t len)
{
    const char *end = exchange + len, *path = memchr(exchange, '/', len), *answer = NULL;

    for (const char *at = exchange; at + 4 < end; at++) {
        if (memcmp(at, "-> 2", 4) == 0)
            answer = at + 3;
        if (memcmp(at, "-pairing", 5) == 0 && at + 8 <= end)
            path = NULL;
        if (*at == '{' || *at == '+')
            return true;
    }
    return path && answer && exchange[0] != '?' && strncmp(path + 1, answer, 3) != 0;
}

static bool is_play_clean(struct play *play, bool is_lossy)
{
    struct octets_how how = { .is_summary_only = true };
    struct octets_result result = octets_run(play->steps, &how);
    /* Where all pipelined requests were lost, nobody can know that the client pipelines; and a capture that begins with the
     * body GET / H and the next request seems to begin with a request for an odd target. */
    bool is_feint = play->is_midstream[0] && strncmp(play->octets[0] + play->lost_to[0], "GET / H", 7) == 0 &&
                    strncmp(play->octets[0] + play->lost_to[0], "GET / HTTP", 10) != 0;
    bool is_known = !is_lossy || (!play->is_pipelined && !is_feint);
    bool is_clean = is_lossy || (result.exchanges == MESSAGES && !strstr(result.summary, " -o") && !strstr(result.summary, " -p") &&
                                 !strstr(result.summary, " -r"));

    for (const char *at = result.summary, *end; is_known && is_clean && *at; at = *end ? end + 2 : end) {
        end = strstr(at, "; ");
        end = end ? end : at + strlen(at);
        is_clean = !is_claim_wrong(at, (size_t)(end - at));
    }
    if (!is_clean) {
        printf("\n    %s\n", result.summary);
        for (size_t i = 0; i < play->nsteps; i++)
            printf("        %d %d %llu: %.*s\n", play->steps[i].what, play->steps[i].direction,
                   (unsigned long long)play->steps[i].number, (int)play->steps[i].octets.len, play->steps[i].octets.at);
    }
    octets_free(&result);
    return is_clean;
}

static void no_false_claims(void)
{
    static struct play play;
    unsigned plays = getenv("PLAYS") ? (unsigned)atoi(getenv("PLAYS")) : 3000, bad = 0;

    for (unsigned seed = 1; seed <= plays && bad < 10; seed++) {
        bool is_lossy = seed % 8 != 0;

        play_make(&play, seed, is_lossy);
        if (seed % 32 < 8 && !octets_law("play", play.steps, &(struct octets_how){ 0 }, 3))
            bad++;
        if (!is_play_clean(&play, is_lossy)) {
            printf("    play %u\n", seed);
            bad++;
        }
    }
    CU_ASSERT_EQUAL(bad, 0);
}

void http_pair_suite(void);
void http_pair_suite(void)
{
    CU_pSuite suite = CU_add_suite("http/pair", NULL, NULL);

    CU_ADD_TEST(suite, pairs);
    CU_ADD_TEST(suite, no_false_claims);
}
