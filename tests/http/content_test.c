#include "http/content.h"

#include <CUnit/CUnit.h>
#include <stdio.h>

#include "base/inflate.h"
#include "base/limits.h"
#include "base/memory.h"
#include "tests/support/capture_writer.h"
#include "tests/support/made.h"

void http_content_suite(void);

enum { PLAIN_OCTETS = 60000 };

/* What packs the content in turn; -1 ends it. */
static const struct {
    const char *name, *fields;
    int formats[4];
    bool is_known;
} rows[] = {
    { "plain", "", { -1 }, true },
    { "identity", "Content-Encoding: identity\r\n", { -1 }, true },
    { "chunked is undone already", "Transfer-Encoding: chunked\r\n", { -1 }, true },
    { "gzip", "Content-Encoding: gzip\r\n", { INFLATE_GZIP, -1 }, true },
    { "x-gzip, in capitals", "Content-Encoding: X-GZIP\r\n", { INFLATE_GZIP, -1 }, true },
    { "deflate", "Content-Encoding: deflate\r\n", { INFLATE_ZLIB, -1 }, true },
    { "deflate, bare", "Content-Encoding: deflate\r\n", { INFLATE_DEFLATE, -1 }, true },
    { "zstd", "Content-Encoding: zstd\r\n", { INFLATE_ZSTD, -1 }, true },
    { "two", "Content-Encoding: zstd, gzip\r\n", { INFLATE_ZSTD, INFLATE_GZIP, -1 }, true },
    { "two in two lines", "Content-Encoding: gzip\r\nContent-Encoding: deflate\r\n", { INFLATE_GZIP, INFLATE_ZLIB, -1 }, true },
    { "one of the transfer", "Content-Encoding: zstd\r\nTransfer-Encoding: gzip, chunked\r\n",
      { INFLATE_ZSTD, INFLATE_GZIP, -1 }, true },
    { "three", "Content-Encoding: gzip, gzip, gzip\r\n", { INFLATE_GZIP, INFLATE_GZIP, INFLATE_GZIP, -1 }, false },
    { "one that is not known", "Content-Encoding: gold\r\n", { -1 }, false },
    { "not packed at all", "Content-Encoding: gzip\r\n", { -1 }, false },
};

static struct text pack(const int *formats, struct text plain, struct arena *arena)
{
    for (; *formats >= 0; formats++) {
        struct capture packed = { 0 };

        capture_packed(&packed, *formats, plain);
        plain = arena_text(arena, capture_text(&packed));
        capture_clear(&packed);
    }
    return plain;
}

static struct text plain_new(struct arena *arena)
{
    char *plain = arena_alloc(arena, PLAIN_OCTETS);

    for (size_t i = 0; i < PLAIN_OCTETS; i++)
        plain[i] = (char)('a' + i % 23 + (i * i / 1000) % 3);
    return (struct text){ plain, PLAIN_OCTETS };
}

/* An exchange whose response has the fields and the sample; of how many octets. */
static struct exchange *exchange_with(struct arena *arena, const struct names *names, const char *fields, struct text sample,
                                      uint64_t octets)
{
    char head[256];

    snprintf(head, sizeof head, "HTTP/1.1 200 OK\r\n%s\r\n", fields);
    struct exchange *exchange = made_exchange(arena, names, NULL, head);
    struct message *message = made_message(arena, names, head);

    message->body.sample = sample;
    message->body.octets = octets;
    message->body.content = arena_zero(arena, sizeof *message->body.content);
    exchange->response = message;
    return exchange;
}

static void contents(void)
{
    struct names *names = names_new();

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct arena_pool *pool = arena_pool_new();
        struct arena *arena = arena_new(pool);
        struct text plain = plain_new(arena), packed = pack(rows[i].formats, plain, arena);
        struct exchange *x = exchange_with(arena, names, rows[i].fields, packed, packed.len);
        const struct content *content = content_of(x, x->response);

        if (rows[i].is_known != (content != NULL) ||
            (content && (!content->is_whole || !text_equal(content->octets, plain)))) {
            fprintf(stderr, "%s: %s\n", rows[i].name, content ? "another content" : "unknown");
            CU_FAIL("content read otherwise");
        }
        CU_ASSERT_PTR_EQUAL(content_of(x, x->response), content);
        arena_free(arena);
        arena_pool_free(pool);
    }
    names_free(names);
}

/* A beginning of the packed octets gives a beginning of the plain ones, known as such, within the limit. */
static void beginnings(void)
{
    static const int formats[][2] = { { -1 }, { INFLATE_GZIP, -1 }, { INFLATE_ZLIB, -1 }, { INFLATE_ZSTD, -1 } };
    static const char *const fields[] = { "", "Content-Encoding: gzip\r\n", "Content-Encoding: deflate\r\n",
                                          "Content-Encoding: zstd\r\n" };
    struct names *names = names_new();
    struct limits limits = limits_default;

    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        struct arena_pool *pool = arena_pool_new();
        struct arena *arena = arena_new(pool);
        struct text plain = plain_new(arena), packed = pack(formats[i], plain, arena);

        for (size_t len = 1; len < packed.len; len += 1 + packed.len / 50) {
            struct exchange *x = exchange_with(arena, names, fields[i], text_part(packed, 0, len), packed.len);
            const struct content *content = content_of(x, x->response);

            CU_ASSERT_PTR_NOT_NULL_FATAL(content);
            CU_ASSERT(!content->is_whole && text_starts(plain, content->octets));
        }
        struct exchange *x = exchange_with(arena, names, fields[i], packed, packed.len);

        limits.decoded_octets = 5000;
        x->limits = &limits;
        const struct content *content = content_of(x, x->response);

        CU_ASSERT_PTR_NOT_NULL_FATAL(content);
        CU_ASSERT(i == 0 || (!content->is_whole && content->octets.len == 5000));
        CU_ASSERT(text_starts(plain, content->octets));
        arena_free(arena);
        arena_pool_free(pool);
    }
    names_free(names);
}

/* Members of gzip follow each other; what else follows is padding. */
static void members(void)
{
    static const int gzip[] = { INFLATE_GZIP, -1 };
    struct names *names = names_new();
    struct arena_pool *pool = arena_pool_new();
    struct arena *arena = arena_new(pool);
    struct text first = pack(gzip, TEXT("abc"), arena), second = pack(gzip, TEXT("def"), arena);
    char *both = arena_zero(arena, first.len + second.len + 3);

    memcpy(both, first.at, first.len);
    memcpy(both + first.len, second.at, second.len);
    struct text packed = { both, first.len + second.len + 3 };
    struct exchange *x = exchange_with(arena, names, "Content-Encoding: gzip\r\n", packed, packed.len);
    const struct content *content = content_of(x, x->response);

    CU_ASSERT_PTR_NOT_NULL_FATAL(content);
    CU_ASSERT(content->is_whole && text_equal(content->octets, TEXT("abcdef")));
    arena_free(arena);
    arena_pool_free(pool);
    names_free(names);
}

static void nothing(void)
{
    struct names *names = names_new();
    struct arena_pool *pool = arena_pool_new();
    struct arena *arena = arena_new(pool);
    struct exchange *x = exchange_with(arena, names, "Content-Encoding: gold\r\n", TEXT(""), 0);

    CU_ASSERT(content_of(x, x->response) && content_of(x, x->response)->is_whole);
    x = exchange_with(arena, names, "", TEXT(""), 5);
    CU_ASSERT(content_of(x, x->response) && !content_of(x, x->response)->is_whole);
    arena_free(arena);
    arena_pool_free(pool);
    names_free(names);
}

void http_content_suite(void)
{
    CU_pSuite suite = CU_add_suite("http/content", NULL, NULL);

    CU_add_test(suite, "codings are undone", contents);
    CU_add_test(suite, "of a beginning and within the limit", beginnings);
    CU_add_test(suite, "several members", members);
    CU_add_test(suite, "no content, and none that was kept", nothing);
}
