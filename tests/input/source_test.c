#include "input/source.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/memory.h"
#include "tests/support/capture_seen.h"
#include "tests/support/capture_writer.h"

enum { PLAIN_OCTETS = 200000 };

static struct capture plain_new(void)
{
    struct capture plain = { 0 };

    for (uint32_t i = 0; i < PLAIN_OCTETS / 4; i++)
        capture_number(&plain, 4, i * 2654435761u >> 9);
    return plain;
}

/* Reads all, in pieces of odd sizes, and tells whether it is a beginning of `wanted`; `len` becomes how much. */
static bool reads(struct source *source, struct text wanted, size_t *len)
{
    static const size_t sizes[] = { 1, 16, 3, 100000, 8, 70000 };
    uint8_t *octets = memory_new(100000);
    bool is_equal = true;
    size_t size, got, i = 0;

    *len = 0;
    do {
        size = sizes[i++ % 6];
        got = source_read(source, octets, size);
        is_equal = is_equal && got <= wanted.len - *len &&
                   text_equal((struct text){ (const char *)octets, got }, text_part(wanted, *len, got));
        *len += got;
    } while (got == size && is_equal);
    memory_free(octets);
    return is_equal && source_at(source) == *len;
}

enum made { PLAIN, PACKED, TWO_MEMBERS, ZEROS_BEHIND, OTHERS_BEHIND, CUT, CUT_IN_MAGIC, NESTED, NESTED_TWICE };

static const struct {
    const char *name;
    enum made made;
    unsigned copies;           /* of the plain octets that come out; 0: some */
    const char *failure;
    bool is_cut;
} rows[] = {
    { "plain", PLAIN, 1, NULL, false },
    { "packed", PACKED, 1, NULL, false },
    { "two members", TWO_MEMBERS, 2, NULL, false },
    { "zeros behind", ZEROS_BEHIND, 1, NULL, false },
    { "something else behind", OTHERS_BEHIND, 1, "is followed by something else at octet", false },
    { "cut", CUT, 0, "breaks off at octet", true },
    { "cut in the second member's magic", CUT_IN_MAGIC, 1, "is followed by something else", false },
    { "packed twice", NESTED, 1, NULL, false },
};

static void make(struct capture *file, enum made made, enum inflate_format format, struct text plain)
{
    static const char zeros[70000];
    struct capture inner = { 0 };

    if (made == PLAIN) {
        capture_octets(file, plain.at, plain.len);
        return;
    }
    capture_packed(&inner, format, plain);
    if (made == NESTED)
        capture_packed(file, INFLATE_GZIP, capture_text(&inner));
    else
        capture_octets(file, inner.octets, made == CUT ? inner.len - 5 : inner.len);
    if (made == TWO_MEMBERS)
        capture_octets(file, inner.octets, inner.len);
    if (made == ZEROS_BEHIND)
        capture_octets(file, zeros, sizeof zeros);
    if (made == OTHERS_BEHIND)
        capture_octets(file, "\0\0other", 7);
    if (made == CUT_IN_MAGIC)
        capture_octets(file, inner.octets, 2);
    capture_clear(&inner);
}

static void source_rows(void)
{
    static const size_t steps[] = { 0, 1, 4097 };
    struct capture once = plain_new(), twice = { 0 };

    capture_octets(&twice, once.octets, once.len);
    capture_octets(&twice, once.octets, once.len);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        for (int format = INFLATE_GZIP; format <= INFLATE_LZ4; format++) {
            struct capture file = { 0 };

            make(&file, rows[i].made, (enum inflate_format)format, capture_text(&once));
            for (size_t j = 0; j < 3; j++) {
                struct capture_door door = { capture_text(&file), steps[j], 0, 2 };
                struct source *source = source_over(capture_door(&door), file.len, NULL);
                const char *failure;
                size_t len;

                CAPTURE_ROW(rows[i].name, reads(source, capture_text(&twice), &len));
                failure = source_failure(source);
                CAPTURE_ROW(rows[i].name, rows[i].copies ? len == rows[i].copies * once.len : len <= once.len);
                CAPTURE_ROW(rows[i].name, !failure == !rows[i].failure);
                CAPTURE_ROW(rows[i].name, !failure || strstr(failure, rows[i].failure));
                CAPTURE_ROW(rows[i].name, source_is_cut(source) == rows[i].is_cut);
                source_free(source);
            }
            capture_clear(&file);
        }
    }
    capture_clear(&once);
    capture_clear(&twice);
}

/* What is packed deeper than SOURCE_DEPTH stays packed. */
static void source_depth(void)
{
    struct capture file = { 0 };

    capture_packed(&file, INFLATE_ZSTD, TEXT("octets"));
    for (int i = 0; i < SOURCE_DEPTH; i++) {
        struct capture outer = { 0 };

        capture_packed(&outer, INFLATE_GZIP, capture_text(&file));
        capture_clear(&file);
        file = outer;
    }
    struct capture_door door = { .rest = capture_text(&file) };
    struct source *source = source_over(capture_door(&door), 0, NULL);

    CU_ASSERT(inflate_sniff(source_peek(source, 4)) == INFLATE_ZSTD);
    CU_ASSERT(source_format(source) == INFLATE_GZIP);
    source_free(source);
    capture_clear(&file);
}

static void source_peeks(void)
{
    struct capture_door door = { .rest = TEXT("abcdef"), .step = 1 };
    struct source *source = source_over(capture_door(&door), 6, NULL);
    char octets[8];

    CU_ASSERT(text_equal(source_peek(source, 3), TEXT("abc")));
    CU_ASSERT(source_at(source) == 0);
    CU_ASSERT(source_read(source, NULL, 2) == 2);
    CU_ASSERT(text_equal(source_peek(source, 99), TEXT("cdef")));
    CU_ASSERT(source_read(source, octets, sizeof octets) == 4);
    CU_ASSERT(memcmp(octets, "cdef", 4) == 0);
    CU_ASSERT(source_peek(source, 1).len == 0);
    CU_ASSERT(source_at(source) == 6);
    source_free(source);
}

static void source_read_error(void)
{
    struct capture_door door = { .rest = TEXT("abcdef"), .error = EIO };
    struct source *source = source_over(capture_door(&door), 6, NULL);

    CU_ASSERT(source_read(source, NULL, 10) == 6);
    CU_ASSERT(strstr(source_failure(source), "beyond octet 6: ") != NULL);
    CU_ASSERT(source_is_cut(source));
    source_free(source);
}

struct told {
    unsigned times;
    uint64_t read, whole;
};

static void tell(void *context, uint64_t read, uint64_t whole)
{
    struct told *told = context;

    told->times++;
    told->read = read;
    told->whole = whole;
}

static void source_progress(void)
{
    enum { WHOLE = (5 << 20) + 1000 };
    char *octets = memory_new(WHOLE);
    struct told told = { 0 };
    struct input_options options = { .progress = tell, .progress_context = &told };
    struct capture_door door = { .rest = { octets, WHOLE } };
    struct source *source = source_over(capture_door(&door), WHOLE, &options);

    CU_ASSERT(source_read(source, NULL, WHOLE) == WHOLE);
    CU_ASSERT(told.times == 5);
    CU_ASSERT(told.whole == WHOLE);
    CU_ASSERT(told.read >= 5 << 20);
    source_free(source);
    memory_free(octets);
}

static void source_stops(void)
{
    atomic_int stop = 0;
    struct capture plain = plain_new();
    struct input_options options = { .stop = &stop };
    struct capture_door door = { .rest = capture_text(&plain) };
    struct source *source = source_over(capture_door(&door), plain.len, &options);

    CU_ASSERT(source_read(source, NULL, 1000) == 1000);
    CU_ASSERT(!source_is_stopped(source));
    stop = 1;
    CU_ASSERT(source_is_stopped(source));
    CU_ASSERT(source_read(source, NULL, plain.len) < plain.len - 1000);
    CU_ASSERT(source_failure(source) == NULL);
    source_free(source);
    capture_clear(&plain);
}

static void source_files(void)
{
    char path[] = "/tmp/httplint-source-XXXXXX";
    int fd = mkstemp(path);
    struct errors errors = { 0 };

    CU_ASSERT_FATAL(fd >= 0);
    CU_ASSERT(write(fd, "abc", 3) == 3);
    close(fd);
    struct source *source = source_open(path, NULL, &errors);

    CU_ASSERT_FATAL(source != NULL);
    CU_ASSERT(source_read(source, NULL, 10) == 3);
    CU_ASSERT(source_failure(source) == NULL);
    source_free(source);
    unlink(path);
    CU_ASSERT(source_open(path, NULL, &errors) == NULL);
    CU_ASSERT(source_open("/", NULL, &errors) == NULL);
    CU_ASSERT_FATAL(errors.count == 2);
    CU_ASSERT_STRING_EQUAL(errors.items[0].file, path);
    CU_ASSERT_STRING_EQUAL(errors.items[0].words, "cannot be opened: No such file or directory");
    CU_ASSERT_STRING_EQUAL(errors.items[1].words, "is a folder, not a capture");
    errors_clear(&errors);
}

void input_source_suite(void);
void input_source_suite(void)
{
    CU_pSuite suite = CU_add_suite("input/source", NULL, NULL);

    CU_add_test(suite, "plain, packed, cut, in pieces", source_rows);
    CU_add_test(suite, "packed too deep", source_depth);
    CU_add_test(suite, "peeking takes nothing", source_peeks);
    CU_add_test(suite, "a read that fails", source_read_error);
    CU_add_test(suite, "progress", source_progress);
    CU_add_test(suite, "stop", source_stops);
    CU_add_test(suite, "files", source_files);
}
