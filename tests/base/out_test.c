#include "base/out.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/utf8.h"
#include "tests/support/loaded.h"

enum { LARGE_OCTETS = 1 << 20 };

static const struct {
    const char *name;
    struct text octets;
    const char *written;
} visible[] = {
    { "nothing", { "", 0 }, "" },
    { "plain", { "GET /a?b=c <\"'>", 15 }, "GET /a?b=c <\"'>" },
    { "backslash", { "a\\x41", 5 }, "a\\\\x41" },
    { "tab, line ends", { "\t\r\n", 3 }, "\\t\\r\\n" },
    { "NUL", { "a\0b", 3 }, "a\\x00b" },
    { "escape sequence", { "\033[2J", 4 }, "\\x1B[2J" },
    { "DEL", { "\x7F", 1 }, "\\x7F" },
    { "C1 as an octet", { "\x9B" "2J", 3 }, "\\x9B2J" },
    { "C1 as a character", { "\xC2\x9B" "2J", 4 }, "\\xC2\\x9B2J" },
    { "UTF-8", { "\xC3\xA4\xE2\x82\xAC", 5 }, "\xC3\xA4\xE2\x82\xAC" },
    { "cut UTF-8", { "\xE2\x82", 2 }, "\\xE2\\x82" },
    { "overlong", { "\xC0\xAF", 2 }, "\\xC0\\xAF" },
    { "right-to-left override", { "\xE2\x80\xAE", 3 }, "\\xE2\\x80\\xAE" },
    { "zero width", { "a\xE2\x80\x8B", 4 }, "a\\xE2\\x80\\x8B" },
    { "line separator", { "\xE2\x80\xA8", 3 }, "\\xE2\\x80\\xA8" },
    { "byte order mark", { "\xEF\xBB\xBF", 3 }, "\\xEF\\xBB\\xBF" },
    { "tag", { "\xF3\xA0\x81\x81", 4 }, "\\xF3\\xA0\\x81\\x81" },
};

static const struct {
    const char *name;
    uint64_t number;
    const char *written;
} numbers[] = {
    { "zero", 0, "0" },
    { "one digit", 9, "9" },
    { "two digits", 10, "10" },
    { "the largest", UINT64_MAX, "18446744073709551615" },
};

static void out_visible_rows(void)
{
    for (size_t i = 0; i < sizeof visible / sizeof *visible; i++) {
        struct out *out = out_new_memory();

        out_visible(out, visible[i].octets);
        ROW_TRUE(visible[i].name, text_equal(out_held(out), text_of(visible[i].written)));
        out_free(out);
    }
}

static unsigned digit(char hex)
{
    return (unsigned)(hex <= '9' ? hex - '0' : hex - 'A' + 10);
}

/* The octets that were written visibly; their number. */
static size_t unescape(struct text written, char *octets)
{
    size_t len = 0;

    for (size_t i = 0; i < written.len; i++) {
        const char *at = written.at + i;

        if (*at != '\\') {
            octets[len++] = *at;
        } else if (at[1] == 'x') {
            octets[len++] = (char)(digit(at[2]) << 4 | digit(at[3]));
            i += 3;
        } else {
            octets[len++] = at[1] == 't' ? '\t' : at[1] == 'r' ? '\r' : at[1] == 'n' ? '\n' : '\\';
            i++;
        }
    }
    return len;
}

/* Octets are looked at several at once: each of them at each place among others, of which the first and the last plain ones. */
static void out_visible_places(void)
{
    enum { LEN_MAX = 26 };
    struct out *out = out_new_memory();

    for (unsigned octet = 0; octet < 0x100; octet++) {
        bool is_plain = octet >= ' ' && octet <= '~' && octet != '\\';

        for (size_t len = 1, at = 0; len <= LEN_MAX; at + 1 < len ? at++ : (len++, at = 0)) {
            char wire[LEN_MAX], octets[LEN_MAX];

            memset(wire, len % 2 ? ' ' : '~', len);
            wire[at] = (char)octet;
            out_visible(out, (struct text){ wire, len });
            struct text written = out_held(out);
            size_t longer = written.len - len;

            if ((longer == 0) != is_plain || (written.at[at] == '\\') == is_plain || unescape(written, octets) != len ||
                memcmp(octets, wire, len) != 0)
                ROW_TRUE("an octet among others", false);
            out_clear(out);
        }
    }
    out_free(out);
}

/* Each octet between two others, and all 65536 pairs: nothing but printable comes out, and nothing gets lost. */
static void out_visible_all(void)
{
    struct out *out = out_new_memory();
    char octets[64];

    for (unsigned pair = 0; pair < 0x10000; pair++) {
        const char wire[] = { 'a', (char)(pair >> 8), (char)pair, 'z' };
        bool is_printable = true;

        out_visible(out, (struct text){ wire, sizeof wire });
        struct text written = out_held(out);

        for (size_t at = 0, len; at < written.len; at += len) {
            uint32_t code = 0;

            len = utf8_character(text_part(written, at, 4), &code);
            is_printable &= len > 0 && code >= ' ' && (code < 0x7F || code > 0x9F);
            if (len == 0)
                break;
        }
        if (!is_printable || unescape(written, octets) != sizeof wire || memcmp(octets, wire, sizeof wire) != 0) {
            ROW_TRUE("pair of octets", false);
            break;
        }
        out_clear(out);
    }
    out_free(out);
}

static void out_numbers(void)
{
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        struct out *out = out_new_memory();

        out_number(out, numbers[i].number);
        ROW_TRUE(numbers[i].name, text_equal(out_held(out), text_of(numbers[i].written)));
        out_free(out);
    }
}

static char *large(void)
{
    char *octets = malloc(LARGE_OCTETS);

    for (size_t i = 0; i < LARGE_OCTETS; i++)
        octets[i] = (char)(i * 7 >> 3);
    return octets;
}

static void out_memory_grows(void)
{
    struct out *out = out_new_memory();
    char *octets = large();

    for (size_t at = 0, len = 1; at < LARGE_OCTETS; at += len, len = len * 2 + 1)
        out_text(out, text_part((struct text){ octets, LARGE_OCTETS }, at, len));
    CU_ASSERT_TRUE(text_equal(out_held(out), (struct text){ octets, LARGE_OCTETS }));
    CU_ASSERT_TRUE(out_flush(out));
    out_clear(out);
    CU_ASSERT_EQUAL(out_held(out).len, 0);
    out_repeat(out, '-', 3);
    CU_ASSERT_TRUE(text_equal(out_held(out), TEXT("---")));
    out_free(out);
    free(octets);
}

static void out_file_is_whole(void)
{
    int file = memfd_create("out", MFD_CLOEXEC);
    struct out *out = out_new(file);
    char *octets = large(), *back = malloc(LARGE_OCTETS);

    out_text(out, text_part((struct text){ octets, LARGE_OCTETS }, 0, 100));
    CU_ASSERT_EQUAL(lseek(file, 0, SEEK_END), 0);        /* buffered */
    out_text(out, text_part((struct text){ octets, LARGE_OCTETS }, 100, LARGE_OCTETS));
    CU_ASSERT_TRUE(out_flush(out));
    CU_ASSERT_EQUAL(pread(file, back, LARGE_OCTETS, 0), LARGE_OCTETS);
    CU_ASSERT_EQUAL(lseek(file, 0, SEEK_END), LARGE_OCTETS);
    CU_ASSERT_EQUAL(memcmp(octets, back, LARGE_OCTETS), 0);
    out_free(out);
    close(file);
    free(octets);
    free(back);
}

/* The end tells what became of all before, and leaves no descriptor. */
static void out_is_closed(void)
{
    int file = memfd_create("out", MFD_CLOEXEC), kept = dup(file), full = open("/dev/full", O_WRONLY | O_CLOEXEC);
    struct out *out = out_new(file), *lost = out_new(full);
    char back[4];

    out_string(out, "end");
    CU_ASSERT_EQUAL(out_close(out), 0);
    CU_ASSERT_EQUAL(fcntl(file, F_GETFD), -1);
    CU_ASSERT_EQUAL(pread(kept, back, sizeof back, 0), 3);
    out_string(lost, "end");
    CU_ASSERT_EQUAL(out_close(lost), ENOSPC);
    CU_ASSERT_EQUAL(fcntl(full, F_GETFD), -1);
    CU_ASSERT_EQUAL(out_close(out_new(full)), EBADF);
    close(kept);
}

/* A pipe that would block, read by a child: nothing is lost, nothing fails. */
static void out_waits(void)
{
    int ends[2];
    char *octets = large();

    CU_ASSERT_EQUAL_FATAL(pipe2(ends, O_NONBLOCK), 0);
    pid_t child = fork();

    if (child == 0) {
        char part[4096];
        size_t sum = 0;

        close(ends[1]);
        fcntl(ends[0], F_SETFL, 0);
        for (ssize_t len; (len = read(ends[0], part, sizeof part)) > 0;)
            sum += (size_t)len;
        _exit(sum == LARGE_OCTETS ? 0 : 1);
    }
    close(ends[0]);
    struct out *out = out_new(ends[1]);

    out_text(out, (struct text){ octets, LARGE_OCTETS });
    CU_ASSERT_TRUE(out_flush(out));
    CU_ASSERT_EQUAL(out_error(out), 0);
    close(ends[1]);
    int status = -1;

    waitpid(child, &status, 0);
    CU_ASSERT_EQUAL(status, 0);
    out_free(out);
    free(octets);
}

static void expect_error(const char *row, int descriptor, int error)
{
    struct out *out = out_new(descriptor);

    out_string(out, "lost");
    ROW_TRUE(row, !out_flush(out) && out_error(out) == error);
    out_string(out, "more");
    ROW_TRUE(row, !out_flush(out) && out_error(out) == error);
    out_free(out);
}

static void out_errors_stick(void)
{
    struct sigaction ignore = { .sa_handler = SIG_IGN }, before;
    int ends[2], full = open("/dev/full", O_WRONLY | O_CLOEXEC);

    CU_ASSERT_EQUAL_FATAL(pipe(ends), 0);
    close(ends[0]);
    sigaction(SIGPIPE, &ignore, &before);
    expect_error("closed pipe", ends[1], EPIPE);
    sigaction(SIGPIPE, &before, NULL);
    close(ends[1]);
    expect_error("closed descriptor", ends[1], EBADF);
    expect_error("no descriptor", -1, EBADF);
    if (full >= 0)
        expect_error("full disk", full, ENOSPC);
    close(full);
}

void base_out_suite(void);
void base_out_suite(void)
{
    CU_pSuite suite = CU_add_suite("base/out", NULL, NULL);

    CU_add_test(suite, "visible", out_visible_rows);
    CU_add_test(suite, "visible, at every place", out_visible_places);
    CU_add_test(suite, "visible, all octets", out_visible_all);
    CU_add_test(suite, "numbers", out_numbers);
    CU_add_test(suite, "memory grows", out_memory_grows);
    CU_add_test(suite, "a file is whole", out_file_is_whole);
    CU_add_test(suite, "a file is closed", out_is_closed);
    CU_add_test(suite, "waits where it would block", out_waits);
    CU_add_test(suite, "errors stick", out_errors_stick);
}
