/* The clock of a live capture changes nothing: whenever time is told in silence, what comes out and its order are the same as
 * when the packets alone tell it. */
#include <CUnit/CUnit.h>
#include <stdio.h>
#include <string.h>

#include "base/out.h"
#include "tests/support/cases.h"
#include "tests/support/traffic.h"

void lint_time_suite(void);

enum { TICKS_MAX = 3 };

static void put_exchange(void *context, const struct httplint_exchange *x, const struct httplint_finding *findings, size_t nfindings)
{
    struct out *out = context;

    out_number(out, x->number);
    out_string(out, " ");
    out_number(out, x->frame);
    for (size_t i = 0; i < nfindings; i++) {
        out_string(out, " ");
        out_text(out, (struct text){ findings[i].rule->id.at, findings[i].rule->id.len });
        out_number(out, findings[i].offset);
    }
    out_string(out, "\n");
}

/* What comes out, as text. `ticks`: tell the time between packets and before the end, as often as chance has it. */
static struct out *lint(const struct traffic *traffic, unsigned *ticks)
{
    struct out *out = out_new_memory();
    const struct httplint_sink sink = { put_exchange, NULL, out };
    httplint *session = httplint_new(cases_rules(), &(struct httplint_options){ 0 }, &sink, NULL);
    int64_t before_us = traffic->count > 0 ? traffic->frames[0].time_us : 0;

    for (size_t i = 0; i < traffic->count; i++) {
        const struct frame *frame = &traffic->frames[i];

        for (unsigned n = ticks ? traffic_random(ticks, TICKS_MAX + 1) : 0; n > 0; n--) {
            if (frame->time_us > before_us)
                before_us += (frame->time_us - before_us) / (int64_t)(1 + traffic_random(ticks, TICKS_MAX));
            httplint_tick(session, before_us);
        }
        httplint_packet(session, &(struct httplint_packet){ frame->octets, frame->captured, frame->length, frame->link, i + 1,
                                                            frame->time_us, 0 });
        before_us = frame->time_us;
    }
    for (unsigned n = ticks ? traffic_random(ticks, TICKS_MAX + 1) : 0; n > 0; n--)
        httplint_tick(session, before_us += 400000);
    httplint_free(session);
    return out;
}

/* Once for each number up to that of the context. */
static void compare(void *context, const char *name, const struct traffic *traffic)
{
    struct out *plain = lint(traffic, NULL);

    for (unsigned i = 0; i < *(const unsigned *)context; i++) {
        unsigned seed = i;
        struct out *ticked = lint(traffic, &seed);

        if (!text_equal(out_held(plain), out_held(ticked))) {
            fprintf(stderr, "%s: time told in silence changes what comes out\n", name);
            CU_FAIL("a tick changes what comes out");
        }
        out_free(ticked);
    }
    out_free(plain);
}

static void test_cases(void)
{
    static const struct disguise disguise = { .name = "packets", .segment = 60, .window = 4 };
    unsigned times = 2;

    traffic_each_case(&disguise, 1, compare, &times);
}

static void test_captures(void)
{
    unsigned times = 5;

    traffic_each_capture(compare, &times);
}

/* A session with a whole exchange, the last octet of which came at `at_us`. */
static httplint *session_with_exchange(struct out *out, int64_t at_us)
{
    const struct httplint_sink sink = { put_exchange, NULL, out };
    httplint *session = httplint_new(cases_rules(), &(struct httplint_options){ 0 }, &sink, NULL);
    static const char request[] = "GET / HTTP/1.1\r\nHost: a\r\n\r\n", response[] = "HTTP/1.1 204 No Content\r\n\r\n";

    httplint_octets(session, &(struct httplint_chunk){ .connection = 1, .side = HTTPLINT_REQUEST, .octets = request,
                                                       .len = sizeof request - 1, .frame = 1, .time_us = at_us - 1000 });
    httplint_octets(session, &(struct httplint_chunk){ .connection = 1, .side = HTTPLINT_RESPONSE, .octets = response,
                                                       .len = sizeof response - 1, .frame = 2, .time_us = at_us });
    return session;
}

/* A whole exchange comes out when it has settled, although no packet comes. */
static void test_silence(void)
{
    struct out *out = out_new_memory();
    httplint *session = session_with_exchange(out, 2000);

    httplint_tick(session, 1001999);
    CU_ASSERT_EQUAL(out_held(out).len, 0);
    httplint_tick(session, 1002000);
    CU_ASSERT(out_held(out).len > 0);
    httplint_free(session);
    out_free(out);
}

/* Nor does it wait until a clock that was set back is again where it was. Packets may be a little out of order. */
static void test_clock_back(void)
{
    struct out *out = out_new_memory();
    const int64_t then_us = INT64_C(1700000000000000);
    httplint *session = session_with_exchange(out, then_us);

    httplint_tick(session, then_us - 1000000);
    CU_ASSERT_EQUAL(out_held(out).len, 0);
    httplint_tick(session, then_us - INT64_C(3600000000));
    CU_ASSERT(out_held(out).len > 0);
    httplint_free(session);
    out_free(out);
}

void lint_time_suite(void)
{
    CU_pSuite suite = CU_add_suite("lint/time", NULL, NULL);

    CU_add_test(suite, "over the cases", test_cases);
    CU_add_test(suite, "over the captures", test_captures);
    CU_add_test(suite, "silence", test_silence);
    CU_add_test(suite, "a clock that is set back", test_clock_back);
}
