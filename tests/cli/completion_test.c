#include "cli/completion.h"

#include <fcntl.h>
#include <unistd.h>

#include "tests/support/command.h"
#include "tests/support/loaded.h"

static struct command ran;

/* That shells obey is tested by tests/shipped/completion_test.sh. */
static const struct {
    const char *name, *line;
    int status;
    const char *out, *err;
} rows[] = {
    { "bash", "--completion bash", 0, "    --color) _httplint_words 'auto always never' \"$word\" ;;\n", NULL },
    { "bash, a letter", "--completion bash", 0, "    --filter | -f) compopt +o default ;;\n", NULL },
    { "zsh", "--completion zsh", 0, "        '(-h --help)'{-h,--help}'[show this help]' \\\n", NULL },
    { "zsh, escapes", "--completion zsh", 0, "'\\''spec\\:RFC9111 *'\\''", NULL },
    { "zsh, repeatable", "--completion zsh", 0, "'*--rules=[add a rules file]:FILE:_files'", NULL },
    { "fish", "--completion fish", 0, "complete -c httplint -l quiet -s q -d 'no summary", NULL },
    { "fish, escapes", "--completion fish", 0, "\\'spec:RFC9111 *\\'", NULL },
    { "another", "--completion csh", 2, NULL,
      "httplint: csh: no completions for this shell, there are: bash, zsh, fish\n" },
    { "inputs", "--completion bash a", 2, NULL, "--completion reads no input, yet 'a' is given" },
};

static void completion_rows(void)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        command_run(rows[i].line, &ran);
        ROW_TRUE(rows[i].name, ran.status == rows[i].status);
        ROW_TRUE(rows[i].name, rows[i].out ? strstr(ran.out, rows[i].out) != NULL : ran.out[0] == '\0');
        ROW_TRUE(rows[i].name, rows[i].err ? strstr(ran.err, rows[i].err) != NULL : ran.err[0] == '\0');
    }
}

/* Flags that are not for people are not completed. */
static void completion_hides(void)
{
    static const char *const lines[] = { "--completion bash", "--completion zsh", "--completion fish" };

    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        command_run(lines[i], &ran);
        ROW_TRUE(lines[i], strstr(ran.out, "rule-pages") == NULL);
    }
}

static void completion_fails(void)
{
    int full = open("/dev/full", O_WRONLY | O_CLOEXEC), nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);

    CU_ASSERT_EQUAL(command_run_to("--completion fish", full, nowhere), 3);
    close(full);
    close(nowhere);
}

void cli_completion_suite(void);
void cli_completion_suite(void)
{
    CU_pSuite suite = CU_add_suite("cli/completion", command_begin, command_end);

    CU_add_test(suite, "rows", completion_rows);
    CU_add_test(suite, "hides", completion_hides);
    CU_add_test(suite, "fails", completion_fails);
}
