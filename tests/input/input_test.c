#include "input/input.h"

#include <CUnit/CUnit.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

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

void input_input_suite(void);
void input_input_suite(void)
{
    CU_pSuite suite = CU_add_suite("input/input", NULL, NULL);

    CU_add_test(suite, "what is refused", input_refused);
    CU_add_test(suite, "a folder", input_folder);
}
