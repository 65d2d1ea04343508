/* Rules that are read again in the middle of a capture: the same rules, even with other numbers for field names, find the same as
 * if they had been there all the time, whenever they come. */
#include <CUnit/CUnit.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/out.h"
#include "tests/support/traffic.h"

void lint_adopt_suite(void);

#define RULE(id, condition) "  " id ": { severity: error, message: m, why: w, spec: RFC9110 5, " condition " }\n"
#define OWN RULE("own-forwarded", "forbid: request.X-Forwarded-For") RULE("own-note", "forbid: response.X-Note") \
    RULE("own-cache", "require: response.X-Cache")

/* The same rules; the fields come in another order, so they have other numbers, and so have the rules, behind one that nothing breaks. */
static const char *const texts[] = {
    "headers: { X-Forwarded-For: list, X-Note: text, X-Cache: text }\nrules:\n" OWN,
    "headers: { X-Other: text, X-Cache: text, X-Note: text, X-Forwarded-For: list }\n"
    "rules:\n" RULE("own-a", "forbid: request.X-Other") OWN,
};

static httplint_rules *rules[2];

static int rules_free(void)
{
    for (int i = 0; i < 2; i++)
        httplint_rules_free(rules[i]);
    return 0;
}

static void complain(void *context, const char *file, unsigned line, unsigned column, const char *words)
{
    (void)context;
    fprintf(stderr, "%s:%u:%u: %s\n", file, line, column, words);
}

static int rules_load_both(void)
{
    const struct httplint_complaint complaint = { complain, NULL };

    for (int i = 0; i < 2; i++) {
        char path[] = "/tmp/httplint-adopt-XXXXXX";
        const char *const files[] = { path };
        int descriptor = mkstemp(path);
        ssize_t len = (ssize_t)strlen(texts[i]);

        if (descriptor < 0 || write(descriptor, texts[i], (size_t)len) != len)
            return 1;
        close(descriptor);
        rules[i] = httplint_rules_new(&(struct httplint_rules_request){ .files = files, .nfiles = 1 }, &complaint);
        unlink(path);
        if (!rules[i])
            return 1;
    }
    return 0;
}

static void put_exchange(void *context, const struct httplint_exchange *x, const struct httplint_finding *findings, size_t nfindings)
{
    struct out *out = context;

    out_number(out, x->number);
    for (size_t i = 0; i < nfindings; i++) {
        out_string(out, " ");
        out_text(out, (struct text){ findings[i].rule->id.at, findings[i].rule->id.len });
        out_string(out, " ");
        out_text(out, (struct text){ findings[i].field.at, findings[i].field.len });
    }
    out_string(out, "\n");
}

/* What comes out, as text; `every`: other rules after so many frames, 0: never. */
static struct out *lint(const struct traffic *traffic, size_t every, unsigned helpers)
{
    struct out *out = out_new_memory();
    const struct httplint_sink sink = { put_exchange, NULL, out };
    const struct httplint_options options = { .counts_rules = every % 2, .helpers = helpers };
    httplint *session = httplint_new(rules[0], &options, &sink, NULL);

    for (size_t i = 0; i < traffic->count; i++) {
        const struct frame *frame = &traffic->frames[i];

        if (every > 0 && i % every == every - 1)
            httplint_adopt(session, rules[i / every % 2 == 0]);
        httplint_packet(session, &(struct httplint_packet){ frame->octets, frame->captured, frame->length, frame->link, i + 1,
                                                            frame->time_us, 0 });
    }
    httplint_free(session);
    return out;
}

static void compare(void *context, const char *name, const struct traffic *traffic)
{
    static const size_t periods[] = { 1, 2, 3, 7, 20 };
    struct out *plain = lint(traffic, 0, 0);

    *(size_t *)context += memmem(out_held(plain).at, out_held(plain).len, "own-", 4) != NULL;
    for (size_t i = 0; i < 2 * sizeof periods / sizeof *periods; i++) {
        size_t period = periods[i / 2];
        struct out *changed = lint(traffic, period, i % 2);

        if (!text_equal(out_held(plain), out_held(changed))) {
            fprintf(stderr, "%s: rules read again after %zu frames change what comes out:\n%.*s---\n%.*s", name, period,
                    (int)out_held(plain).len, out_held(plain).at, (int)out_held(changed).len, out_held(changed).at);
            CU_FAIL("the same rules find something else");
        }
        out_free(changed);
    }
    out_free(plain);
}

static void test_cases(void)
{
    static const struct disguise disguise = { .name = "packets", .segment = 60 };
    size_t found = 0;

    traffic_each_case(&disguise, 1, compare, &found);
    CU_ASSERT(found > 0);
}

static void test_captures(void)
{
    size_t found = 0;

    traffic_each_capture(compare, &found);
}

void lint_adopt_suite(void)
{
    CU_pSuite suite = CU_add_suite("lint/adopt", rules_load_both, rules_free);

    CU_add_test(suite, "over the cases", test_cases);
    CU_add_test(suite, "over the captures", test_captures);
}
