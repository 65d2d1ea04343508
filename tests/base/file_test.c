#include "base/file.h"

#include <CUnit/CUnit.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/memory.h"

static char path[] = "/tmp/httplint-file-XXXXXX";

static int begin(void)
{
    int descriptor = mkstemp(path);

    return descriptor < 0 || close(descriptor) != 0;
}

static int end(void)
{
    return unlink(path);
}

/* What is read of a file of `len` octets where `max` may be. */
static void expect(size_t len, size_t max, bool is_read)
{
    FILE *file = fopen(path, "wb");
    struct errors errors = { 0 };

    CU_ASSERT_PTR_NOT_NULL_FATAL(file);
    for (size_t i = 0; i < len; i++)
        fputc('a' + (int)(i % 26), file);
    fclose(file);
    struct text octets = file_read(path, max, &errors);

    CU_ASSERT_EQUAL(octets.at != NULL, is_read);
    CU_ASSERT_EQUAL(errors.count, is_read ? 0 : 1);
    if (octets.at) {
        CU_ASSERT_EQUAL(octets.len, len);
        CU_ASSERT_EQUAL(octets.at[len], '\0');
        for (size_t i = 0; i < len && octets.at[i] == 'a' + (int)(i % 26); i++)
            CU_ASSERT(i + 1 < len || octets.at[i] == 'a' + (int)((len - 1) % 26));
    }
    memory_free((char *)(uintptr_t)octets.at);
    errors_clear(&errors);
}

static void read_sizes(void)
{
    expect(0, 10, true);
    expect(10, 10, true);
    expect(11, 10, false);
    expect(65535, 1 << 20, true);
    expect(65536, 1 << 20, true);
    expect(65537, 1 << 20, true);
    expect(300000, 300000, true);
    expect(300001, 300000, false);
}

static void read_nothing(void)
{
    struct errors errors = { 0 };

    CU_ASSERT_PTR_NULL(file_read("/nowhere/at/all", 10, &errors).at);
    CU_ASSERT_PTR_NULL(file_read("/tmp", 10, &errors).at);
    CU_ASSERT_EQUAL_FATAL(errors.count, 2);
    CU_ASSERT_STRING_EQUAL(errors.items[0].words, "cannot be read: No such file or directory");
    CU_ASSERT_STRING_EQUAL(errors.items[1].words, "cannot be read: Is a directory");
    errors_clear(&errors);
}

static void same(void)
{
    CU_ASSERT_TRUE(file_is_same(path, path));
    CU_ASSERT_FALSE(file_is_same(path, "/tmp"));
    CU_ASSERT_FALSE(file_is_same("/tmp", "/tmp"));
    CU_ASSERT_FALSE(file_is_same("/nowhere", "/nowhere"));
}

static void folders(void)
{
    static const struct {
        const char *path, *folder, *opened;
    } rows[] = {
        { "a.pcap", "", "." }, { "b/a.pcap", "b/", "b/" }, { "/a.pcap", "/", "/" },
        { "./a", "./", "./" }, { "b//c/", "b//c/", "b//c/" }, { "", "", "." },
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct text folder = file_folder(rows[i].path);
        char *opened = file_folder_path(rows[i].path);

        CU_ASSERT_TRUE(text_equal(folder, text_of(rows[i].folder)) && folder.at == rows[i].path);
        CU_ASSERT_STRING_EQUAL(opened, rows[i].opened);
        memory_free(opened);
    }
}

void base_file_suite(void);
void base_file_suite(void)
{
    CU_pSuite suite = CU_add_suite("base/file", begin, end);

    CU_add_test(suite, "sizes", read_sizes);
    CU_add_test(suite, "nothing to read", read_nothing);
    CU_add_test(suite, "the same file", same);
    CU_add_test(suite, "folders", folders);
}
