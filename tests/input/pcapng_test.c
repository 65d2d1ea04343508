#include <stdio.h>

#include "base/memory.h"
#include "tests/support/capture_seen.h"
#include "tests/support/capture_writer.h"

enum { PACKETS = 100, OCTETS = 9 };

static struct text octets_of(uint8_t octets[OCTETS], unsigned first)
{
    memset(octets, 0, OCTETS);
    octets[0] = (uint8_t)first;
    return (struct text){ (const char *)octets, OCTETS };
}

static void packet(struct capture *file, uint32_t interface, uint64_t ticks, unsigned first)
{
    uint8_t octets[OCTETS];

    capture_block_end(file, capture_enhanced(file, interface, ticks, octets_of(octets, first)));
}

/* ---- sections and interfaces ---- */

static void pcapng_sections(void)
{
    static const int links[] = { 1, 113, 101, 276, 101 };
    struct capture file = { 0 };
    struct capture_seen seen;

    capture_section(&file);
    capture_interface(&file, 1, 0);
    capture_interface(&file, 113, 0);
    packet(&file, 0, 1, 0);
    packet(&file, 1, 2, 1);
    capture_interface(&file, 12, 0);         /* interfaces may come at any time */
    packet(&file, 2, 3, 2);
    file.is_big = true;                      /* a section in another order, as if another file */
    capture_section(&file);
    capture_interface(&file, 276, 0);
    packet(&file, 0, 4, 3);
    file.is_big = false;
    capture_section(&file);
    capture_interface(&file, 101, 0);
    packet(&file, 0, 0, 4);                  /* time goes back */
    capture_read(capture_text(&file), NULL, &seen);
    CU_ASSERT(seen.result == INPUT_READ && seen.is_sane);
    CU_ASSERT_FATAL(seen.npackets == 5);
    for (unsigned i = 0; i < 5; i++) {
        CU_ASSERT(seen.packets[i].link == links[i]);
        CU_ASSERT(seen.packets[i].first == i);
        CU_ASSERT(seen.packets[i].frame == i + 1);
        CU_ASSERT(seen.packets[i].time_us == (i + 1) % 5);
        CU_ASSERT(seen.packets[i].captured == OCTETS && seen.packets[i].length == OCTETS);
    }
    capture_forget(&seen);
    capture_clear(&file);
}

static const struct {
    const char *name;
    unsigned resolution;       /* 0x100: no such option */
    int64_t offset_s;
    uint64_t ticks;
    int64_t time_us;
} times[] = {
    { "default", 0x100, 0, 1700000000123456, 1700000000123456 },
    { "microseconds", 6, 0, 1700000000123456, 1700000000123456 },
    { "nanoseconds", 9, 0, 1700000000123456789, 1700000000123456 },
    { "milliseconds", 3, 0, 1700000000123, 1700000000123000 },
    { "seconds", 0, 0, 1700000000, 1700000000000000 },
    { "picoseconds", 12, 0, 1999999, 1 },
    { "10^-19", 19, 0, UINT64_MAX, 1844674 },
    { "10^-127", 127, 0, UINT64_MAX, 0 },
    { "2^-0", 0x80, 0, 1700000000, 1700000000000000 },
    { "2^-1", 0x81, 0, 3, 1500000 },
    { "2^-20", 0x94, 0, (5 << 20) + (1 << 19), 5500000 },
    { "2^-32", 0xa0, 0, ((uint64_t)1700000000 << 32) + (1u << 31), 1700000000500000 },
    { "2^-32, a microsecond", 0xa0, 0, 4295, 1 },
    { "2^-60", 0xbc, 0, ((uint64_t)7 << 60) + ((uint64_t)1 << 58), 7250000 },
    { "2^-63", 0xbf, 0, ((uint64_t)1 << 63) + ((uint64_t)1 << 61), 1250000 },
    { "2^-64", 0xc0, 0, (uint64_t)1 << 63, 500000 },
    { "2^-70", 0xc6, 0, UINT64_MAX, 15625 - 1 },
    { "2^-127", 0xff, 0, UINT64_MAX, 0 },
    { "offset", 6, 1700000000, 123456, 1700000000123456 },
    { "offset back", 6, -10, 20000000, 10000000 },
    { "before 1970", 6, -10, 0, -10000000 },
    { "too far on", 0, 0, UINT64_MAX, INT64_MAX / 4 },
    { "too far on, binary", 0x80, 0, UINT64_MAX, INT64_MAX / 4 },
    { "offset too far", 6, INT64_MAX, 0, INT64_MAX / 4 / 1000000 * 1000000 },
    { "offset too far back", 6, INT64_MIN, 0, -(INT64_MAX / 4 / 1000000 * 1000000) },
};

static void pcapng_times(void)
{
    for (size_t i = 0; i < 2 * sizeof times / sizeof *times; i++) {
        size_t row = i / 2;
        struct capture file = { .is_big = i % 2 };
        struct capture_seen seen;

        capture_section(&file);
        size_t begun = capture_block_begin(&file, 1);

        capture_number(&file, 2, 1);
        capture_number(&file, 6, 0);
        capture_option(&file, 2, "eth0", 4);
        if (times[row].resolution < 0x100)
            capture_option_number(&file, 9, 1, times[row].resolution);
        if (times[row].offset_s)
            capture_option_number(&file, 14, 8, (uint64_t)times[row].offset_s);
        capture_option(&file, 0, "", 0);
        capture_block_end(&file, begun);
        packet(&file, 0, times[row].ticks, 0);
        capture_read(capture_text(&file), NULL, &seen);
        CAPTURE_ROW(times[row].name, seen.npackets == 1 && seen.is_sane);
        CAPTURE_ROW(times[row].name, seen.npackets == 1 && seen.packets[0].time_us == times[row].time_us);
        capture_forget(&seen);
        capture_clear(&file);
    }
}

/* ---- packets of other kinds ---- */

static void simple(struct capture *file, uint32_t length, struct text octets)
{
    size_t begun = capture_block_begin(file, 3);

    capture_number(file, 4, length);
    capture_octets(file, octets.at, octets.len);
    capture_block_end(file, begun);
}

static void old(struct capture *file, unsigned interface, unsigned drops, struct text octets)
{
    size_t begun = capture_block_begin(file, 2);

    capture_number(file, 2, interface);
    capture_number(file, 2, drops);
    capture_number(file, 4, 0);
    capture_number(file, 4, 77);
    capture_number(file, 4, octets.len);
    capture_number(file, 4, octets.len + 1);
    capture_octets(file, octets.at, octets.len);
    capture_block_end(file, begun);
}

static void pcapng_packet_kinds(void)
{
    for (int is_big = 0; is_big < 2; is_big++) {
        struct capture file = { .is_big = is_big };
        struct capture_seen seen;

        capture_section(&file);
        capture_interface(&file, 1, 6);
        capture_interface(&file, 113, 0);
        old(&file, 1, UINT16_MAX, TEXT("old"));
        simple(&file, 5, TEXT("short"));
        simple(&file, 1000, TEXT("simple"));
        capture_read(capture_text(&file), NULL, &seen);
        CU_ASSERT(seen.result == INPUT_READ && seen.nremarks == 0);
        CU_ASSERT_FATAL(seen.npackets == 3);
        CU_ASSERT(seen.nplaced == 3 && seen.is_sane);
        CU_ASSERT(seen.packets[0].link == 113 && seen.packets[0].time_us == 77);
        CU_ASSERT(seen.packets[0].captured == 3 && seen.packets[0].length == 4);
        CU_ASSERT(seen.packets[1].link == 1 && seen.packets[1].time_us == 77);
        CU_ASSERT(seen.packets[1].captured == 5 && seen.packets[1].length == 5);
        CU_ASSERT(seen.packets[2].captured == 6 && seen.packets[2].length == 1000);
        capture_forget(&seen);
        capture_clear(&file);
    }
}

/* What Wireshark numbers counts, whether it is a packet or not. */
static void pcapng_other_blocks(void)
{
    static const struct {
        const char *name;
        uint32_t type;
        uint64_t frame;        /* of the packet behind it */
    } blocks[] = {
        { "names", 4, 1 }, { "secrets", 10, 1 }, { "journal", 9, 2 }, { "custom", 0xbad, 2 },
        { "custom, not copied", 0x40000bad, 2 }, { "system call", 0x204, 2 },
        { "unknown", 0x777, 1 }, { "unknown, local", 0x80000777, 1 }, { "none", 0, 1 },
    };

    for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++) {
        struct capture file = { 0 };
        struct capture_seen seen;

        capture_section(&file);
        capture_interface(&file, 1, 0);
        size_t begun = capture_block_begin(&file, blocks[i].type);

        capture_octets(&file, "12345678", 8);
        capture_block_end(&file, begun);
        packet(&file, 0, 0, 0);
        capture_read(capture_text(&file), NULL, &seen);
        CAPTURE_ROW(blocks[i].name, seen.result == INPUT_READ);
        CAPTURE_ROW(blocks[i].name, seen.npackets == 1 && seen.packets[0].frame == blocks[i].frame);
        capture_forget(&seen);
        capture_clear(&file);
    }
}

static void statistics(struct capture *file, uint32_t interface, uint64_t by_interface, uint64_t by_system)
{
    size_t begun = capture_block_begin(file, 5);

    capture_number(file, 4, interface);
    capture_number(file, 8, 0);
    capture_option_number(file, 4, 8, 100);
    capture_option_number(file, 5, 8, by_interface);
    capture_option_number(file, 7, 8, by_system);
    capture_block_end(file, begun);
}

static void pcapng_drops(void)
{
    struct capture file = { 0 };
    struct capture_seen seen;
    uint8_t octets[OCTETS];

    capture_section(&file);
    capture_interface(&file, 1, 0);
    packet(&file, 0, 0, 0);
    size_t begun = capture_enhanced(&file, 0, 0, octets_of(octets, 0));

    capture_option_number(&file, 4, 8, 5);
    capture_block_end(&file, begun);
    capture_read(capture_text(&file), NULL, &seen);
    CU_ASSERT(seen.nremarks == 1);
    CU_ASSERT(strncmp(seen.remark, "dropped-by-kernel 2 5 packets were lost", 39) == 0);
    capture_forget(&seen);

    old(&file, 0, 3, TEXT("old"));
    capture_read(capture_text(&file), NULL, &seen);
    CU_ASSERT(seen.nremarks == 2);
    CU_ASSERT(strncmp(seen.remark, "dropped-by-kernel 3 3 packets were lost", 39) == 0);
    capture_forget(&seen);

    statistics(&file, 0, 0, 0);
    statistics(&file, 0, 3, 4);
    statistics(&file, 0, 3, 4);              /* nothing new */
    statistics(&file, 9, 3, 4);              /* no such interface: no matter */
    capture_read(capture_text(&file), NULL, &seen);
    CU_ASSERT(seen.result == INPUT_READ && seen.nremarks == 3);
    CU_ASSERT(strncmp(seen.remark, "dropped-by-kernel 0 7 packets were lost", 39) == 0);
    statistics(&file, 0, 3, 10);
    capture_forget(&seen);
    capture_read(capture_text(&file), NULL, &seen);
    CU_ASSERT(seen.nremarks == 4);
    CU_ASSERT(strncmp(seen.remark, "dropped-by-kernel 0 6 packets were lost", 39) == 0);
    capture_forget(&seen);
    capture_clear(&file);
}

/* ---- damage ---- */

static struct capture hundred(bool is_big, size_t ends[PACKETS + 2])
{
    struct capture file = { .is_big = is_big };

    capture_section(&file);
    ends[0] = file.len;
    capture_interface(&file, 1, 0);
    ends[1] = file.len;
    for (unsigned i = 0; i < PACKETS; i++) {
        packet(&file, 0, 1000 + i, i);
        ends[i + 2] = file.len;
    }
    return file;
}

static bool begins_well(const struct capture_seen *seen, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (i >= seen->npackets || seen->packets[i].frame != i + 1 || seen->packets[i].first != i ||
            seen->packets[i].time_us != (int64_t)(1000 + i) || seen->packets[i].captured != OCTETS)
            return false;
    return true;
}

/* Blocks that end at or before `at`. */
static size_t blocks_before(const size_t ends[PACKETS + 2], size_t at)
{
    size_t count = 0;

    while (count < PACKETS + 2 && ends[count] <= at)
        count++;
    return count;
}

static void pcapng_cut(void)
{
    size_t ends[PACKETS + 2];

    for (int is_big = 0; is_big < 2; is_big++) {
        struct capture file = hundred(is_big, ends);

        for (size_t len = 0; len <= file.len; len++) {
            size_t blocks = blocks_before(ends, len), whole = blocks > 2 ? blocks - 2 : 0;
            bool is_boundary = blocks > 0 && ends[blocks - 1] == len;
            size_t begun = blocks > 0 ? ends[blocks - 1] : 0;
            struct capture_seen seen;
            char row[64], place[64];

            snprintf(row, sizeof row, "cut at %zu", len);
            snprintf(place, sizeof place, "breaks off after packet %zu, at octet %zu:", whole, begun);
            capture_read(text_part(capture_text(&file), 0, len), NULL, &seen);
            CAPTURE_ROW(row, seen.npackets == whole && begins_well(&seen, whole));
            CAPTURE_ROW(row, seen.result == (len < 4 ? INPUT_REFUSED : is_boundary ? INPUT_READ : INPUT_BROKEN));
            CAPTURE_ROW(row, seen.errors.count == (is_boundary ? 0 : 1));
            if (seen.result == INPUT_BROKEN)
                CAPTURE_ROW(row, strncmp(capture_words(&seen), place, strlen(place)) == 0);
            capture_forget(&seen);
        }
        capture_clear(&file);
    }
}

static void pcapng_flipped(void)
{
    static const uint8_t masks[] = { 0xff, 0x01, 0x80 };
    size_t ends[PACKETS + 2];
    struct capture file = hundred(false, ends);

    for (size_t at = 0; at < file.len; at++) {
        size_t blocks = blocks_before(ends, at);

        for (size_t i = 0; i < sizeof masks; i++) {
            struct capture_seen seen;
            char row[64];

            file.octets[at] ^= masks[i];
            snprintf(row, sizeof row, "octet %zu xor %02x", at, masks[i]);
            capture_read(capture_text(&file), NULL, &seen);
            CAPTURE_ROW(row, seen.is_sane && begins_well(&seen, blocks > 2 ? blocks - 2 : 0));
            capture_forget(&seen);
            file.octets[at] ^= masks[i];
        }
    }
    capture_clear(&file);
}

/* A text in a static initializer. */
#define OF(literal) { literal, sizeof(literal) - 1 }

/* One block behind a section and an interface, its body as text, little-endian. */
static const struct {
    const char *name;
    uint32_t type;
    struct text body;
    const char *words;
} damages[] = {
    { "a short section", 0x0a0d0d0a, OF("\x4d\x3c\x2b\x1a\1\0\0\0"), "the section header is too short" },
    { "another version", 0x0a0d0d0a, OF("\x4d\x3c\x2b\x1a\2\0\0\0\0\0\0\0\0\0\0\0"),
      "the section is of another version than 1" },
    { "a short interface", 1, OF("\1\0\0\0"), "the interface is described too shortly" },
    { "options of an interface", 1, OF("\1\0\0\0\0\0\0\0\x09\0\x09\0\6\0\0\0"),
      "the options of the interface reach beyond their block" },
    { "a short packet", 6, OF("\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"), "a packet's block is too short" },
    { "an unknown interface", 6, OF("\1\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"),
      "interface 1 is named, but the section has 1" },
    { "a packet too large", 6, OF("\0\0\0\0\0\0\0\0\0\0\0\0\5\0\0\0\5\0\0\0abcd"),
      "a packet reaches beyond its block" },
    { "a packet far too large", 6, OF("\0\0\0\0\0\0\0\0\0\0\0\0\xff\xff\xff\xff\5\0\0\0abcd"),
      "a packet reaches beyond its block" },
    { "an old packet too short", 2, OF("\0\0\0\0"), "a packet's block is too short" },
    { "an old packet elsewhere", 2, OF("\7\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"),
      "interface 7 is named, but the section has 1" },
    { "a simple packet too short", 3, OF(""), "a packet's block is too short" },
    { "a simple packet too large", 3, OF("\5\0\0\0abcd"), "a packet reaches beyond its block" },
};

static void pcapng_damages(void)
{
    for (size_t i = 0; i < sizeof damages / sizeof *damages; i++) {
        struct capture file = { 0 };
        struct capture_seen seen;
        char words[128];

        capture_section(&file);
        capture_interface(&file, 1, 0);
        packet(&file, 0, 0, 0);
        snprintf(words, sizeof words, "is damaged after packet 1, at octet %zu: %s", file.len, damages[i].words);
        size_t begun = capture_block_begin(&file, damages[i].type);

        capture_octets(&file, damages[i].body.at, damages[i].body.len);
        capture_block_end(&file, begun);
        packet(&file, 0, 0, 0);
        capture_read(capture_text(&file), NULL, &seen);
        CAPTURE_ROW(damages[i].name, seen.result == INPUT_BROKEN && seen.npackets == 1);
        CAPTURE_ROW(damages[i].name, strcmp(capture_words(&seen), words) == 0);
        CAPTURE_ROW(damages[i].name, strncmp(seen.remark, "corrupt 1 ", 10) == 0);
        capture_forget(&seen);
        capture_clear(&file);
    }
}

static void pcapng_simple_without_interface(void)
{
    struct capture file = { 0 };
    struct capture_seen seen;

    capture_section(&file);
    simple(&file, 3, TEXT("abc"));
    capture_read(capture_text(&file), NULL, &seen);
    CU_ASSERT(seen.result == INPUT_BROKEN && seen.npackets == 0);
    capture_forget(&seen);
    capture_clear(&file);
}

static void pcapng_many_interfaces(void)
{
    struct capture file = { 0 };
    struct capture_seen seen;

    capture_section(&file);
    for (unsigned i = 0; i < 65536; i++)
        capture_interface(&file, 1, 0);
    packet(&file, 65535, 0, 0);
    capture_interface(&file, 1, 0);
    capture_read(capture_text(&file), NULL, &seen);
    CU_ASSERT(seen.result == INPUT_BROKEN && seen.npackets == 1);
    CU_ASSERT(strstr(capture_words(&seen), "more than 65536 interfaces") != NULL);
    capture_forget(&seen);
    capture_clear(&file);
}

/* A packet larger than any may be is taken as cut by the snap length. */
static void pcapng_large_packet(void)
{
    enum { LEN = 300000 };
    char *octets = memory_new(LEN);
    struct capture file = { 0 };
    struct capture_seen seen;

    capture_section(&file);
    capture_interface(&file, 1, 0);
    capture_block_end(&file, capture_enhanced(&file, 0, 0, (struct text){ octets, LEN }));
    capture_read(capture_text(&file), NULL, &seen);
    CU_ASSERT(seen.result == INPUT_READ && seen.is_sane);
    CU_ASSERT(seen.npackets == 1 && seen.packets[0].captured == 262144 && seen.packets[0].length == LEN);
    capture_forget(&seen);
    capture_clear(&file);
    memory_free(octets);
}

/* ---- filters ---- */

static void pcapng_filtered(void)
{
    struct input_options options = { .filter = "ether[0] = 2" };
    struct capture file = { 0 };
    struct capture_seen seen;

    capture_section(&file);
    capture_interface(&file, 1, 0);
    capture_interface(&file, 9999, 0);       /* no filter fits it */
    for (unsigned i = 0; i < 9; i++)
        packet(&file, 0, 0, i % 3);
    capture_read(capture_text(&file), &options, &seen);
    CU_ASSERT(seen.result == INPUT_READ);    /* as long as no packet of it comes */
    CU_ASSERT_FATAL(seen.npackets == 3);
    CU_ASSERT(seen.packets[0].frame == 3 && seen.packets[2].frame == 9);
    capture_forget(&seen);

    packet(&file, 1, 0, 2);
    packet(&file, 1, 0, 2);
    packet(&file, 0, 0, 2);
    capture_read(capture_text(&file), &options, &seen);
    CU_ASSERT(seen.result == INPUT_BROKEN);
    CU_ASSERT(seen.npackets == 4 && seen.packets[3].frame == 12);
    CU_ASSERT(seen.errors.count == 1);       /* told once */
    CU_ASSERT(strstr(capture_words(&seen), "link type 9999") != NULL);
    capture_forget(&seen);
    capture_clear(&file);
}

void input_pcapng_suite(void);
void input_pcapng_suite(void)
{
    CU_pSuite suite = CU_add_suite("input/pcapng", NULL, NULL);

    CU_add_test(suite, "sections and interfaces", pcapng_sections);
    CU_add_test(suite, "times", pcapng_times);
    CU_add_test(suite, "simple and old packets", pcapng_packet_kinds);
    CU_add_test(suite, "other blocks", pcapng_other_blocks);
    CU_add_test(suite, "packets that were dropped", pcapng_drops);
    CU_add_test(suite, "cut at each octet", pcapng_cut);
    CU_add_test(suite, "each octet wrong", pcapng_flipped);
    CU_add_test(suite, "damaged blocks", pcapng_damages);
    CU_add_test(suite, "a packet without an interface", pcapng_simple_without_interface);
    CU_add_test(suite, "many interfaces", pcapng_many_interfaces);
    CU_add_test(suite, "a packet too large", pcapng_large_packet);
    CU_add_test(suite, "filters", pcapng_filtered);
}
