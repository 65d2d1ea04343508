#include "cli/summary.h"

#include "tests/support/loaded.h"

#define NOTHING "0 exchanges in 0 streams (0 requests, 0 responses)\n0 errors, 0 warnings, 0 info\n"

static const struct {
    const char *name;
    struct httplint_summary summary;
    size_t inputs;
    const char *written;
} rows[] = {
    { "nothing", { 0 }, 0, "0 inputs, 0 packets, 0 octets: " NOTHING },
    { "octets", { .octets = 999 }, 1, "1 input, 999 octets: " NOTHING },
    { "thousands", { .octets = 1000, .packets = 1 }, 2, "2 inputs, 1 packet, 1.0 kB: " NOTHING },
    { "millions", { .octets = 2500000 }, 2, "2 inputs, 2.5 MB: " NOTHING },
    { "the most", { .octets = UINT64_MAX }, 2, "2 inputs, 18.4 EB: " NOTHING },
    { "an entry of a log", { .entries = 1, .exchanges = 1, .requests = 1 }, 1,
      "1 input, 1 entry: 1 exchange (1 request, 0 responses)\n0 errors, 0 warnings, 0 info\n" },
    { "entries and packets", { .entries = 2, .packets = 3, .octets = 4, .streams = 1 }, 2,
      "2 inputs, 3 packets, 2 entries, 4 octets: 0 exchanges in 1 stream (0 requests, 0 responses)\n"
      "0 errors, 0 warnings, 0 info\n" },
    { "all",
      { .packets = 9, .octets = 10, .streams = 1, .requests = 1, .responses = 2, .exchanges = 1,
        .statuses = { [100] = 1, [200] = 2 }, .findings = { 0, 3, 2, 1 }, .notes = { 4 } },
      1,
      "1 input, 9 packets, 10 octets: 1 exchange in 1 stream (1 request, 2 responses)\n"
      "1 error, 2 warnings, 3 info\n"
      "what the captures do not show (-v tells where):\n"
      "    4 x octets are missing from the stream [gap]\n" },
};

static void summary_rows(void)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct out *out = out_new_memory();

        summary_tell(out, &rows[i].summary, rows[i].inputs, NULL);
        out_text(out, (struct text){ "", 1 });
        ROW_STRING(rows[i].name, out_held(out).at, rows[i].written);
        out_free(out);
    }
}

void cli_summary_suite(void);
void cli_summary_suite(void)
{
    CU_pSuite suite = CU_add_suite("cli/summary", NULL, NULL);

    CU_add_test(suite, "totals in words", summary_rows);
}
