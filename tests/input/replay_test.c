#include <stdio.h>

#include "base/memory.h"
#include "input/transcript.h"
#include "tests/support/capture_seen.h"
#include "tests/support/capture_writer.h"

/* A transcript much larger than any buffer, plain and packed: each line comes out. */
static void replay_large(void)
{
    enum { LINES = 40000 };

    for (int format = INFLATE_PLAIN; format <= INFLATE_LZ4; format++) {
        struct capture plain = { 0 }, packed = { 0 };
        struct capture_seen seen;
        size_t lines = 0;
        char last[32];

        capture_octets(&plain, "=== a\n>>>\n", 10);
        for (unsigned i = 0; i < LINES; i++)
            capture_octets(&plain, "x: y\\\n", 6);
        if (format == INFLATE_PLAIN)
            capture_octets(&packed, plain.octets, plain.len);
        else
            capture_packed(&packed, format, capture_text(&plain));
        capture_read(capture_text(&packed), NULL, &seen);
        CU_ASSERT(seen.result == INPUT_READ);
        for (size_t i = 0; i < seen.log_len; i++)
            lines += seen.log[i] == '\n';
        CU_ASSERT(lines == LINES + 2);
        snprintf(last, sizeof last, "\n%d 1 < +0 FIN 0\n", LINES + 2);
        CU_ASSERT(strcmp(seen.log + seen.log_len - strlen(last), last) == 0);
        capture_forget(&seen);
        capture_clear(&plain);
        capture_clear(&packed);
    }
}

/* Nothing of a text with a mistake is fed; half a text is not read as a whole one. */
static void replay_nothing(void)
{
    struct capture packed = { 0 };
    struct capture_seen seen;

    capture_read(TEXT("=== a\n>>>\nx\n--- close\n"), NULL, &seen);
    CU_ASSERT(seen.result == INPUT_REFUSED && seen.log == NULL && seen.errors.count == 1);
    capture_forget(&seen);

    capture_packed(&packed, INFLATE_GZIP, TEXT("=== a\n>>>\nx\n"));
    packed.len -= 2;
    capture_read(capture_text(&packed), NULL, &seen);
    CU_ASSERT(seen.result == INPUT_BROKEN && seen.log == NULL && seen.nremarks == 1);
    CU_ASSERT(strstr(capture_words(&seen), "gzip data breaks off at octet") != NULL);
    capture_forget(&seen);
    capture_clear(&packed);
}

static void replay_filter(void)
{
    struct input_options options = { .filter = "tcp" };
    struct capture_seen seen;

    capture_read(TEXT("=== a\n>>>\nx\n"), &options, &seen);
    CU_ASSERT(seen.result == INPUT_REFUSED && seen.log == NULL);
    CU_ASSERT_STRING_EQUAL(capture_words(&seen), "is a transcript: it has no packets for a filter");
    capture_forget(&seen);
}

static void replay_too_large(void)
{
    enum { LEN = (16 << 20) + 1 };
    char *text = memory_new(LEN);
    struct capture_seen seen;

    memset(text, '\n', LEN);
    memcpy(text, "=== a\n", 6);
    capture_read((struct text){ text, LEN }, NULL, &seen);
    CU_ASSERT(seen.result == INPUT_REFUSED);
    CU_ASSERT_STRING_EQUAL(capture_words(&seen), "is a transcript of more than 16 MiB");
    capture_forget(&seen);
    memory_free(text);
}

/* A line stands in the text as it is, unless it has an escape; packed, it stands nowhere. */
static void replay_places(void)
{
    static const struct text script = TEXT_INIT("\xef\xbb\xbf=== a\n>>>\nGET / HTTP/1.1\nHost: \\x61\n\nbody\\\n<<<\r\nHTTP/1.1 200 OK\r\n");
    static const char *const lines[] = { "GET / HTTP/1.1", NULL, "", "body", "HTTP/1.1 200 OK" };
    struct errors errors = { 0 };
    struct transcript *transcript = transcript_parse(script, "script", &errors);
    size_t n = 0;

    CU_ASSERT_PTR_NOT_NULL_FATAL(transcript);
    for (size_t i = 0; i < transcript->nsteps; i++) {
        const struct httplint_chunk *chunk = &transcript->steps[i].chunk;

        if (transcript->steps[i].is_event)
            continue;
        CU_ASSERT_FATAL(n < sizeof lines / sizeof *lines);
        CU_ASSERT((chunk->file_at == 0) == (lines[n] == NULL));
        CU_ASSERT(!lines[n] || text_starts(text_part(script, (size_t)chunk->file_at, script.len), text_of(lines[n])));
        n++;
    }
    CU_ASSERT(n == sizeof lines / sizeof *lines);
    transcript_free(transcript);

    for (int is_packed = 0; is_packed < 2; is_packed++) {
        struct capture file = { 0 };
        struct capture_seen seen;

        if (is_packed)
            capture_packed(&file, INFLATE_GZIP, script);
        else
            capture_octets(&file, script.at, script.len);
        capture_read(capture_text(&file), NULL, &seen);
        CU_ASSERT(seen.result == INPUT_READ && seen.nplaced == (is_packed ? 0 : 4));
        capture_forget(&seen);
        capture_clear(&file);
    }
}

void input_replay_suite(void);
void input_replay_suite(void)
{
    CU_pSuite suite = CU_add_suite("input/replay", NULL, NULL);

    CU_add_test(suite, "places in the file", replay_places);
    CU_add_test(suite, "a large transcript", replay_large);
    CU_add_test(suite, "all or nothing", replay_nothing);
    CU_add_test(suite, "a filter", replay_filter);
    CU_add_test(suite, "too large", replay_too_large);
}
