#include "input/reading.h"

#include <errno.h>
#include <stdio.h>

#include "tests/support/capture_seen.h"
#include "tests/support/capture_writer.h"

static const struct {
    const char *name;
    struct text octets;
    const char *words;
} refused[] = {
    { "empty", { "", 0 }, "is empty" },
    { "short", { "\1\xff", 2 },
      "is no capture: begins with 01 FF; httplint reads pcap, pcapng, HAR and .http transcripts, "
      "plain or in gzip, zstd or lz4" },
    { "text", { "hello, world", 12 },
      "is no capture: begins with 68 65 6C 6C 6F 2C 20 77; httplint reads pcap, pcapng, HAR and .http "
      "transcripts, plain or in gzip, zstd or lz4" },
    { "xz", { "\xfd" "7zXZ\0\0", 7 }, "is packed with xz; unpack it: xz -dc FILE | httplint -" },
    { "bzip2", { "BZh91AY", 7 }, "is packed with bzip2; unpack it: bzip2 -dc FILE | httplint -" },
    { "JSON", { "{\"a\":1}", 7 }, "is JSON, but no HAR: that begins with \"log\"" },
    { "zip", { "PK\3\4\n", 5 }, "is a zip archive; unpack it first" },
    { "snoop", { "snoop\0\0\0\0\0\0\2", 12 },
      "is a snoop capture; convert it: editcap -F pcapng FILE NEW" },
};

static void reading_refused(void)
{
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        struct capture_seen seen;

        capture_read(refused[i].octets, NULL, &seen);
        CAPTURE_ROW(refused[i].name, seen.result == INPUT_REFUSED && seen.errors.count == 1);
        CAPTURE_ROW(refused[i].name, strcmp(capture_words(&seen), refused[i].words) == 0);
        CAPTURE_ROW(refused[i].name, seen.errors.count == 1 && strcmp(seen.errors.items[0].file, "test") == 0);
        capture_forget(&seen);
    }
}

static void reading_packed_deep(void)
{
    struct capture file = { 0 };
    struct capture_seen seen;

    capture_pcap(&file, 0xa1b2c3d4, 1);
    for (int i = 0; i <= SOURCE_DEPTH; i++) {
        struct capture outer = { 0 };

        capture_packed(&outer, INFLATE_LZ4, capture_text(&file));
        capture_clear(&file);
        file = outer;
    }
    capture_read(capture_text(&file), NULL, &seen);
    CU_ASSERT(seen.result == INPUT_REFUSED);
    CU_ASSERT_STRING_EQUAL(capture_words(&seen), "is packed more than 2 times over");
    capture_forget(&seen);
    capture_clear(&file);
}

static void reading_unreadable(void)
{
    struct capture_door door = { .rest = { "", 0 }, .error = EIO };
    struct capture_seen seen;

    capture_read_door(&door, NULL, &seen);
    CU_ASSERT(seen.result == INPUT_REFUSED);
    CU_ASSERT_STRING_EQUAL(capture_words(&seen), "cannot be read beyond octet 0: Input/output error");
    capture_forget(&seen);
}

static struct capture packets(bool is_ng, unsigned count)
{
    struct capture file = { 0 };

    if (is_ng) {
        capture_section(&file);
        capture_interface(&file, 1, 0);
    } else {
        capture_pcap(&file, 0xa1b2c3d4, 1);
    }
    for (unsigned i = 0; i < count; i++) {
        if (is_ng)
            capture_block_end(&file, capture_enhanced(&file, 0, i, TEXT("octets")));
        else
            capture_pcap_record(&file, 0, i, TEXT("octets"));
    }
    return file;
}

/* Whatever packs it and however it is cut into reads, the same packets come out. */
static void reading_pipes(void)
{
    enum { PACKETS = 3000 };
    static const size_t steps[] = { 1, 7, 0 };

    for (int i = 0; i < 2 * 4 * 3; i++) {
        bool is_ng = i % 2;
        int format = i / 2 % 4;
        struct capture file = packets(is_ng, PACKETS), packed = { 0 };
        struct capture_seen seen;
        char row[64];

        if (format == INFLATE_PLAIN)
            capture_octets(&packed, file.octets, file.len);
        else
            capture_packed(&packed, format, capture_text(&file));
        struct capture_door door = { capture_text(&packed), steps[i / 8], 0, 3 };

        snprintf(row, sizeof row, "pcapng %d format %d step %zu", is_ng, format, steps[i / 8]);
        capture_read_door(&door, NULL, &seen);
        CAPTURE_ROW(row, seen.result == INPUT_READ && seen.is_sane && seen.errors.count == 0);
        CAPTURE_ROW(row, seen.npackets == PACKETS);
        CAPTURE_ROW(row, seen.nplaced == (format == INFLATE_PLAIN ? PACKETS : 0));
        CAPTURE_ROW(row, seen.npackets == PACKETS && seen.packets[PACKETS - 1].time_us == PACKETS - 1);
        capture_forget(&seen);
        capture_clear(&file);
        capture_clear(&packed);
    }
}

/* A cause below the format is what is told, even where the octets end between two packets. */
static void reading_causes(void)
{
    for (int is_ng = 0; is_ng < 2; is_ng++) {
        struct capture file = packets(is_ng, 5), packed = { 0 };
        struct capture_door door = { .rest = capture_text(&file), .error = EIO };
        struct capture_seen seen;

        capture_read_door(&door, NULL, &seen);
        CU_ASSERT(seen.result == INPUT_BROKEN && seen.npackets == 5);
        CU_ASSERT(strstr(capture_words(&seen), "breaks off after packet 5, at octet ") != NULL);
        CU_ASSERT(strstr(capture_words(&seen), ": Input/output error") != NULL);
        CU_ASSERT(strncmp(seen.remark, "truncated 5 ", 12) == 0);
        capture_forget(&seen);

        capture_packed(&packed, INFLATE_GZIP, capture_text(&file));
        packed.octets[packed.len - 5] ^= 0xff;           /* the check sum */
        capture_read(capture_text(&packed), NULL, &seen);
        CU_ASSERT(seen.result == INPUT_BROKEN && seen.npackets == 5);
        CU_ASSERT(strstr(capture_words(&seen), "unpacked: gzip data is damaged at octet ") != NULL);
        CU_ASSERT(strncmp(seen.remark, "corrupt 5 ", 10) == 0);
        capture_forget(&seen);
        capture_clear(&file);
        capture_clear(&packed);
    }
}

struct stopping {
    atomic_int stop;
    unsigned at;
};

static void stop_at(void *context, uint64_t read, uint64_t whole)
{
    struct stopping *stopping = context;

    (void)whole;
    if (read >= (uint64_t)stopping->at << 20)
        stopping->stop = 1;
}

/* Stopped in the middle of a file, and often of a packet: that is no damage. */
static void reading_stopped(void)
{
    for (int is_ng = 0; is_ng < 2; is_ng++) {
        struct capture file = packets(is_ng, 100000);
        struct stopping stopping = { .at = 1 };
        struct input_options options = {
            .stop = &stopping.stop, .progress = stop_at, .progress_context = &stopping
        };
        struct capture_seen seen;

        capture_read(capture_text(&file), &options, &seen);
        CU_ASSERT(seen.result == INPUT_READ && seen.errors.count == 0 && seen.nremarks == 0);
        CU_ASSERT(seen.npackets > 0 && seen.npackets < 100000);
        capture_forget(&seen);
        capture_clear(&file);
    }
}

void input_reading_suite(void);
void input_reading_suite(void)
{
    CU_pSuite suite = CU_add_suite("input/reading", NULL, NULL);

    CU_add_test(suite, "what is refused", reading_refused);
    CU_add_test(suite, "packed too deep", reading_packed_deep);
    CU_add_test(suite, "unreadable", reading_unreadable);
    CU_add_test(suite, "packed, and in small reads", reading_pipes);
    CU_add_test(suite, "the cause is told", reading_causes);
    CU_add_test(suite, "stopped", reading_stopped);
}
