#include "base/inflate.h"

#include <stdio.h>

#include "base/memory.h"
#include "tests/support/capture_seen.h"
#include "tests/support/capture_writer.h"

enum { PLAIN_OCTETS = 5000 };

static const enum inflate_format formats[] = { INFLATE_GZIP, INFLATE_ZSTD, INFLATE_LZ4, INFLATE_ZLIB, INFLATE_DEFLATE };

enum { FORMATS = sizeof formats / sizeof *formats };

static const struct {
    const char *name;
    struct text begin;
    enum inflate_format format;
} begins[] = {
    { "nothing", { "", 0 }, INFLATE_PLAIN },
    { "text", { "abcd", 4 }, INFLATE_PLAIN },
    { "gzip", { "\x1f\x8b\x08\x00", 4 }, INFLATE_GZIP },
    { "gzip of an unknown method", { "\x1f\x8b\x07\x00", 4 }, INFLATE_PLAIN },
    { "cut gzip", { "\x1f\x8b", 2 }, INFLATE_PLAIN },
    { "zstd", { "\x28\xb5\x2f\xfd", 4 }, INFLATE_ZSTD },
    { "skippable frame, first", { "\x50\x2a\x4d\x18", 4 }, INFLATE_ZSTD },
    { "skippable frame, last", { "\x5f\x2a\x4d\x18", 4 }, INFLATE_ZSTD },
    { "beyond the skippable frames", { "\x60\x2a\x4d\x18", 4 }, INFLATE_PLAIN },
    { "lz4", { "\x04\x22\x4d\x18", 4 }, INFLATE_LZ4 },
    { "lz4 of old", { "\x02\x21\x4c\x18", 4 }, INFLATE_PLAIN },
};

static void inflate_sniffs(void)
{
    for (size_t i = 0; i < sizeof begins / sizeof *begins; i++)
        CAPTURE_ROW(begins[i].name, inflate_sniff(begins[i].begin) == begins[i].format);
}

static const struct {
    const char *name;
    struct text begin;
    enum inflate_format format;
} deflates[] = {
    { "zlib, usual", { "\x78\x9c", 2 }, INFLATE_ZLIB },
    { "zlib, fast", { "\x78\x01", 2 }, INFLATE_ZLIB },
    { "zlib, small window", { "\x18\x95", 2 }, INFLATE_ZLIB },
    { "wrong check", { "\x78\x9d", 2 }, INFLATE_DEFLATE },
    { "wrong method", { "\x79\x9b", 2 }, INFLATE_DEFLATE },
    { "bare", { "\x4b\x4c", 2 }, INFLATE_DEFLATE },
    { "one octet", { "\x78", 1 }, INFLATE_DEFLATE },
    { "nothing", { "", 0 }, INFLATE_DEFLATE },
};

static void inflate_sniffs_deflate(void)
{
    for (size_t i = 0; i < sizeof deflates / sizeof *deflates; i++)
        CAPTURE_ROW(deflates[i].name, inflate_sniff_deflate(deflates[i].begin) == deflates[i].format);
}

/* Octets that repeat here and there, so that every library has something to do. */
static void plain_fill(uint8_t plain[PLAIN_OCTETS])
{
    uint32_t state = 1;

    for (size_t i = 0; i < PLAIN_OCTETS; i++) {
        state = state * 1664525 + 1013904223;
        plain[i] = i % 100 < 60 ? (uint8_t)(i % 7) : (uint8_t)(state >> 24);
    }
}

/* Unpacks with bounded pieces on both sides until nothing moves; gives the last state. */
static enum inflate_state unpack(enum inflate_format format, struct text packed, size_t piece,
                                 struct capture *out)
{
    struct inflate *inflate = inflate_new(format);
    enum inflate_state state;
    uint8_t room_octets[PLAIN_OCTETS];
    bool has_moved;

    do {
        struct text in = text_part(packed, 0, piece);
        struct inflate_room room = { room_octets, piece, 0 };
        size_t before = in.len;

        state = inflate_step(inflate, &in, &room);
        capture_octets(out, room.at, room.len);
        packed = text_part(packed, before - in.len, packed.len);
        has_moved = room.len > 0 || in.len != before;
    } while (state == INFLATE_GOING && (has_moved || packed.len > 0));
    if (state == INFLATE_DAMAGED)
        CU_ASSERT(inflate_words(inflate)[0] != '\0');
    inflate_free(inflate);
    return state;
}

static void inflate_pieces(void)
{
    static const size_t pieces[] = { 1, 2, 3, 7, 100, PLAIN_OCTETS };
    uint8_t plain[PLAIN_OCTETS];
    struct text text = { (const char *)plain, sizeof plain };

    plain_fill(plain);
    for (size_t i = 0; i < FORMATS; i++) {
        struct capture packed = { 0 };

        capture_packed(&packed, formats[i], text);
        for (size_t j = 0; j < sizeof pieces / sizeof *pieces; j++) {
            struct capture out = { 0 };
            enum inflate_state state = unpack(formats[i], capture_text(&packed), pieces[j], &out);

            CAPTURE_ROW(inflate_name(formats[i]), state == INFLATE_ENDED);
            CAPTURE_ROW(inflate_name(formats[i]), text_equal(capture_text(&out), text));
            capture_clear(&out);
        }
        capture_clear(&packed);
    }
}

static void inflate_cut(void)
{
    uint8_t plain[PLAIN_OCTETS];

    plain_fill(plain);
    for (size_t i = 0; i < FORMATS; i++) {
        struct capture packed = { 0 };

        capture_packed(&packed, formats[i], (struct text){ (const char *)plain, 500 });
        for (size_t len = 0; len < packed.len; len++) {
            struct capture out = { 0 };
            struct text cut = text_part(capture_text(&packed), 0, len);
            enum inflate_state state = unpack(formats[i], cut, PLAIN_OCTETS, &out);

            CAPTURE_ROW(inflate_name(formats[i]), state == INFLATE_GOING);
            CAPTURE_ROW(inflate_name(formats[i]),
                        out.len <= 500 && memcmp(out.octets ? out.octets : plain, plain, out.len) == 0);
            capture_clear(&out);
        }
        capture_clear(&packed);
    }
}

/* Any octet may be wrong: it ends, and within bounds. */
static void inflate_damaged(void)
{
    uint8_t plain[PLAIN_OCTETS];
    unsigned damaged = 0;

    plain_fill(plain);
    for (size_t i = 0; i < FORMATS; i++) {
        struct capture packed = { 0 };

        capture_packed(&packed, formats[i], (struct text){ (const char *)plain, 500 });
        for (size_t at = 0; at < packed.len; at++) {
            struct capture out = { 0 };

            packed.octets[at] ^= 0xff;
            damaged += unpack(formats[i], capture_text(&packed), 64, &out) == INFLATE_DAMAGED;
            packed.octets[at] ^= 0xff;
            capture_clear(&out);
        }
        capture_clear(&packed);
    }
    CU_ASSERT(damaged > 100);
}

/* A stream of brotli, cut at each octet and with octets behind it. */
static void inflate_brotli(void)
{
    static const char packed[] = "\x1b\x50\x00\x00\x24\xc3\xc4\xc6\x02\xb3\x20\x90\x06" "abc";
    char plain[81];

    for (size_t i = 0; i < sizeof plain; i++)
        plain[i] = (char)('a' + i % 3);
    for (size_t len = 0; len <= sizeof packed - 1; len++) {
        struct capture out = { 0 };
        bool is_whole = len >= sizeof packed - 1 - 3;
        enum inflate_state state = unpack(INFLATE_BROTLI, (struct text){ packed, len }, 100, &out);

        CU_ASSERT_EQUAL(state, is_whole ? INFLATE_ENDED : INFLATE_GOING);
        CU_ASSERT(out.len == 0 || memcmp(out.octets, plain, out.len) == 0);
        CU_ASSERT(!is_whole || out.len == sizeof plain);
        capture_clear(&out);
    }
    struct capture out = { 0 };

    CU_ASSERT_EQUAL(unpack(INFLATE_BROTLI, TEXT("\xff\xff\xff\xff\xff"), 100, &out), INFLATE_DAMAGED);
    capture_clear(&out);
}

void base_inflate_suite(void);
void base_inflate_suite(void)
{
    CU_pSuite suite = CU_add_suite("base/inflate", NULL, NULL);

    CU_add_test(suite, "formats are told by their first octets", inflate_sniffs);
    CU_add_test(suite, "the two formats of deflate", inflate_sniffs_deflate);
    CU_add_test(suite, "brotli", inflate_brotli);
    CU_add_test(suite, "in pieces of any size", inflate_pieces);
    CU_add_test(suite, "cut at each octet", inflate_cut);
    CU_add_test(suite, "damaged at each octet", inflate_damaged);
}
