#include "input/line.h"

#include "tests/support/capture_seen.h"

static const struct {
    const char *line, *octets; /* NULL: an escape that is none */
    size_t len;                /* 0: that of `octets` */
    size_t fault_at;
} octets[] = {
    { "", "\r\n", 0, 0 },
    { "abc", "abc\r\n", 0, 0 },
    { "abc\\", "abc", 0, 0 },
    { "\\", "", 0, 0 },
    { "a\\\\", "a\\\r\n", 0, 0 },
    { "a\\\\\\", "a\\", 0, 0 },
    { "\\r\\n\\t", "\r\n\t\r\n", 0, 0 },
    { "\\x41\\xff\\xFf", "A\xff\xff\r\n", 0, 0 },
    { "\\x00", "\0\r\n", 3, 0 },
    { "\\>>>", ">>>\r\n", 0, 0 },
    { "\\<<< a\\", "<<< a", 0, 0 },
    { "\\---", "---\r\n", 0, 0 },
    { "\\=== x", "=== x\r\n", 0, 0 },
    { "a >>>", "a >>>\r\n", 0, 0 },
    { "\t\xc3\xa4", "\t\xc3\xa4\r\n", 0, 0 },
    { "ab\\q", NULL, 0, 2 },
    { "\\>>", NULL, 0, 0 },
    { "a\\>>>", NULL, 0, 1 },
    { "\\x4", NULL, 0, 0 },
    { "\\x4g", NULL, 0, 0 },
    { "\\xg4", NULL, 0, 0 },
    { "a\\x\\", NULL, 0, 1 },
    { "\\ ", NULL, 0, 0 },
};

static void line_octets(void)
{
    for (size_t i = 0; i < sizeof octets / sizeof *octets; i++) {
        struct text line = text_of(octets[i].line);
        size_t wanted = octets[i].len || !octets[i].octets ? octets[i].len : strlen(octets[i].octets);
        uint8_t made[32];
        size_t len = 0;
        const char *fault = line_read_octets(line, made, &len);

        if (octets[i].octets)
            CAPTURE_ROW(octets[i].line, !fault && len == wanted && memcmp(made, octets[i].octets, len) == 0);
        else
            CAPTURE_ROW(octets[i].line, fault == line.at + octets[i].fault_at);
    }
}

static const struct {
    const char *behind;
    int fault_at;              /* -1: none */
    unsigned connection, nwords;
    int64_t delay_us;
} markers[] = {
    { "", -1, 0, 0, 0 },
    { "  \t", -1, 0, 0, 0 },
    { " [+0.5s]", -1, 0, 0, 500000 },
    { " [conn 2]", -1, 2, 0, 0 },
    { " [+10s] [conn 64]", -1, 64, 0, 10000000 },
    { "[conn 1][+0.000001s]", -1, 1, 0, 1 },
    { " [+99999999.999999s]", -1, 0, 0, 99999999999999 },
    { " close server", -1, 0, 2, 0 },
    { " close [+1s] server[conn 3]", -1, 3, 2, 1000000 },
    { " gap client 100", -1, 0, 3, 0 },
    { " a b c d", 7, 0, 0, 0 },
    { " [+0.5]", 1, 0, 0, 0 },
    { " [0.5s]", 1, 0, 0, 0 },
    { " [+s]", 1, 0, 0, 0 },
    { " [+.5s]", 1, 0, 0, 0 },
    { " [+5.s]", 1, 0, 0, 0 },
    { " [+-5s]", 1, 0, 0, 0 },
    { " [+0.5ms]", 1, 0, 0, 0 },
    { " [+100000000s]", 1, 0, 0, 0 },
    { " [+0.0000001s]", 1, 0, 0, 0 },
    { " [+1s] [+1s]", 7, 0, 0, 0 },
    { " [conn 0]", 1, 0, 0, 0 },
    { " [conn 65]", 1, 0, 0, 0 },
    { " [conn 99999999999999999999]", 1, 0, 0, 0 },
    { " [conn  1]", 1, 0, 0, 0 },
    { " [conn]", 1, 0, 0, 0 },
    { " [conn 1] [conn 1]", 10, 0, 0, 0 },
    { " [conn 1", 1, 0, 0, 0 },
    { " []", 1, 0, 0, 0 },
    { " [", 1, 0, 0, 0 },
    { " [x]", 1, 0, 0, 0 },
};

static void line_markers(void)
{
    for (size_t i = 0; i < sizeof markers / sizeof *markers; i++) {
        const char *behind = markers[i].behind;
        struct line_marker marker;
        const char *fault = line_read_marker(text_of(behind), 3, &marker);

        CAPTURE_ROW(behind, (fault ? (int)(fault - behind) : -1) == markers[i].fault_at);
        if (fault)
            continue;
        CAPTURE_ROW(behind, marker.connection == markers[i].connection);
        CAPTURE_ROW(behind, marker.nwords == markers[i].nwords);
        CAPTURE_ROW(behind, marker.delay_us == markers[i].delay_us);
    }
}

static void line_no_words(void)
{
    static const char behind[] = " [conn 1] word";
    struct line_marker marker;

    CU_ASSERT(line_read_marker(text_of(behind), 0, &marker) == behind + 10);
}

static void line_ends(void)
{
    struct text rest = TEXT("a\r\n\nb\r\r\nc");
    static const char *const wanted[] = { "a", "", "b\r", "c" };

    for (size_t i = 0; i < 4; i++)
        CAPTURE_ROW(wanted[i], text_equal(line_next(&rest), text_of(wanted[i])));
    CU_ASSERT(rest.len == 0);
}

static void line_words(void)
{
    static const char *const wanted[] = { "a", "b-c", "d" };
    struct text rest = TEXT(" a,,b-c , \td, "), word;

    for (size_t i = 0; i < 3; i++)
        CAPTURE_ROW(wanted[i], line_word(&rest, ',', &word) && text_equal(word, text_of(wanted[i])));
    CU_ASSERT(!line_word(&rest, ',', &word));
}

static const struct {
    const char *line;
    bool is_marker, is_comment, is_id;
} kinds[] = {
    { "", false, false, false },        { "===", true, false, false },
    { ">>> x", true, false, false },    { "<<<x", true, false, false },
    { "----", true, false, false },     { "--", false, false, false },
    { " >>>", false, false, false },    { "# x", false, true, false },
    { "#", false, true, false },        { "#x", false, false, false },
    { "status-405", false, false, true }, { "Status", false, false, false },
    { "a_b", false, false, false },
};

static void line_kinds(void)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        struct text line = text_of(kinds[i].line);

        CAPTURE_ROW(kinds[i].line, line_is_marker(line) == kinds[i].is_marker);
        CAPTURE_ROW(kinds[i].line, line_is_comment(line) == kinds[i].is_comment);
        CAPTURE_ROW(kinds[i].line, line_is_id(line) == kinds[i].is_id);
    }
}

void input_line_suite(void);
void input_line_suite(void)
{
    CU_pSuite suite = CU_add_suite("input/line", NULL, NULL);

    CU_add_test(suite, "octets and escapes", line_octets);
    CU_add_test(suite, "what follows a marker", line_markers);
    CU_add_test(suite, "no words allowed", line_no_words);
    CU_add_test(suite, "ends of lines", line_ends);
    CU_add_test(suite, "words", line_words);
    CU_add_test(suite, "kinds of lines", line_kinds);
}
