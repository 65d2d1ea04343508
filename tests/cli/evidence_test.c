#include "cli/evidence.h"

#include <CUnit/CUnit.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/note.h"
#include "tests/support/capture_seen.h"
#include "tests/support/folder.h"

void cli_evidence_suite(void);

enum { OCTETS = 100 };

static char last[300];                   /* the newest file, by name */
static const char *const interfaces[] = { "one" };

/* Files that there are; with `removes` they go. */
static size_t files(bool removes)
{
    DIR *folder = opendir(folder_path);
    size_t count = 0;

    last[0] = '\0';
    for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        if (entry->d_name[0] == '.')
            continue;
        count++;
        if (strcmp(entry->d_name, last) > 0)
            strcpy(last, entry->d_name);
        if (removes)
            unlink(below(entry->d_name));
    }
    closedir(folder);
    return count;
}

static struct opener *opener;

static int empty_folder(void)
{
    files(true);
    opener_free(opener);
    return folder_end();
}

static struct evidence *open_evidence(struct evidence_options *options, uint64_t octets_max)
{
    struct errors errors = { 0 };

    *options = (struct evidence_options){ folder_path, interfaces, 1, octets_max, 1 << 16, false };
    if (!opener) {
        opener = opener_new();
        opener_allow_folder(opener, folder_path, evidence_is_name);
    }
    struct evidence *evidence = evidence_new(options, opener, &errors);

    CU_ASSERT_PTR_NOT_NULL_FATAL(evidence);
    return evidence;
}

static void packets(struct evidence *evidence, uint64_t from, uint64_t to)
{
    static const uint8_t octets[OCTETS];

    for (uint64_t i = from; i <= to; i++)
        evidence_packet(evidence, &(struct httplint_packet){ octets, OCTETS, OCTETS, 1, i, (int64_t)i * 1000000, 0 }, (int64_t)(i % 2),
                        0);
}

static struct httplint_text text(const char *string)
{
    return (struct httplint_text){ string, strlen(string) };
}

static void exchange(struct evidence *evidence, int64_t stream, int64_t from, int64_t to, uint64_t frame)
{
    struct httplint_rule rule = { .id = text("own-rule"), .message = text("wrong") };
    struct httplint_exchange exchange = { .stream = stream, .frame = (uint64_t)from, .begun_us = from * 1000000, .ended_us = to * 1000000,
                                          .url = text("http://h/secret") };
    struct httplint_finding finding = { .rule = &rule, .severity = HTTPLINT_ERROR, .message = text("wrong\033"), .frame = frame };
    struct errors errors = { 0 };

    evidence_exchange(evidence, &exchange, &finding, 1);
    CU_ASSERT_TRUE(evidence_write(evidence, &errors));
}

static void test_file(void)
{
    struct evidence_options options;
    struct evidence *evidence = open_evidence(&options, 1 << 20);
    static char octets[1 << 16];
    struct capture_seen seen;
    struct stat status;

    packets(evidence, 1, 20);
    exchange(evidence, 1, 5, 12, 7);
    CU_ASSERT_EQUAL(files(false), 1);
    CU_ASSERT_STRING_EQUAL(last, "19700101T000005Z-000001-own-rule.pcapng");
    CU_ASSERT(stat(below(last), &status) == 0 && (status.st_mode & 0777) == 0600);
    FILE *file = fopen(below(last), "rb");
    size_t len = fread(octets, 1, sizeof octets, file);

    fclose(file);
    capture_read((struct text){ octets, len }, NULL, &seen);
    CU_ASSERT(seen.result == INPUT_READ && seen.npackets == 4);
    CU_ASSERT_EQUAL(seen.packets[0].time_us, 5000000);
    CU_ASSERT_EQUAL(seen.packets[3].time_us, 11000000);
    CU_ASSERT_PTR_NOT_NULL(memmem(octets, len, "error: ", 7));
    CU_ASSERT_PTR_NOT_NULL(memmem(octets, len, "[own-rule]", 10));
    CU_ASSERT_PTR_NULL(memmem(octets, len, "wrong\033", 6));
    capture_forget(&seen);
    exchange(evidence, 3, 5, 12, 7);     /* its packets are not known any more */
    CU_ASSERT_EQUAL(files(false), 1);
    evidence_free(evidence);
    files(true);
}

/* The oldest go first, those of earlier runs and no others' too. */
static void test_bounds(void)
{
    struct evidence_options options;
    struct evidence *evidence = open_evidence(&options, 1000);
    FILE *other = fopen(below("others.pcapng"), "w");

    fclose(other);
    packets(evidence, 1, 20);
    for (int64_t i = 1; i <= 9; i++)
        exchange(evidence, 1, i, i + 1, 1);
    CU_ASSERT(files(false) >= 3 && files(false) <= 5);
    evidence_free(evidence);
    evidence = open_evidence(&options, 300);
    CU_ASSERT(files(false) <= 2);
    packets(evidence, 1, 20);
    exchange(evidence, 1, 1, 20, 1);     /* alone it is too large */
    CU_ASSERT(files(false) <= 2);
    CU_ASSERT_EQUAL(access(below("others.pcapng"), F_OK), 0);
    evidence_free(evidence);
    files(true);
}

static void test_refusals(void)
{
    struct evidence_options options = { "/nowhere", interfaces, 1, 1, 1, false };
    struct errors errors = { 0 };

    CU_ASSERT_PTR_NULL(evidence_new(&options, opener, &errors));
    CU_ASSERT_EQUAL(errors.count, 1);
    errors_clear(&errors);
    evidence_free(NULL);
}

static void test_names(void)
{
    static const char *const wrong[] = { "", "others.pcapng", "19700101T000005Z-000001", "19700101T000005Z-00001-own-rule.pcapng",
                                         "19700101T000005Z-000001-own-rule.pcap" };

    CU_ASSERT_TRUE(evidence_is_name("19700101T000005Z-000001-own-rule.pcapng"));
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        CU_ASSERT_FALSE(evidence_is_name(wrong[i]));
}

void cli_evidence_suite(void)
{
    CU_pSuite suite = CU_add_suite("cli/evidence", folder_begin, empty_folder);

    CU_add_test(suite, "a file", test_file);
    CU_add_test(suite, "bounds", test_bounds);
    CU_add_test(suite, "names", test_names);
    CU_add_test(suite, "refusals", test_refusals);
}
