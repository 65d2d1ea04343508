#include "input/keep.h"

#include <CUnit/CUnit.h>
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "input/shelf.h"
#include "tests/support/capture_seen.h"
#include "tests/support/folder.h"

void input_keep_suite(void);

enum { SECOND = 1000000, BEGIN = 1600000000, OCTETS = 100 };

static const char *const interfaces[] = { "one", "two" };

static int move(const char *from, const char *to)
{
    char old[512];

    strcpy(old, below(from));
    return rename(old, below(to));
}

/* Removes all that was kept; gives the number of files. */
static size_t empty(void)
{
    DIR *folder = opendir(folder_path);
    size_t count = 0;

    for (struct dirent *entry; (entry = readdir(folder)) != NULL;)
        if (entry->d_name[0] != '.')
            count += unlink(below(entry->d_name)) == 0;
    closedir(folder);
    return count;
}

static int empty_folder(void)
{
    empty();
    return folder_end();
}

static struct shelf_options on_shelf;
static struct shelf *shelf;

static int next_file(void *context, int64_t time_us)
{
    (void)context;
    return shelf_next(shelf, time_us);
}

static struct keep *open_keep(struct keep_options *options, const char *name, size_t ninterfaces)
{
    static char path[512];
    struct errors errors = { 0 };

    strcpy(path, below(name));
    on_shelf.path = path;
    on_shelf.is_rotating = options->octets_max > 0 || options->seconds > 0;
    shelf_free(shelf);
    shelf = shelf_open(&on_shelf, &errors);
    CU_ASSERT_PTR_NOT_NULL_FATAL(shelf);
    options->path = path;
    options->next = next_file;
    options->interfaces = interfaces;
    options->ninterfaces = ninterfaces;
    options->snaplen = 65535;
    struct keep *keep = keep_open(options, &errors);

    CU_ASSERT_PTR_NOT_NULL_FATAL(keep);
    CU_ASSERT_EQUAL(errors.count, 0);
    return keep;
}

static void put(struct keep *keep, unsigned second, size_t interface)
{
    static const uint8_t octets[OCTETS] = { 0xab };
    const struct httplint_packet packet = { octets, OCTETS, 2 * OCTETS, interface == 0 ? 1 : 113, 1,
                                            ((int64_t)BEGIN + second) * SECOND + 7, 0 };

    keep_packet(keep, &packet, interface);
}

static void close_keep(struct keep *keep)
{
    struct errors errors = { 0 };

    CU_ASSERT_EQUAL(keep_error(keep), 0);
    CU_ASSERT_TRUE(keep_close(keep, &errors));
    CU_ASSERT_EQUAL(errors.count, 0);
    shelf_free(shelf);
    shelf = NULL;
}

/* Packets that the file has, read by our own readers; -1: it is no capture. */
static long count_packets(const char *name, int last_link)
{
    static char octets[1 << 16];
    FILE *file = fopen(below(name), "rb");
    struct capture_seen seen;

    CU_ASSERT_PTR_NOT_NULL_FATAL(file);
    capture_read((struct text){ octets, fread(octets, 1, sizeof octets, file) }, NULL, &seen);
    fclose(file);
    long count = seen.result == INPUT_READ ? (long)seen.npackets : -1;

    if (count > 0) {
        const struct capture_packet *last = &seen.packets[count - 1];

        CU_ASSERT_EQUAL(last->time_us % SECOND, 7);
        CU_ASSERT_EQUAL(last->captured, OCTETS);
        CU_ASSERT_EQUAL(last->length, 2 * OCTETS);
        CU_ASSERT_EQUAL(last->first, 0xab);
        CU_ASSERT_EQUAL(last->link, last_link);
    }
    capture_forget(&seen);
    return count;
}

static void test_one_file(void)
{
    struct keep_options options = { 0 };
    struct keep *keep = open_keep(&options, "one.pcap", 1);
    struct stat status;

    put(keep, 1, 0);
    put(keep, 2, 0);
    close_keep(keep);
    CU_ASSERT_EQUAL(count_packets("one.pcap", 1), 2);
    CU_ASSERT_TRUE(stat(below("one.pcap"), &status) == 0 && (status.st_mode & 0777) == 0600);
    close_keep(open_keep(&options, "one.pcap", 1));
    CU_ASSERT_EQUAL(count_packets("one.pcap", 1), 0);
    close_keep(open_keep(&options, "one.pcap", 2));
    CU_ASSERT_EQUAL(count_packets("one.pcap", 1), 0);
    CU_ASSERT_EQUAL(empty(), 1);
}

static void test_several_interfaces(void)
{
    struct keep_options options = { 0 };
    struct keep *keep = open_keep(&options, "two.pcapng", 2);

    put(keep, 1, 1);
    put(keep, 2, 0);
    put(keep, 3, 1);
    close_keep(keep);
    CU_ASSERT_EQUAL(count_packets("two.pcapng", 113), 3);
    CU_ASSERT_EQUAL(empty(), 1);
}

static void test_begun_anew(void)
{
    struct keep_options options = { 0 };

    for (size_t n = 1; n <= 2; n++) {
        struct keep *keep = open_keep(&options, "anew", n);

        put(keep, 1, 0);
        keep_begin_anew(keep);           /* it is still there: nothing is lost */
        put(keep, 2, 0);
        keep_begin_anew(keep);
        CU_ASSERT_EQUAL(move("anew", "old"), 0);
        put(keep, 3, 0);
        close_keep(keep);
        CU_ASSERT_EQUAL(count_packets("old", 1), 2);
        CU_ASSERT_EQUAL(count_packets("anew", 1), 1);
        CU_ASSERT_EQUAL(empty(), 2);
    }
}

static void test_sizes(void)
{
    struct keep_options options = { .octets_max = 300 };
    struct keep *keep = open_keep(&options, "s.pcap", 1);

    for (unsigned i = 0; i < 6; i++)
        put(keep, i, 0);
    close_keep(keep);
    CU_ASSERT_EQUAL(count_packets("s_00001_20200913122640.pcap", 1), 2);
    CU_ASSERT_EQUAL(count_packets("s_00003_20200913122644.pcap", 1), 2);
    CU_ASSERT_EQUAL(empty(), 3);
    on_shelf.files_max = 2;
    keep = open_keep(&options, "s", 1);
    for (unsigned i = 0; i < 10; i++)
        put(keep, i, 0);
    close_keep(keep);
    on_shelf.files_max = 0;
    CU_ASSERT_EQUAL(count_packets("s_00004_20200913122646", 1), 2);
    CU_ASSERT_EQUAL(count_packets("s_00005_20200913122648", 1), 2);
    CU_ASSERT_EQUAL(empty(), 2);
}

static void test_times(void)
{
    struct keep_options options = { .seconds = 10 };
    struct keep *keep = open_keep(&options, "t.x.pcap", 1);

    put(keep, 5, 0);
    put(keep, 14, 0);
    put(keep, 15, 0);
    put(keep, 6, 0);                     /* a clock that goes back does no harm, */
    put(keep, 4, 0);                     /* and makes no file without end */
    close_keep(keep);
    CU_ASSERT_EQUAL(count_packets("t.x_00001_20200913122645.pcap", 1), 2);
    CU_ASSERT_EQUAL(count_packets("t.x_00002_20200913122655.pcap", 1), 2);
    CU_ASSERT_EQUAL(count_packets("t.x_00003_20200913122644.pcap", 1), 1);
    CU_ASSERT_EQUAL(empty(), 3);
}

static int open_path(void *context, int64_t time_us)
{
    (void)time_us;
    return open(context, O_WRONLY);
}

static void test_refusal(void)
{
    struct keep_options options = { .path = "a", .next = open_path, .context = folder_path, .interfaces = interfaces, .ninterfaces = 1 };
    struct errors errors = { 0 };

    CU_ASSERT_PTR_NULL(keep_open(&options, &errors));
    CU_ASSERT_EQUAL_FATAL(errors.count, 1);
    CU_ASSERT_STRING_EQUAL(errors.items[0].words, "not all packets were kept: Is a directory");
    errors_clear(&errors);
}

/* A disk that is full: said once, and nothing more is tried. */
static void test_full(void)
{
    struct keep_options options = { .path = "full", .next = open_path, .context = (char *)(uintptr_t)"/dev/full",
                                    .interfaces = interfaces, .ninterfaces = 1 };
    struct errors errors = { 0 };
    struct keep *keep = keep_open(&options, &errors);

    CU_ASSERT_PTR_NOT_NULL_FATAL(keep);
    put(keep, 1, 0);
    keep_flush(keep);
    CU_ASSERT_NOT_EQUAL(keep_error(keep), 0);
    put(keep, 2, 0);
    CU_ASSERT_FALSE(keep_close(keep, &errors));
    CU_ASSERT_EQUAL(errors.count, 1);
    errors_clear(&errors);
}

void input_keep_suite(void)
{
    CU_pSuite suite = CU_add_suite("input/keep", folder_begin, empty_folder);

    CU_add_test(suite, "one file", test_one_file);
    CU_add_test(suite, "several interfaces", test_several_interfaces);
    CU_add_test(suite, "begun anew", test_begun_anew);
    CU_add_test(suite, "sizes", test_sizes);
    CU_add_test(suite, "times", test_times);
    CU_add_test(suite, "a file that cannot be opened", test_refusal);
    CU_add_test(suite, "a full disk", test_full);
}
