#include "guard/passing.h"

#include <CUnit/CUnit.h>
#include <errno.h>
#include <sys/socket.h>
#include <unistd.h>

void guard_passing_suite(void);

static void messages(void)
{
    int sockets[2], ends[2], passed, number = 7, got = 0;
    char octet = 0;

    CU_ASSERT_FATAL(passing_pair(sockets) && pipe(ends) == 0);
    CU_ASSERT_TRUE(passing_send(sockets[0], &number, sizeof number, ends[1]));
    CU_ASSERT_TRUE(passing_send(sockets[0], &number, sizeof number, -1));
    CU_ASSERT_TRUE(passing_receive(sockets[1], &got, sizeof got, &passed));
    CU_ASSERT_TRUE(got == 7 && passed >= 0 && passed != ends[1]);
    CU_ASSERT_TRUE(write(passed, "x", 1) == 1 && read(ends[0], &octet, 1) == 1 && octet == 'x');
    close(passed);
    CU_ASSERT_TRUE(passing_receive(sockets[1], &got, sizeof got, &passed));
    CU_ASSERT_EQUAL(passed, -1);
    close(ends[0]);
    close(ends[1]);
    close(sockets[0]);
    close(sockets[1]);
}

/* What comes from a process that is not itself any more. */
static void oddities(void)
{
    static const char odd[64] = { 0 };
    int sockets[2], number, passed;

    CU_ASSERT_FATAL(passing_pair(sockets));
    CU_ASSERT_TRUE(passing_is_open(sockets[1]));
    CU_ASSERT_TRUE(passing_send(sockets[0], odd, 1, sockets[0]));
    CU_ASSERT_TRUE(passing_send(sockets[0], odd, sizeof odd, sockets[0]));
    for (int i = 0; i < 2; i++) {
        CU_ASSERT_FALSE(passing_receive(sockets[1], &number, sizeof number, &passed));
        CU_ASSERT_TRUE(errno == EPROTO && passed == -1);
    }
    close(sockets[0]);
    CU_ASSERT_FALSE(passing_is_open(sockets[1]));
    CU_ASSERT_FALSE(passing_receive(sockets[1], &number, sizeof number, &passed));
    CU_ASSERT_EQUAL(errno, EPIPE);
    CU_ASSERT_FALSE(passing_send(sockets[1], &number, sizeof number, -1));
    CU_ASSERT_EQUAL(errno, EPIPE);
    close(sockets[1]);
}

void guard_passing_suite(void)
{
    CU_pSuite suite = CU_add_suite("guard/passing", NULL, NULL);

    CU_add_test(suite, "messages with and without a file", messages);
    CU_add_test(suite, "odd messages, and nobody at the other end", oddities);
}
