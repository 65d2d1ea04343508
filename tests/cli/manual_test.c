#include "cli/manual.h"

#include <fcntl.h>
#include <unistd.h>

#include "tests/support/command.h"
#include "tests/support/loaded.h"

static struct command ran;

/* That readers of such pages are content is tested by tests/shipped/manual_test.sh. */
static void manual_says(void)
{
    static const char *const parts[] = {
        ".SH \"NAME\"\nhttplint \\- lint captured HTTP traffic\n",
        ".TP\n\\fB\\-f\\fR, \\fB\\-\\-filter\\fR \\fIBPF\\fR\nonly packets",
        ".SS \"Limits\"\n",
        ".TP\n\\fB3\\fR\nan input could not be read whole",
        "octets of one message head\n(default: 262144)\n",
        "There are 3 rules in the program.\n",
        ".TP\n\\fBown\\-allow\\fR \\fIerror\\fR\n405 without Allow\n",
        "\\(aqstatus\\-*,cache\\-*\\(aq",
        "\\fB\\&.httplint.yaml\\fR\n",
    };

    command_run("--no-default-rules --rules %/own.yaml --manual", &ran);
    CU_ASSERT_EQUAL(ran.status, 0);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        ROW_TRUE(parts[i], strstr(ran.out, parts[i]) != NULL);
}

/* Words of rules neither begin a request of roff nor an escape of it. */
static void manual_escapes(void)
{
    static const char yaml[] = "rules:\n  own-odd:\n    severity: info\n    message: .so /etc/passwd \\fB 'x' .br\n"
                               "    forbid: response.Server\n";

    CU_ASSERT_EQUAL_FATAL(command_write("odd.yaml", yaml, sizeof yaml - 1), 0);
    command_run("--no-default-rules --rules %/odd.yaml --manual", &ran);
    CU_ASSERT_PTR_NOT_NULL(strstr(ran.out, "\n\\&.so /etc/passwd \\efB \\(aqx\\(aq \\&.br\n"));
}

static void manual_fails(void)
{
    int full = open("/dev/full", O_WRONLY | O_CLOEXEC), nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);

    CU_ASSERT_EQUAL(command_run_to("--manual", full, nowhere), 3);
    CU_ASSERT_EQUAL(command_run_to("--rules %/bad.yaml --manual", nowhere, nowhere), 2);
    close(full);
    close(nowhere);
}

void cli_manual_suite(void);
void cli_manual_suite(void)
{
    CU_pSuite suite = CU_add_suite("cli/manual", command_begin, command_end);

    CU_add_test(suite, "says", manual_says);
    CU_add_test(suite, "escapes", manual_escapes);
    CU_add_test(suite, "fails", manual_fails);
}
