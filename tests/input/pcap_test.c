#include "input/pcap.h"

#include <stdio.h>

#include "base/memory.h"
#include "tests/support/capture_seen.h"
#include "tests/support/capture_writer.h"

enum { PACKETS = 100, HEADER = 24, RECORD = 16, OCTETS = 20, STEP = RECORD + OCTETS };

static const struct {
    const char *name;
    uint32_t magic;
    bool is_big;
    unsigned extra;            /* octets of a record header beyond 16 */
    uint32_t fraction;
    int64_t time_us;
} kinds[] = {
    { "little, microseconds", 0xa1b2c3d4, false, 0, 999999, 1700000000999999 },
    { "big, microseconds", 0xa1b2c3d4, true, 0, 999999, 1700000000999999 },
    { "little, nanoseconds", 0xa1b23c4d, false, 0, 999999999, 1700000000999999 },
    { "big, nanoseconds", 0xa1b23c4d, true, 0, 1999, 1700000000000001 },
    { "little, Kuznetzov", 0xa1b2cd34, false, 8, 5, 1700000000000005 },
    { "big, Kuznetzov", 0xa1b2cd34, true, 8, 5, 1700000000000005 },
};

static void record(struct capture *file, unsigned extra, uint32_t fraction)
{
    static const char octets[8];

    capture_number(file, 4, 1700000000);
    capture_number(file, 4, fraction);
    capture_number(file, 4, 3);
    capture_number(file, 4, 60);
    capture_octets(file, octets, extra);
    capture_octets(file, "abc", 3);
}

static void pcap_kinds(void)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        const char *name = kinds[i].name;
        struct capture file = { .is_big = kinds[i].is_big };
        struct capture_seen seen;

        capture_pcap(&file, kinds[i].magic, 1);
        record(&file, kinds[i].extra, kinds[i].fraction);
        record(&file, kinds[i].extra, kinds[i].fraction);
        capture_read(capture_text(&file), NULL, &seen);
        CAPTURE_ROW(name, seen.result == INPUT_READ);
        CAPTURE_ROW(name, seen.npackets == 2 && seen.nplaced == 2 && seen.is_sane);
        if (seen.npackets == 2) {
            CAPTURE_ROW(name, seen.packets[1].frame == 2);
            CAPTURE_ROW(name, seen.packets[1].time_us == kinds[i].time_us);
            CAPTURE_ROW(name, seen.packets[1].captured == 3 && seen.packets[1].length == 60);
            CAPTURE_ROW(name, seen.packets[1].link == 1 && seen.packets[1].first == 'a');
        }
        capture_forget(&seen);
        capture_clear(&file);
    }
}

static struct capture hundred(void)
{
    struct capture file = { 0 };

    capture_pcap(&file, 0xa1b2c3d4, 1);
    for (uint32_t i = 0; i < PACKETS; i++) {
        uint8_t octets[OCTETS] = { (uint8_t)i };

        capture_pcap_record(&file, 1000 + i, i, (struct text){ (const char *)octets, OCTETS });
    }
    return file;
}

/* True if the first `count` packets are those of hundred(). */
static bool begins_well(const struct capture_seen *seen, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct capture_packet *packet = &seen->packets[i];

        if (i >= seen->npackets || packet->frame != i + 1 || packet->first != i)
            return false;
        if (packet->time_us != (int64_t)((1000 + i) * 1000000 + i) || packet->captured != OCTETS)
            return false;
    }
    return true;
}

static void pcap_cut(void)
{
    struct capture file = hundred();

    for (size_t len = 0; len <= file.len; len++) {
        bool is_boundary = len >= HEADER && (len - HEADER) % STEP == 0;
        size_t whole = len < HEADER ? 0 : (len - HEADER) / STEP;
        struct capture_seen seen;
        char row[64];

        snprintf(row, sizeof row, "cut at %zu", len);
        capture_read(text_part(capture_text(&file), 0, len), NULL, &seen);
        CAPTURE_ROW(row, seen.npackets == whole && begins_well(&seen, whole));
        CAPTURE_ROW(row, seen.result == (len < 4 ? INPUT_REFUSED : is_boundary ? INPUT_READ : INPUT_BROKEN));
        CAPTURE_ROW(row, seen.errors.count == (is_boundary ? 0 : 1));
        CAPTURE_ROW(row, seen.nremarks == (is_boundary || len < 4 ? 0 : 1));
        CAPTURE_ROW(row, seen.nremarks == 0 || strncmp(seen.remark, "truncated ", 10) == 0);
        capture_forget(&seen);
    }
    capture_clear(&file);
}

static void pcap_flipped(void)
{
    struct capture file = hundred();

    for (size_t at = 0; at < file.len; at++) {
        size_t before = at < HEADER ? 0 : (at - HEADER) / STEP;
        struct capture_seen seen;
        char row[64];

        if (at >= HEADER && (at - HEADER) % STEP >= RECORD)
            continue;
        file.octets[at] ^= 0xff;
        snprintf(row, sizeof row, "octet %zu", at);
        capture_read(capture_text(&file), NULL, &seen);
        CAPTURE_ROW(row, seen.is_sane && begins_well(&seen, before));
        capture_forget(&seen);
        file.octets[at] ^= 0xff;
    }
    capture_clear(&file);
}

static const struct {
    const char *name;
    uint32_t captured, length, seconds;
    enum input_result result;
    const char *words;
} records[] = {
    { "more captured than was there", 20, 10, 1, INPUT_READ, "" },
    { "after 2038", 20, 20, 0xf0000000, INPUT_READ, "" },
    { "larger than any packet", 300000, 300000, 1, INPUT_BROKEN,
      "is damaged after packet 0, at octet 24: a packet of 300000 octets" },
    { "largest number", UINT32_MAX, UINT32_MAX, 1, INPUT_BROKEN,
      "is damaged after packet 0, at octet 24: a packet of 4294967295 octets" },
    { "octets are lacking", 21, 21, 1, INPUT_BROKEN,
      "breaks off after packet 0, at octet 24: a packet has fewer than its 21 octets" },
};

static void pcap_records(void)
{
    for (size_t i = 0; i < sizeof records / sizeof *records; i++) {
        const char *name = records[i].name;
        struct capture file = { 0 };
        struct capture_seen seen;

        capture_pcap(&file, 0xa1b2c3d4, 1);
        capture_number(&file, 4, records[i].seconds);
        capture_number(&file, 4, 0);
        capture_number(&file, 4, records[i].captured);
        capture_number(&file, 4, records[i].length);
        capture_octets(&file, "01234567890123456789", 20);
        capture_read(capture_text(&file), NULL, &seen);
        CAPTURE_ROW(name, seen.result == records[i].result && seen.is_sane);
        CAPTURE_ROW(name, strncmp(capture_words(&seen), records[i].words, strlen(records[i].words)) == 0);
        CAPTURE_ROW(name, seen.npackets == (records[i].result == INPUT_READ));
        if (seen.npackets == 1)
            CAPTURE_ROW(name, seen.packets[0].time_us == (int64_t)records[i].seconds * 1000000);
        capture_forget(&seen);
        capture_clear(&file);
    }
}

static const struct {
    uint32_t written;
    int link;
} links[] = {
    { 1, 1 }, { 12, 101 }, { 14, 101 }, { 101, 101 }, { 11, 100 }, { 113, 113 }, { 276, 276 },
    { 0xf4000001, 1 }, /* the length of the check sequence stands above */
    { 9999, 9999 },
};

static void pcap_links(void)
{
    for (size_t i = 0; i < sizeof links / sizeof *links; i++) {
        struct capture file = { .is_big = i % 2 };
        struct capture_seen seen;
        char row[32];

        snprintf(row, sizeof row, "link type %u", links[i].written);
        capture_pcap(&file, 0xa1b2c3d4, links[i].written);
        capture_pcap_record(&file, 1, 1, TEXT("octets"));
        capture_read(capture_text(&file), NULL, &seen);
        CAPTURE_ROW(row, seen.npackets == 1 && seen.packets[0].link == links[i].link);
        capture_forget(&seen);
        capture_clear(&file);
    }
}

static void pcap_snaplen(void)
{
    static const uint32_t snaplens[] = { 0, 1, 65535, 262144, INT32_MAX, UINT32_MAX };

    for (size_t i = 0; i < sizeof snaplens / sizeof *snaplens; i++) {
        struct capture file = { 0 };
        struct capture_seen seen;
        char row[32];

        snprintf(row, sizeof row, "snaplen %u", snaplens[i]);
        capture_pcap(&file, 0xa1b2c3d4, 1);
        file.len -= 8;
        capture_number(&file, 4, snaplens[i]);
        capture_number(&file, 4, 1);
        capture_pcap_record(&file, 1, 1, TEXT("octets"));
        capture_read(capture_text(&file), NULL, &seen);
        CAPTURE_ROW(row, seen.npackets == 1 && seen.packets[0].length == 6 && seen.is_sane);
        capture_forget(&seen);
        capture_clear(&file);
    }
}

/* What is longer than the snap length is cut to it, and what is longer than a look ahead is read all the same. */
static void pcap_long(void)
{
    static const struct {
        uint32_t snaplen, len, captured;
    } rows[] = {
        { 4, 6, 4 }, { 70000, 66000, 66000 }, { 66000, 70000, 66000 }, { 262144, 262144, 262144 }, { 65536, 65536, 65536 },
    };
    char *octets = memory_new(262144);

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct capture file = { 0 };
        struct capture_seen seen;
        char row[32];

        snprintf(row, sizeof row, "%u of %u octets", rows[i].len, rows[i].snaplen);
        octets[0] = (char)(i + 1);
        capture_pcap(&file, 0xa1b2c3d4, 1);
        file.len -= 8;
        capture_number(&file, 4, rows[i].snaplen);
        capture_number(&file, 4, 1);
        for (unsigned again = 0; again < 2; again++)
            capture_pcap_record(&file, 1, 1, (struct text){ octets, rows[i].len });
        capture_read(capture_text(&file), NULL, &seen);
        CAPTURE_ROW(row, seen.result == INPUT_READ && seen.npackets == 2 && seen.is_sane);
        for (size_t j = 0; j < seen.npackets; j++) {
            CAPTURE_ROW(row, seen.packets[j].captured == rows[i].captured && seen.packets[j].length == rows[i].len);
            CAPTURE_ROW(row, (size_t)seen.packets[j].first == i + 1);
        }
        capture_forget(&seen);
        capture_clear(&file);
    }
    memory_free(octets);
}

/* Versions before 2.4 had the two lengths the other way round, 2.3 now and then. */
static void pcap_old(void)
{
    static const struct {
        uint16_t major, minor;
        bool is_swapped;
    } rows[] = { { 2, 4, false }, { 2, 3, false }, { 2, 3, true }, { 2, 2, true }, { 543, 0, true } };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct capture file = { 0 };
        struct capture_seen seen;
        char row[32];

        snprintf(row, sizeof row, "version %u.%u", rows[i].major, rows[i].minor);
        capture_pcap(&file, 0xa1b2c3d4, 1);
        file.octets[4] = (uint8_t)rows[i].major;
        file.octets[5] = (uint8_t)(rows[i].major >> 8);
        file.octets[6] = (uint8_t)rows[i].minor;
        capture_number(&file, 4, 1);
        capture_number(&file, 4, 1);
        capture_number(&file, 4, rows[i].is_swapped ? 60 : 6);
        capture_number(&file, 4, rows[i].is_swapped ? 6 : 60);
        capture_octets(&file, "octets", 6);
        capture_read(capture_text(&file), NULL, &seen);
        CAPTURE_ROW(row, seen.npackets == 1 && seen.packets[0].captured == 6 && seen.packets[0].length == 60);
        capture_forget(&seen);
        capture_clear(&file);
    }
}

static void pcap_version(void)
{
    struct capture file = { 0 };
    struct capture_seen seen;

    capture_pcap(&file, 0xa1b2c3d4, 1);
    file.octets[4] = 9;
    capture_read(capture_text(&file), NULL, &seen);
    CU_ASSERT(seen.result == INPUT_REFUSED);
    CU_ASSERT(strncmp(capture_words(&seen), "is no capture that libpcap reads: ", 34) == 0);
    capture_forget(&seen);
    capture_clear(&file);
}

static void pcap_stopped(void)
{
    atomic_int stop = 1;
    struct input_options options = { .stop = &stop };
    struct capture file = hundred();
    struct capture_seen seen;

    capture_read(capture_text(&file), &options, &seen);
    CU_ASSERT(seen.result == INPUT_READ);
    CU_ASSERT(seen.npackets == 0 && seen.errors.count == 0);
    capture_forget(&seen);
    capture_clear(&file);
}

void input_pcap_suite(void);
void input_pcap_suite(void)
{
    CU_pSuite suite = CU_add_suite("input/pcap", NULL, NULL);

    CU_add_test(suite, "byte orders and time resolutions", pcap_kinds);
    CU_add_test(suite, "cut at each octet", pcap_cut);
    CU_add_test(suite, "each octet of the headers wrong", pcap_flipped);
    CU_add_test(suite, "odd record headers", pcap_records);
    CU_add_test(suite, "link types", pcap_links);
    CU_add_test(suite, "snap lengths", pcap_snaplen);
    CU_add_test(suite, "long packets", pcap_long);
    CU_add_test(suite, "old versions", pcap_old);
    CU_add_test(suite, "unknown version", pcap_version);
    CU_add_test(suite, "stopped", pcap_stopped);
}
