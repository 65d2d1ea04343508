#include "input/annotate.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "input/block.h"
#include "tests/support/capture_seen.h"
#include "tests/support/capture_writer.h"

enum { OCTETS = 9, PATH_LEN = 64 };

static char path[PATH_LEN];

static int path_make(void)
{
    snprintf(path, sizeof path, "/tmp/httplint-annotate-XXXXXX");
    int descriptor = mkstemp(path);

    return descriptor < 0 || close(descriptor) != 0;
}

static int path_remove(void)
{
    return unlink(path);
}

/* The copy of the file; freed by out_free. */
static struct out *copy(const struct capture *file, const struct annotate_comments *comments, enum input_result wanted)
{
    struct out *out = out_new_memory();
    struct errors errors = { 0 };
    FILE *written = fopen(path, "w");

    CU_ASSERT_FATAL(written && fwrite(file->octets, 1, file->len, written) == file->len && fclose(written) == 0);
    CU_ASSERT_EQUAL(annotate_copy(path, comments, out, &errors), wanted);
    CU_ASSERT_EQUAL(errors.count, wanted != INPUT_READ);
    errors_clear(&errors);
    return out;
}

/* ---- what is seen in a copy ---- */

/* Comments of all blocks, as "[frame|words]" in order; frame 0 is a section. */
static void comments_in(const struct block *block, size_t at, uint64_t frame, char *seen)
{
    while (at + 4 <= block->len && block_u16(block, at) != 0) {
        unsigned code = block_u16(block, at), len = block_u16(block, at + 2);

        if (code == 1)
            sprintf(seen + strlen(seen), "[%llu|%.*s]", (unsigned long long)frame, (int)len, (const char *)block->body + at + 4);
        at += 4 + (len + 3) / 4 * 4;
    }
}

static ssize_t text_read(void *context, void *into, size_t size)
{
    struct text *rest = context;
    struct text piece = text_part(*rest, 0, size);

    if (piece.len > 0)
        memcpy(into, piece.at, piece.len);
    *rest = text_part(*rest, piece.len, rest->len);
    return (ssize_t)piece.len;
}

static void all_comments(struct text file, char *seen)
{
    struct source *source = source_over((struct source_door){ text_read, &file }, 0, NULL);
    struct block_reader blocks = { .source = source };
    struct block block;
    uint64_t frame = 0;

    *seen = '\0';
    while (block_next(&blocks, &block) == BLOCK_READ) {
        frame += block_is_frame(block.type);
        if (block.type == BLOCK_SECTION) {
            CU_ASSERT_EQUAL(block_u64(&block, 8), UINT64_MAX);
            comments_in(&block, 16, 0, seen);
        } else if (block.type == BLOCK_ENHANCED || block.type == BLOCK_PACKET) {
            comments_in(&block, 20 + (block_u32(&block, 12) + 3) / 4 * 4, frame, seen);
        }
    }
    block_reader_clear(&blocks);
    source_free(source);
}

/* The same packets; times too, unless `is_without_time`. */
static void same_packets(struct text before, struct text after, bool is_without_time)
{
    struct capture_seen first, second;

    capture_read(before, NULL, &first);
    capture_read(after, NULL, &second);
    CU_ASSERT_EQUAL_FATAL(first.npackets, second.npackets);
    CU_ASSERT_EQUAL(first.nremarks, second.nremarks);
    for (size_t i = 0; i < first.npackets; i++) {
        struct capture_packet a = first.packets[i], b = second.packets[i];

        CU_ASSERT_EQUAL(a.frame, b.frame);
        CU_ASSERT_TRUE(is_without_time || a.time_us == b.time_us);
        CU_ASSERT_TRUE(a.captured == b.captured && a.length == b.length && a.link == b.link && a.first == b.first);
    }
    capture_forget(&first);
    capture_forget(&second);
}

/* ---- pcapng ---- */

static void packet(struct capture *file, uint32_t interface, unsigned first, const char *comment)
{
    uint8_t octets[OCTETS] = { (uint8_t)first };
    size_t begun = capture_enhanced(file, interface, first, (struct text){ (const char *)octets, OCTETS });

    if (comment)
        capture_option(file, 1, comment, strlen(comment));
    capture_block_end(file, begun);
}

static void any_block(struct capture *file, uint32_t type, const char *body)
{
    size_t begun = capture_block_begin(file, type);

    capture_octets(file, body, strlen(body));
    capture_block_end(file, begun);
}

static const struct annotate_comment some[] = {
    { 1, { "one", 3 } }, { 1, { "one more", 8 } }, { 3, { "", 0 } }, { 5, { "\xc3\xa4", 2 } }, { 99, { "beyond", 6 } },
};
static const struct annotate_comments comments = { { "all", 3 }, some, 5 };

static void pcapng_every_block(bool is_big)
{
    struct capture file = { .is_big = is_big };
    char seen[512];

    capture_section(&file);
    capture_interface(&file, 1, 0);
    any_block(&file, 4, "names and so");              /* name resolution */
    any_block(&file, 10, "secrets!");                 /* decryption secrets */
    packet(&file, 0, 1, "old");
    any_block(&file, BLOCK_CUSTOM, "abcdefgh");       /* frame 2 */
    packet(&file, 0, 3, NULL);
    any_block(&file, 0x12345678, "who knows");
    any_block(&file, BLOCK_STATISTICS, "12345678901234567890");
    packet(&file, 0, 4, "old too");
    file.is_big = !is_big;
    capture_section(&file);
    capture_interface(&file, 101, 0);
    packet(&file, 0, 5, NULL);

    struct out *out = copy(&file, &comments, INPUT_READ);

    same_packets(capture_text(&file), out_held(out), false);
    all_comments(out_held(out), seen);
    CU_ASSERT_STRING_EQUAL(seen, "[0|all][1|one][1|one more][1|old][3|][4|old too][5|\xc3\xa4]");
    CU_ASSERT_PTR_NOT_NULL(memmem(out_held(out).at, out_held(out).len, "secrets!", 8));
    CU_ASSERT_PTR_NOT_NULL(memmem(out_held(out).at, out_held(out).len, "who knows", 9));
    out_free(out);
    capture_clear(&file);
}

static void annotate_pcapng(void)
{
    pcapng_every_block(false);
    pcapng_every_block(true);
}

/* Without comments the copy is the file, but for the section: its comment, and its length that is left open. */
static void annotate_nothing(void)
{
    struct capture file = { 0 };

    capture_section(&file);
    size_t section = file.len;

    capture_interface(&file, 1, 0);
    packet(&file, 0, 1, "old");
    any_block(&file, 10, "secrets!");
    struct out *out = copy(&file, &(struct annotate_comments){ { "x", 1 }, NULL, 0 }, INPUT_READ);
    struct text copied = out_held(out), rest = text_part(capture_text(&file), section, file.len);

    CU_ASSERT_TRUE(copied.len > rest.len);
    CU_ASSERT_TRUE(text_equal(text_part(copied, copied.len - rest.len, rest.len), rest));
    out_free(out);
    capture_clear(&file);
}

/* A simple packet has no room for a comment: it becomes an enhanced one. */
static void annotate_simple(void)
{
    struct capture file = { 0 };
    char seen[512];

    capture_section(&file);
    capture_interface(&file, 1, 5);
    for (unsigned i = 0; i < 2; i++) {
        size_t begun = capture_block_begin(&file, BLOCK_SIMPLE);

        capture_number(&file, 4, 9);
        capture_octets(&file, i == 0 ? "Abcde" : "Fghij", 5);
        capture_block_end(&file, begun);
    }
    struct out *out = copy(&file, &comments, INPUT_READ);

    same_packets(capture_text(&file), out_held(out), true);
    all_comments(out_held(out), seen);
    CU_ASSERT_STRING_EQUAL(seen, "[0|all][1|one][1|one more]");
    out_free(out);
    capture_clear(&file);
}

/* What breaks off is copied up to there; what lies about its packets is copied as it is. */
static void annotate_broken(void)
{
    struct capture file = { 0 };
    char seen[512];

    capture_section(&file);
    capture_interface(&file, 1, 0);
    packet(&file, 0, 1, NULL);
    packet(&file, 0, 2, NULL);
    file.len -= 2;
    struct out *out = copy(&file, &comments, INPUT_BROKEN);

    all_comments(out_held(out), seen);
    CU_ASSERT_STRING_EQUAL(seen, "[0|all][1|one][1|one more]");
    out_free(out);
    file.len = 0;

    capture_section(&file);
    size_t begun = capture_block_begin(&file, BLOCK_ENHANCED);

    for (unsigned i = 0; i < 5; i++)
        capture_number(&file, 4, UINT32_MAX);
    capture_block_end(&file, begun);
    any_block(&file, BLOCK_ENHANCED, "tiny");
    any_block(&file, BLOCK_SIMPLE, "");
    out = copy(&file, &comments, INPUT_READ);
    CU_ASSERT_TRUE(out_held(out).len > file.len);
    out_free(out);
    capture_clear(&file);
}

/* One packet may have many findings, but a block must stay readable. */
static void annotate_many(void)
{
    enum { MANY = 3000, LEN = 1000 };
    struct annotate_comment *items = memory_new(MANY * sizeof *items);
    char *words = memory_new(LEN);
    struct capture file = { 0 };

    memset(words, 'w', LEN);
    for (size_t i = 0; i < MANY; i++)
        items[i] = (struct annotate_comment){ 1, { words, LEN } };
    capture_section(&file);
    capture_interface(&file, 1, 0);
    packet(&file, 0, 1, NULL);
    packet(&file, 0, 2, NULL);
    struct out *out = copy(&file, &(struct annotate_comments){ { "", 0 }, items, MANY }, INPUT_READ);

    same_packets(capture_text(&file), out_held(out), false);
    CU_ASSERT_TRUE(out_held(out).len < 2 << 20);
    CU_ASSERT_PTR_NOT_NULL(memmem(out_held(out).at, out_held(out).len, "more findings in this packet", 28));
    out_free(out);
    memory_free(items);
    memory_free(words);
    capture_clear(&file);
}

/* ---- classic files ---- */

static const struct {
    uint32_t magic;
    bool is_big;
    uint32_t fraction;
    int64_t wanted_us;
    bool is_modified;          /* longer records */
} classics[] = {
    { 0xa1b2c3d4, false, 999999, 4294967295999999, false },
    { 0xa1b2c3d4, true, 7, 4294967295000007, false },
    { 0xa1b23c4d, false, 999999999, 4294967295999999, false },
    { 0xa1b23c4d, true, 1001, 4294967295000001, false },
    { 0xa1b2cd34, false, 5, 4294967295000005, true },
};

static void annotate_classic(void)
{
    for (size_t i = 0; i < sizeof classics / sizeof *classics; i++) {
        struct capture file = { .is_big = classics[i].is_big };
        char seen[512];

        capture_pcap(&file, classics[i].magic, 1);
        for (unsigned j = 0; j < 6; j++) {
            uint8_t octets[OCTETS + 8] = { [0] = (uint8_t)j, [8] = (uint8_t)j };

            capture_pcap_record(&file, UINT32_MAX, classics[i].fraction, (struct text){ (const char *)octets, OCTETS });
            if (classics[i].is_modified)     /* two numbers and more stand before the octets */
                capture_octets(&file, "\0\0\0\0\0\0\0\0", 8);
        }
        struct out *out = copy(&file, &comments, INPUT_READ);

        same_packets(capture_text(&file), out_held(out), false);
        all_comments(out_held(out), seen);
        CU_ASSERT_STRING_EQUAL(seen, "[0|all][1|one][1|one more][3|][5|\xc3\xa4]");
        struct capture_seen packets;

        capture_read(out_held(out), NULL, &packets);
        CU_ASSERT_EQUAL(packets.packets[0].time_us, classics[i].wanted_us);
        capture_forget(&packets);
        out_free(out);
        capture_clear(&file);
    }
}

/* The nanoseconds themselves, and the check sequence of the header. */
static void annotate_classic_header(void)
{
    struct capture file = { 0 };
    struct text held;

    capture_pcap(&file, 0xa1b23c4d, 0x24000001);         /* Ethernet, check sequences of 2 * 2 octets */
    capture_pcap_record(&file, 1, 123456789, TEXT("x"));
    struct out *out = copy(&file, &comments, INPUT_READ);

    held = out_held(out);
    /* if_tsresol 9, if_fcslen 4; 1123456789 ticks */
    CU_ASSERT_PTR_NOT_NULL(memmem(held.at, held.len, "\x09\0\1\0\x09\0\0\0\x0d\0\1\0\x04\0\0\0\0\0\0\0", 20));
    CU_ASSERT_PTR_NOT_NULL(memmem(held.at, held.len, "\0\0\0\0\0\0\0\0\x15\x97\xf6\x42", 12));
    out_free(out);
    capture_clear(&file);
}

static void annotate_packed(void)
{
    struct capture file = { 0 }, packed = { 0 };
    char seen[512];

    capture_pcap(&file, 0xa1b2c3d4, 1);
    capture_pcap_record(&file, 1, 1, TEXT("x"));
    capture_packed(&packed, INFLATE_ZSTD, capture_text(&file));
    struct out *out = copy(&packed, &comments, INPUT_READ);

    same_packets(capture_text(&file), out_held(out), false);
    all_comments(out_held(out), seen);
    CU_ASSERT_STRING_EQUAL(seen, "[0|all][1|one][1|one more]");
    out_free(out);
    capture_clear(&file);
    capture_clear(&packed);
}

/* ---- what cannot be copied ---- */

static void refused(const char *name, const char *words)
{
    struct errors errors = { 0 };

    CU_ASSERT_EQUAL(annotate_check(name, &errors), words == NULL);
    CU_ASSERT_EQUAL_FATAL(errors.count, words != NULL);
    if (words && !strstr(errors.items[0].words, words)) {
        fprintf(stderr, "%s: %s\n", name, errors.items[0].words);
        CU_FAIL("other words");
    }
    errors_clear(&errors);
}

static void written(const char *octets)
{
    FILE *file = fopen(path, "w");

    CU_ASSERT_FATAL(file && fputs(octets, file) >= 0 && fclose(file) == 0);
}

static void annotate_refused(void)
{
    char fifo[PATH_LEN + 8];

    refused("-", "standard input can be read only once");
    refused("/tmp", "is a folder");
    refused("/nowhere/at/all", NULL);                    /* told when it is linted */
    written("=== a\n>>>\n");
    refused(path, "has no packets to comment on");
    written("{\"log\":{}}");
    refused(path, "has no packets to comment on");
    written("hello");
    refused(path, NULL);
    snprintf(fifo, sizeof fifo, "%s.fifo", path);
    CU_ASSERT_EQUAL_FATAL(mkfifo(fifo, 0600), 0);
    refused(fifo, "can be read only once");
    unlink(fifo);
}

void input_annotate_suite(void);
void input_annotate_suite(void)
{
    CU_pSuite suite = CU_add_suite("input/annotate", path_make, path_remove);

    CU_add_test(suite, "every block of pcapng", annotate_pcapng);
    CU_add_test(suite, "nothing to comment on", annotate_nothing);
    CU_add_test(suite, "simple packets", annotate_simple);
    CU_add_test(suite, "broken files", annotate_broken);
    CU_add_test(suite, "many comments", annotate_many);
    CU_add_test(suite, "classic files", annotate_classic);
    CU_add_test(suite, "the header of a classic file", annotate_classic_header);
    CU_add_test(suite, "packed files", annotate_packed);
    CU_add_test(suite, "what cannot be copied", annotate_refused);
}
