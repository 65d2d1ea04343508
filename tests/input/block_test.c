#include "input/block.h"

#include "tests/support/capture_seen.h"
#include "tests/support/capture_writer.h"

static void block_numbers(void)
{
    static const uint8_t body[8] = { 1, 2, 3, 4, 5, 6, 7, 8 };
    struct block big = { .len = 8, .body = body, .is_big = true };
    struct block little = { .len = 8, .body = body };

    CU_ASSERT(block_u16(&big, 0) == 0x0102);
    CU_ASSERT(block_u16(&little, 6) == 0x0807);
    CU_ASSERT(block_u32(&big, 4) == 0x05060708);
    CU_ASSERT(block_u32(&little, 0) == 0x04030201);
    CU_ASSERT(block_u64(&big, 0) == 0x0102030405060708);
    CU_ASSERT(block_u64(&little, 0) == 0x0807060504030201);
    CU_ASSERT(block_u16(&big, 7) == 0);
    CU_ASSERT(block_u32(&little, 5) == 0);
    CU_ASSERT(block_u32(&little, 99) == 0);
}

/* Options as text: the numbers are little-endian. */
static const struct {
    const char *name;
    struct text body;
    unsigned code;
    size_t size, at;           /* looked for, found */
    bool fits;
} options[] = {
    { "none", { "", 0 }, 9, 1, 0, true },
    { "the end only", { "\0\0\0\0", 4 }, 9, 1, 0, true },
    { "first", { "\x09\0\x01\0\x06\0\0\0", 8 }, 9, 1, 4, true },
    { "second", { "\x02\0\x03\0abc\0\x09\0\x01\0\x06\0\0\0", 16 }, 9, 1, 12, true },
    { "of another size", { "\x09\0\x02\0\x06\x06\0\0", 8 }, 9, 1, 0, true },
    { "twice", { "\x09\0\x01\0\x06\0\0\0\x09\0\x01\0\x07\0\0\0", 16 }, 9, 1, 4, true },
    { "behind the end", { "\0\0\0\0\x09\0\x01\0\x06\0\0\0", 12 }, 9, 1, 0, true },
    { "too long", { "\x09\0\x05\0\x06\0\0\0", 8 }, 9, 5, 0, false },
    { "much too long", { "\x02\0\xff\xff\0\0\0\0", 8 }, 9, 1, 0, false },
    { "a cut header", { "\x02\0\x01\0a\0\0\0\x09\0", 10 }, 9, 1, 0, true },
};

static void block_options(void)
{
    for (size_t i = 0; i < sizeof options / sizeof *options; i++) {
        struct block block = {
            .len = (uint32_t)options[i].body.len, .body = (const uint8_t *)options[i].body.at
        };

        CAPTURE_ROW(options[i].name,
                    block_option(&block, 0, options[i].code, options[i].size) == options[i].at);
        CAPTURE_ROW(options[i].name, block_options_fit(&block, 0) == options[i].fits);
    }
}

/* A text in a static initializer. */
#define OF(literal) { literal, sizeof(literal) - 1 }

/* Files as text, little-endian but for the one that says otherwise. */
#define SECTION "\x0a\x0d\x0d\x0a\x1c\0\0\0\x4d\x3c\x2b\x1a\1\0\0\0\xff\xff\xff\xff\xff\xff\xff\xff\x1c\0\0\0"

static const struct {
    const char *name;
    struct text file;
    unsigned blocks;
    enum block_state end;
    const char *words;
} files[] = {
    { "a section", OF(SECTION), 1, BLOCK_END, NULL },
    { "two blocks", OF(SECTION "\5\0\0\0\x0c\0\0\0\x0c\0\0\0"), 2, BLOCK_END, NULL },
    { "another order", OF(SECTION "\x0a\x0d\x0d\x0a\0\0\0\x10\x1a\x2b\x3c\x4d\0\0\0\x10"), 2, BLOCK_END, NULL },
    { "a cut header", OF(SECTION "\5\0\0\0\x0c\0\0"), 1, BLOCK_CUT, "the block is not whole" },
    { "a cut body", OF(SECTION "\5\0\0\0\x0c\0\0\0\x0c\0\0"), 1, BLOCK_CUT, "the block is not whole" },
    { "a cut magic", OF("\x0a\x0d\x0d\x0a\x1c\0\0\0\x4d\x3c\x2b"), 0, BLOCK_CUT, "the block is not whole" },
    { "no magic", OF("\x0a\x0d\x0d\x0a\x1c\0\0\0\x4d\x3c\x2b\x1b"), 0, BLOCK_DAMAGED,
      "the byte order of the section cannot be told" },
    { "an odd length", OF(SECTION "\5\0\0\0\x0d\0\0\0\0\x0d\0\0\0"), 1, BLOCK_DAMAGED,
      "the length of the block is no multiple of 4" },
    { "too short", OF(SECTION "\5\0\0\0\x08\0\0\0"), 1, BLOCK_DAMAGED, "the block is shorter than 12 octets" },
    { "no length", OF(SECTION "\5\0\0\0\0\0\0\0"), 1, BLOCK_DAMAGED, "the block is shorter than 12 octets" },
    { "too long", OF(SECTION "\5\0\0\0\4\0\0\1"), 1, BLOCK_DAMAGED, "the block is longer than 16 MiB" },
    { "as long as can be", OF(SECTION "\5\0\0\0\0\0\0\1"), 1, BLOCK_CUT, "the block is not whole" },
    { "another length behind", OF(SECTION "\5\0\0\0\x0c\0\0\0\x10\0\0\0"), 1, BLOCK_DAMAGED,
      "the length behind the block is not the one before it" },
};

static void block_files(void)
{
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        struct capture_door door = { .rest = files[i].file, .step = 1 };
        struct block_reader reader = { .source = source_over(capture_door(&door), 0, NULL) };
        enum block_state state;
        struct block block;
        unsigned blocks = 0;

        while ((state = block_next(&reader, &block)) == BLOCK_READ)
            blocks++;
        CAPTURE_ROW(files[i].name, blocks == files[i].blocks && state == files[i].end);
        CAPTURE_ROW(files[i].name, !files[i].words || strcmp(reader.words, files[i].words) == 0);
        CAPTURE_ROW(files[i].name, state == BLOCK_END || reader.at == (files[i].blocks ? 28 : 0));
        source_free(reader.source);
        block_reader_clear(&reader);
    }
}

/* The largest block there may be. */
static void block_large(void)
{
    struct capture file = { 0 };

    capture_section(&file);
    size_t begun = capture_block_begin(&file, 5);

    while (file.len - begun < BLOCK_OCTETS_MAX - 4)
        capture_number(&file, 8, 0);
    file.len = begun + BLOCK_OCTETS_MAX - 4;
    capture_block_end(&file, begun);

    struct capture_door door = { .rest = capture_text(&file) };
    struct block_reader reader = { .source = source_over(capture_door(&door), 0, NULL) };
    struct block block;

    CU_ASSERT(block_next(&reader, &block) == BLOCK_READ);
    CU_ASSERT(block_next(&reader, &block) == BLOCK_READ);
    CU_ASSERT(block.len == BLOCK_OCTETS_MAX - 12);
    CU_ASSERT(block_next(&reader, &block) == BLOCK_END);
    source_free(reader.source);
    block_reader_clear(&reader);
    capture_clear(&file);
}

void input_block_suite(void);
void input_block_suite(void)
{
    CU_pSuite suite = CU_add_suite("input/block", NULL, NULL);

    CU_add_test(suite, "numbers", block_numbers);
    CU_add_test(suite, "options", block_options);
    CU_add_test(suite, "lengths and ends", block_files);
    CU_add_test(suite, "16 MiB", block_large);
}
