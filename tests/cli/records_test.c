#include "cli/records.h"

#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

#include "tests/support/loaded.h"
#include "tests/support/sample.h"

/* Octets that are wiped after the call, as those of a session are. */
struct fleeting {
    char url[32], message[32], words[32], version[4];
    unsigned interim[2];
};

static struct fleeting fill(size_t round)
{
    struct fleeting fleeting = { .version = "1.1", .interim = { 100, 103 } };

    snprintf(fleeting.url, sizeof fleeting.url, "http://a/%zu", round);
    snprintf(fleeting.message, sizeof fleeting.message, "message %zu", round);
    snprintf(fleeting.words, sizeof fleeting.words, "note %zu", round);
    return fleeting;
}

static struct httplint_text view(const char *string)
{
    return (struct httplint_text){ string, strlen(string) };
}

/* One exchange with a finding and one note, to `records` or, where that is NULL, to `outputs`. */
static void tell(size_t round, const struct httplint_rule *rule, struct records *records, struct outputs *outputs)
{
    struct fleeting fleeting = fill(round);
    struct httplint_exchange exchange = sample_exchange();
    struct httplint_finding finding = sample_finding(rule);
    const struct httplint_note note = { "limit", fleeting.words, round, -1 };

    exchange.url = view(fleeting.url);
    exchange.version = fleeting.version;
    exchange.interim = fleeting.interim;
    exchange.ninterim = 2;
    finding.message = finding.field = finding.evidence = view(fleeting.message);
    if (records) {
        records_exchange(records, &exchange, &finding, round % 2);
        records_note(records, &note);
    } else {
        outputs_exchange(outputs, "a", &exchange, &finding, round % 2);
        outputs_note(outputs, "a", &note);
    }
    memset(&fleeting, '?', sizeof fleeting);
}

static void run(bool is_later, const char *format, char written[8192])
{
    enum { ROUNDS = 12 };
    struct format chosen = { reporter_find(format), NULL };
    const struct options options = { .formats = &chosen, .nformats = 1, .shows_exchanges = true, .is_verbose = true };
    const struct words none = { 0 };
    const struct httplint_summary sum = { .exchanges = ROUNDS };
    const struct httplint_rule rule = sample_rule();
    struct errors errors = { 0 };
    int file = memfd_create("out", MFD_CLOEXEC);
    struct outputs *outputs = outputs_new(&options, file, &none, &errors);
    struct records *records = is_later ? records_new() : NULL;

    for (size_t round = 1; round <= ROUNDS; round++) {
        tell(round, &rule, records, outputs);
        if (records && round == ROUNDS / 2)
            records_tell(records, outputs, "a");
    }
    if (records)
        records_tell(records, outputs, "a");
    records_free(records);
    outputs_end(outputs, &sum, 1);
    CU_ASSERT_TRUE(outputs_close(outputs, &errors));
    ssize_t len = pread(file, written, 8191, 0);

    written[len > 0 ? len : 0] = '\0';
    close(file);
}

static void records_tell_the_same(void)
{
    static char at_once[8192], later[8192];

    for (size_t i = 0; reporters[i]; i++) {
        run(false, reporters[i]->name, at_once);
        run(true, reporters[i]->name, later);
        ROW_TRUE(reporters[i]->name, strlen(at_once) > 300);
        ROW_STRING(reporters[i]->name, later, at_once);
    }
}

static void records_are_counted(void)
{
    const struct httplint_rule rule = sample_rule();
    struct records *records = records_new();
    size_t before = records_octets(records);

    for (size_t round = 0; round < 1000; round++)
        tell(round, &rule, records, NULL);
    CU_ASSERT_TRUE(records_octets(records) > before + 100000);
    records_free(records);
    records_free(NULL);
}

void cli_records_suite(void);
void cli_records_suite(void)
{
    CU_pSuite suite = CU_add_suite("cli/records", NULL, NULL);

    CU_add_test(suite, "told later, told the same", records_tell_the_same);
    CU_add_test(suite, "their octets are counted", records_are_counted);
}
