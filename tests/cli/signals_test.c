#include "cli/signals.h"

#include <CUnit/CUnit.h>

static void signals_ask(void)
{
    static const int asking[] = { SIGINT, SIGTERM };
    struct signals before;
    struct sigaction now, deadly = { .sa_handler = SIG_DFL }, mine;

    sigaction(SIGINT, &deadly, &mine);           /* a shell's background job has it ignored */
    for (size_t i = 0; i < 2; i++) {
        signals_begin(&before);
        CU_ASSERT_EQUAL(*signals_stopped(), 0);
        raise(SIGPIPE);
        CU_ASSERT_EQUAL(*signals_stopped(), 0);
        raise(asking[i]);
        CU_ASSERT_NOT_EQUAL(*signals_stopped(), 0);
        /* The second one kills. */
        sigaction(asking[i], NULL, &now);
        CU_ASSERT_TRUE(now.sa_handler == SIG_DFL);
        signals_end(&before);
    }
    sigaction(SIGINT, &mine, NULL);
}

static void signals_give_back(void)
{
    struct sigaction ignore = { .sa_handler = SIG_IGN }, mine, now;
    struct signals before;

    sigaction(SIGINT, &ignore, &mine);
    signals_begin(&before);
    raise(SIGINT);
    CU_ASSERT_EQUAL(*signals_stopped(), 0);      /* whoever started us ignores it */
    signals_stop();
    CU_ASSERT_NOT_EQUAL(*signals_stopped(), 0);
    signals_end(&before);
    sigaction(SIGINT, NULL, &now);
    CU_ASSERT_TRUE(now.sa_handler == SIG_IGN);
    sigaction(SIGINT, &mine, NULL);
}

void cli_signals_suite(void);
void cli_signals_suite(void)
{
    CU_pSuite suite = CU_add_suite("cli/signals", NULL, NULL);

    CU_add_test(suite, "they ask to stop", signals_ask);
    CU_add_test(suite, "they are given back", signals_give_back);
}
