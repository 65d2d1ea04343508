#include "report/report.h"

#include "tests/support/loaded.h"
#include "tests/support/sample.h"

static const char *const written[SAMPLE_CASES] = {
    "<3>error: 405 Method Not Allowed without Allow [status-405-allow-missing] PUT http://shop.example/a -> 405, a.pcap:42, "
    "198.18.0.2:40001 > 198.18.0.1:80, RFC9110 15.5.6\n"
    "<6>1 exchange: 1 error, 0 warnings, 0 info\n",
    "<3>error: \"]]>\\x1B\\xFF%25\\r\\n@user [status-405-allow-missing] PUT http://***@a/%0A,:|<b>\\n::error::x -> 405, "
    "a,b:c%0A <x>.pcap:42, 198.18.0.2:40001 > 198.18.0.1:80, RFC9110 15.5.6\n"
    "<6>1 exchange: 1 error, 0 warnings, 0 info\n",
    "<4>warning: 405 Method Not Allowed without Allow [status-405-allow-missing] (request not seen) -> (response not seen), -, "
    "RFC9110 15.5.6\n"
    "<6>1 exchange: 0 errors, 1 warning, 0 info\n",
    "<6>1 exchange: 0 errors, 0 warnings, 1 info\n",
    "<6>1 exchange: 1 error, 0 warnings, 0 info\n",
    "<6>1 exchange: 1 error, 0 warnings, 0 info\n",
};

static void syslog_cases(void)
{
    sample_check("syslog", written);
}

/* Notes about the whole input are for everybody, others for those who ask; exchanges likewise. */
static void syslog_others(void)
{
    static const struct {
        const char *name;
        struct httplint_note note;
        struct report_options options;
        const char *written;
    } rows[] = {
        { "losses", { .code = "gap", .message = "3 lost\n", .stream = -1 }, { 0 }, "<5>note: 3 lost\\n [gap] eth0\n" },
        { "a packet", { .code = "gap", .message = "3 lost", .frame = 7, .stream = -1 }, { 0 }, "" },
        { "a connection", { .code = "gap", .message = "3 lost", .stream = 2 }, { 0 }, "" },
        { "a packet, and asked for", { .code = "gap", .message = "3 lost", .frame = 7 }, { .shows_notes = true },
          "<5>note: 3 lost [gap] eth0:7\n" },
        { "exchanges", { .code = "gap", .frame = 7 }, { .shows_exchanges = true },
          "<6>PUT http://shop.example/a -> 405, eth0:40, 198.18.0.2:40001 > 198.18.0.1:80\n" },
    };
    static char got[4096];
    struct httplint_exchange exchange = sample_exchange();

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct sample_report sample = { .format = "syslog", .file = "eth0", .options = rows[i].options,
                                              .exchange = &exchange, .note = &rows[i].note };

        sample_write(&sample, got, sizeof got);
        ROW_STRING(rows[i].name, got, rows[i].written);
    }
}

void report_syslog_suite(void);
void report_syslog_suite(void)
{
    CU_pSuite suite = CU_add_suite("report/syslog", NULL, NULL);

    CU_add_test(suite, "records", syslog_cases);
    CU_add_test(suite, "notes and exchanges", syslog_others);
}
