#include "input/input.h"

#include <CUnit/CUnit.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "base/memory.h"
#include "tests/support/cases.h"

/* Inputs that are refused before a session is needed. */
static const struct {
    const char *name, *content;              /* NULL: there is no such file */
    const char *words;
} rows[] = {
    { "missing", NULL, "cannot be opened: No such file or directory" },
    { "empty", "", "is empty" },
    { "no capture", "hi", "is no capture: begins with 68 69; httplint reads pcap, pcapng, HAR and .http "
      "transcripts, plain or in gzip, zstd or lz4" },
    { "transcript with a mistake", "=== a\nx\n", "expected 'expect:', '>>>', '<<<', '---' or '==='" },
};

static void input_refused(void)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char path[] = "/tmp/httplint-input-XXXXXX";
        int fd = mkstemp(path);
        struct errors errors = { 0 };

        CU_ASSERT_FATAL(fd >= 0);
        if (rows[i].content) {
            CU_ASSERT(write(fd, rows[i].content, strlen(rows[i].content)) >= 0);
        } else {
            unlink(path);
        }
        close(fd);
        CU_ASSERT(input_run(path, NULL, NULL, &errors) == INPUT_REFUSED);
        CU_ASSERT_FATAL(errors.count == 1);
        CU_ASSERT_STRING_EQUAL(errors.items[0].file, path);
        CU_ASSERT_STRING_EQUAL(errors.items[0].words, rows[i].words);
        errors_clear(&errors);
        unlink(path);
    }
}

static void input_folder(void)
{
    struct errors errors = { 0 };

    CU_ASSERT(input_run("/", NULL, NULL, &errors) == INPUT_REFUSED);
    CU_ASSERT(errors.count == 1);
    errors_clear(&errors);
}

/* ---- where findings stand in the file ---- */

enum { FILE_OCTETS_MAX = 4 << 20 };

struct placing {
    struct text file;
    const char *path;
    unsigned placed, nowhere;
};

static bool is_start(struct text octets)
{
    struct text first = text_until(octets, ' ', NULL);

    return text_starts(octets, TEXT("HTTP/")) || (first.len > 0 && first.len < octets.len);
}

/* A HAR tells entries. Else the octets are those that the finding shows; where it shows none, the start of a message; one
 * octet alone is the first of a body, or of what should not be there. */
static bool is_what_it_says(struct text octets, const struct httplint_finding *finding, struct text file)
{
    struct text evidence = { finding->evidence.at, finding->evidence.len };

    if (file.at[0] == '{')
        return octets.at[0] == '{' && octets.at[octets.len - 1] == '}';
    return octets.len == 1 || is_start(octets) || text_starts(evidence, octets) || text_starts(octets, evidence);
}

static void place(struct placing *placing, const struct httplint_finding *finding)
{
    struct text file = placing->file;
    struct text octets = text_part(file, (size_t)finding->file_at, (size_t)finding->file_octets);

    placing->placed += finding->file_at > 0;
    placing->nowhere += finding->file_at == 0;
    if (finding->file_at == 0)
        return;
    if (octets.len == finding->file_octets && octets.len > 0 && is_what_it_says(octets, finding, file))
        return;
    fprintf(stderr, "%s:%llu: %.*s: at octet %llu stands '%.*s'\n", placing->path, (unsigned long long)finding->frame,
            (int)finding->rule->id.len, finding->rule->id.at, (unsigned long long)finding->file_at, (int)octets.len, octets.at);
    CU_FAIL("a finding stands elsewhere in the file");
}

static void on_exchange(void *context, const struct httplint_exchange *exchange, const struct httplint_finding *findings,
                        size_t nfindings)
{
    (void)exchange;
    for (size_t i = 0; i < nfindings; i++)
        place(context, &findings[i]);
}

static struct placing places_in(const char *path)
{
    struct errors errors = { 0 };
    struct placing placing = { .file = file_read(path, FILE_OCTETS_MAX, &errors), .path = path };
    const struct httplint_sink sink = { on_exchange, NULL, &placing };
    httplint *session = httplint_new(cases_rules(), &(struct httplint_options){ 0 }, &sink, NULL);

    if (placing.file.at) {
        input_run(path, NULL, session, &errors);
        httplint_finish(session);
    }
    httplint_free(session);
    memory_free((void *)(uintptr_t)placing.file.at);
    errors_clear(&errors);
    return placing;
}

/* What stands in a text as a person writes it need not stand there octet by octet; what is packed stands nowhere. */
static void input_places(void)
{
    static const char *const folders[] = { "captures", "tests/cases" };
    struct input_files paths = { 0 };
    struct errors errors = { 0 };
    unsigned placed = 0;

    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++)
        CU_ASSERT_TRUE_FATAL(input_files_add(&paths, folders[i], &errors));
    for (size_t i = 0; i < paths.count; i++) {
        struct placing placing = places_in(paths.paths[i]);
        bool is_text = strstr(paths.paths[i], ".http") != NULL, is_packed = strstr(paths.paths[i], ".gz") != NULL;

        CU_ASSERT(is_packed ? placing.placed == 0 : is_text || placing.nowhere == 0);
        placed += placing.placed;
    }
    CU_ASSERT(placed > 100);
    input_files_clear(&paths);
}

void input_input_suite(void);
void input_input_suite(void)
{
    CU_pSuite suite = CU_add_suite("input/input", NULL, NULL);

    CU_add_test(suite, "what is refused", input_refused);
    CU_add_test(suite, "a folder", input_folder);
    CU_add_test(suite, "where findings stand in the file", input_places);
}
