#include "input/transcript.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"
#include "tests/support/capture_seen.h"

/* ---- what is right ---- */

static const struct {
    const char *name, *text;
    const char *log;           /* as replayed: line, connection, side, time, what */
} rights[] = {
    { "a case without octets", "=== a\n", NULL },
    { "a request and its response",
      "# comment\n\n=== title\nexpect: a-b\n\n>>>\nGET / HTTP/1.1\n\n<<<\nHTTP/1.1 204 No Content\n\n",
      "7 1 > +0 GET / HTTP/1.1\r\n|\n8 1 > +0 \r\n|\n10 1 < +0 HTTP/1.1 204 No Content\r\n|\n11 1 < +0 \r\n|\n"
      "11 1 > +0 FIN 0\n11 1 < +0 FIN 0\n" },
    { "lines end in CRLF", "=== a\r\n>>>\r\nx\r\n", "3 1 > +0 x\r\n|\n3 1 > +0 FIN 0\n3 1 < +0 FIN 0\n" },
    { "the last line has no end", "=== a\n>>>\nx", "3 1 > +0 x\r\n|\n3 1 > +0 FIN 0\n3 1 < +0 FIN 0\n" },
    { "a byte order mark", "\xef\xbb\xbf=== a\n>>>\nx\n", "3 1 > +0 x\r\n|\n3 1 > +0 FIN 0\n3 1 < +0 FIN 0\n" },
    { "no end of line", "=== a\n>>>\nx\\\ny\\\n--- cut client\n",
      "3 1 > +0 x|\n4 1 > +0 y|\n5 1 > +0 CUT 0\n5 1 < +0 FIN 0\n" },
    { "an empty line that ends in nothing", "=== a\n>>>\n\\\n", "3 1 > +0 FIN 0\n3 1 < +0 FIN 0\n" },
    { "markers as octets", "=== a\n>>>\n\\>>> x\n", "3 1 > +0 >>> x\r\n|\n3 1 > +0 FIN 0\n3 1 < +0 FIN 0\n" },
    { "a comment in a block is none", "=== a\n>>>\n# x\n", "3 1 > +0 # x\r\n|\n3 1 > +0 FIN 0\n3 1 < +0 FIN 0\n" },
    { "time adds up", "=== a\n>>> [+0.5s]\nx\n<<< [+1s]\ny\n--- [+0.25s] close server\n",
      "3 1 > +500000 x\r\n|\n5 1 < +1500000 y\r\n|\n6 1 < +1750000 FIN 0\n6 1 > +1750000 FIN 0\n" },
    { "a connection stays until another is named",
      "=== a\n>>> [conn 2]\nx\n<<<\ny\n>>> [conn 1]\nz\n--- close client\n",
      "3 2 > +0 x\r\n|\n5 2 < +0 y\r\n|\n7 1 > +0 z\r\n|\n8 1 > +0 FIN 0\n8 1 < +0 FIN 0\n"
      "8 2 > +0 FIN 0\n8 2 < +0 FIN 0\n" },
    { "connections differ from case to case, and each begins with the first, at the same time",
      "=== a\n>>> [+1s] [conn 3]\nx\n=== b\n>>>\ny\n",
      "3 3 > +1000000 x\r\n|\n3 3 > +1000000 FIN 0\n3 3 < +1000000 FIN 0\n"
      "6 65 > +0 y\r\n|\n6 65 > +0 FIN 0\n6 65 < +0 FIN 0\n" },
    { "a reset ends both sides", "=== a\n>>>\nx\n--- reset server\n", "3 1 > +0 x\r\n|\n4 1 < +0 RST 0\n" },
    { "a gap ends nothing", "=== a\n--- gap client 100\n>>>\nx\n--- gap client 4294967295\n--- close client\n",
      "2 1 > +0 GAP 100\n4 1 > +0 x\r\n|\n5 1 > +0 GAP 4294967295\n6 1 > +0 FIN 0\n6 1 < +0 FIN 0\n" },
    { "blank lines behind an end", "=== a\n>>>\nx\n--- cut client\n\n--- cut server\n\n",
      "3 1 > +0 x\r\n|\n4 1 > +0 CUT 0\n6 1 < +0 CUT 0\n" },
    { "the server alone", "=== a\n<<<\nx\n", "3 1 < +0 x\r\n|\n3 1 > +0 FIN 0\n3 1 < +0 FIN 0\n" },
};

static void transcript_rights(void)
{
    for (size_t i = 0; i < sizeof rights / sizeof *rights; i++) {
        struct capture_seen seen;

        capture_read(text_of(rights[i].text), NULL, &seen);
        CAPTURE_ROW(rights[i].name, seen.result == INPUT_READ && seen.errors.count == 0);
        CAPTURE_ROW(rights[i].name, strcmp(seen.log ? seen.log : "", rights[i].log ? rights[i].log : "") == 0);
        capture_forget(&seen);
    }
}

static void transcript_cases(void)
{
    struct text text = TEXT("=== first case \nexpect: a, b-1\tc\n>>>\nx\n===  second\nexpect:\n=== third\n>>>\ny\n");
    struct errors errors = { 0 };
    struct transcript *transcript = transcript_parse(text, "name", &errors);

    CU_ASSERT_FATAL(transcript != NULL && transcript->ncases == 3);
    const struct transcript_case *cases = transcript->cases;

    CU_ASSERT(text_equal(cases[0].title, TEXT("first case")));
    CU_ASSERT(text_equal(cases[1].title, TEXT("second")));
    CU_ASSERT(cases[0].line == 1 && cases[1].line == 5 && cases[2].line == 7);
    CU_ASSERT(cases[0].has_expect && cases[1].has_expect && !cases[2].has_expect);
    CU_ASSERT(cases[0].nids == 3 && cases[1].nids == 0 && cases[2].nids == 0);
    CU_ASSERT(text_equal(transcript->ids[cases[0].ids_at + 1], TEXT("b-1")));
    CU_ASSERT(cases[0].nsteps == 3 && cases[1].nsteps == 0 && cases[2].nsteps == 3);
    CU_ASSERT(cases[2].steps_at == 3 && transcript->nsteps == 6);
    CU_ASSERT(transcript->steps[3].chunk.frame == 9);
    transcript_free(transcript);
    errors_clear(&errors);
}

/* ---- mistakes ---- */

static const struct {
    const char *text;
    unsigned line, column;
    const char *words;
} mistakes[] = {
    { "=== \n", 1, 4, "a title is missing after '==='" },
    { "x\n=== a\n", 1, 1, "expected '=== ' and the title of a case, or a comment: '# '" },
    { "#x\n=== a\n", 1, 1, "expected '=== ' and the title of a case, or a comment: '# '" },
    { ">>>\n", 1, 1, "expected '=== ' and the title of a case first" },
    { "=== a\nx\n", 2, 1, "expected 'expect:', '>>>', '<<<', '---' or '==='" },
    { "=== a\n# x\n", 2, 1, "expected 'expect:', '>>>', '<<<', '---' or '==='" },
    { "=== a\n--- close client\nx\n", 3, 1, "expected '>>>', '<<<', '---' or '==='" },
    { "=== a\nexpect: a, B\n", 2, 12, "'B' is no rule id: lower-case letters, digits and '-'" },
    { "=== a\nexpect: a\nexpect: b\n", 3, 1, "the case has a second 'expect:' line" },
    { "====\n=== a\n", 1, 4,
      "expected a space behind the marker '==='; a line that only begins so is written with '\\' before it" },
    { "=== a\n>>>\n----x\n", 3, 4,
      "expected a space behind the marker '---'; a line that only begins so is written with '\\' before it" },
    { "=== a\n>>> GET\n", 2, 5, "'GET' is not known here" },
    { "=== a\n>>> [conn 65]\n", 2, 5,
      "'[conn 65]' is not known here: a time as [+0.5s] or [conn 1] to [conn 64], each once" },
    { "=== a\n>>>\na\\qb\n", 3, 2,
      "'\\q' is no escape; known are \\r \\n \\t \\\\ \\xHH, and \\ at the end of a line" },
    { "=== a\n>>>\n\\\x1b\n", 3, 1,
      "'\\?' is no escape; known are \\r \\n \\t \\\\ \\xHH, and \\ at the end of a line" },
    { "=== a\n--- close\n", 2, 10,
      "expected what happens to which side, as in '--- close server'; known are close, reset, gap and cut" },
    { "=== a\n---\n", 2, 4,
      "expected what happens to which side, as in '--- close server'; known are close, reset, gap and cut" },
    { "=== a\n--- clsoe server\n", 2, 5, "'clsoe' is not known here, did you mean 'close'?" },
    { "=== a\n--- open server\n", 2, 5, "'open' is not known here" },
    { "=== a\n--- close sever\n", 2, 11, "'sever' is not known here, did you mean 'server'?" },
    { "=== a\n--- close server 5\n", 2, 18, "'5' is not known here" },
    { "=== a\n--- gap server\n", 2, 15, "a gap needs its number of octets, as in '--- gap client 100'" },
    { "=== a\n--- gap server x\n", 2, 16, "a gap needs its number of octets, as in '--- gap client 100'" },
    { "=== a\n--- gap server 0\n", 2, 16, "a gap needs its number of octets, as in '--- gap client 100'" },
    { "=== a\n--- gap server 4294967296\n", 2, 16, "a gap needs its number of octets, as in '--- gap client 100'" },
    { "=== a\n--- gap server 1 2\n", 2, 18, "'2' is not known here" },
    { "=== a\n--- close server\n<<<\n", 3, 1, "the server's octets on connection 1 have ended before" },
    { "=== a\n--- reset server\n>>>\n", 3, 1, "the client's octets on connection 1 have ended before" },
    { "=== a\n--- [conn 3] cut client\n--- close client\n", 3, 1,
      "the client's octets on connection 3 have ended before" },
};

static void transcript_mistakes(void)
{
    for (size_t i = 0; i < sizeof mistakes / sizeof *mistakes; i++) {
        struct errors errors = { 0 };
        struct transcript *transcript = transcript_parse(text_of(mistakes[i].text), "a.http", &errors);

        CAPTURE_ROW(mistakes[i].text, !transcript && errors.count == 1);
        if (errors.count == 1) {
            CAPTURE_ROW(mistakes[i].text, strcmp(errors.items[0].file, "a.http") == 0);
            CAPTURE_ROW(mistakes[i].text, errors.items[0].line == mistakes[i].line);
            CAPTURE_ROW(mistakes[i].text, errors.items[0].column == mistakes[i].column);
            CAPTURE_ROW(mistakes[i].text, strcmp(errors.items[0].words, mistakes[i].words) == 0);
        }
        transcript_free(transcript);
        errors_clear(&errors);
    }
}

/* One run tells all of them, but not without end. */
static void transcript_many_mistakes(void)
{
    enum { LINES = 10000 };
    char *text = memory_new(6 + 2 * LINES);
    struct errors errors = { 0 };

    memcpy(text, "=== a\n", 6);
    for (size_t i = 0; i < LINES; i++)
        memcpy(text + 6 + 2 * i, "x\n", 2);
    CU_ASSERT(transcript_parse((struct text){ text, 6 + 2 * LINES }, "a", &errors) == NULL);
    CU_ASSERT(errors.count == 50);
    CU_ASSERT(errors.count == 50 && errors.items[49].line == 51);
    errors_clear(&errors);
    memory_free(text);
}

static void transcript_long_case(void)
{
    enum { BLOCKS = 11 };
    static const char block[] = ">>> [+99999999s]\n";
    char text[6 + BLOCKS * sizeof block] = "=== a\n";
    struct errors errors = { 0 };

    for (size_t i = 0; i < BLOCKS; i++)
        memcpy(text + 6 + i * (sizeof block - 1), block, sizeof block);
    CU_ASSERT(transcript_parse(text_of(text), "a", &errors) == NULL);
    CU_ASSERT(errors.count == 1 && errors.items[0].line == BLOCKS + 1);
    errors_clear(&errors);
}

/* ---- any octets ---- */

static const struct {
    const char *name;
    struct text begin;
    bool is_transcript;
} begins[] = {
    { "nothing", { "", 0 }, false },
    { "a title", { "=== a", 5 }, true },
    { "no blank", { "====", 4 }, false },
    { "comments before", { "# a\n#\n\n  \n=== a\n", 16 }, true },
    { "a byte order mark", { "\xef\xbb\xbf=== a\n", 9 }, true },
    { "CRLF", { "# a\r\n=== a\r\n", 12 }, true },
    { "comments only", { "# a\n# b\n", 8 }, false },
    { "a script", { "#!/bin/sh\n=== a\n", 16 }, false },
    { "another text", { "hello\n=== a\n", 12 }, false },
    { "a later title", { " === a\n", 7 }, false },
    { "octets", { "\0\1\2\3", 4 }, false },
};

static void transcript_sniffs(void)
{
    for (size_t i = 0; i < sizeof begins / sizeof *begins; i++)
        CAPTURE_ROW(begins[i].name, transcript_sniff(begins[i].begin) == begins[i].is_transcript);
}

/* Every beginning of a text, and every octet of it wrong: no crash, and no steps beyond the text. */
static void transcript_damaged(void)
{
    static const char whole[] = "# c\n=== a\nexpect: a, b\n>>> [+0.5s] [conn 2]\nG \\x41\\r\\\n\\>>>\n<<<\nH\n"
                                "\n--- gap client 100\n--- close server\n=== b\n>>>\nx\n";
    char *copy = memory_new(sizeof whole);

    for (size_t i = 0; i < 3 * (sizeof whole - 1); i++) {
        size_t at = i / 3, len = i % 3 == 0 ? at : sizeof whole - 1;
        struct errors errors = { 0 };
        char *text = memory_new(len);        /* its end is the end of memory, to a sanitizer */

        memcpy(copy, whole, sizeof whole);
        copy[at] = (char)(copy[at] ^ (i % 3 == 1 ? 0x04 : 0xff));
        memcpy(text, i % 3 == 0 ? whole : copy, len);
        struct transcript *transcript = transcript_parse((struct text){ text, len }, "a", &errors);

        CU_ASSERT(!transcript == (errors.count > 0));
        CU_ASSERT(!transcript || transcript->noctets <= 2 * len + 2);
        transcript_free(transcript);
        errors_clear(&errors);
        memory_free(text);
    }
    memory_free(copy);
}

void input_transcript_suite(void);
void input_transcript_suite(void)
{
    CU_pSuite suite = CU_add_suite("input/transcript", NULL, NULL);

    CU_add_test(suite, "what is right", transcript_rights);
    CU_add_test(suite, "cases", transcript_cases);
    CU_add_test(suite, "each kind of mistake", transcript_mistakes);
    CU_add_test(suite, "many mistakes", transcript_many_mistakes);
    CU_add_test(suite, "a case that lasts too long", transcript_long_case);
    CU_add_test(suite, "told by its beginning", transcript_sniffs);
    CU_add_test(suite, "cut and wrong at each octet", transcript_damaged);
}
