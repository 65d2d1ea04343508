/* Laws of the whole floor: what a capture does to a connection does not change what comes out. */
#include "flow/flow.h"

#include <CUnit/CUnit.h>
#include <stdio.h>
#include <string.h>

#include "tests/support/dialogue.h"
#include "tests/support/flowscript.h"

void flow_flow_suite(void);

enum { EACH = 150 };

static const struct {
    const char *name;
    unsigned spoil;
} laws[] = {
    { "in order", 0 },
    { "numbers pass 2^32", SPOIL_WRAP },
    { "reordered", SPOIL_REORDER | SPOIL_WRAP },
    { "doubled", SPOIL_DOUBLE },
    { "sent again in other cuts", SPOIL_RESEND | SPOIL_WRAP },
    { "sent again and reordered", SPOIL_RESEND | SPOIL_REORDER },
    { "bad checksums among them", SPOIL_BAD },
    { "bad checksums among them, reordered", SPOIL_BAD | SPOIL_REORDER | SPOIL_WRAP },
    { "old timestamps among them", SPOIL_OLD },
    { "old timestamps among them, reordered", SPOIL_OLD | SPOIL_REORDER },
    { "out of place", SPOIL_FAR | SPOIL_WRAP },
    { "out of place, reordered", SPOIL_FAR | SPOIL_REORDER },
    { "everything that loses nothing", 127 & ~SPOIL_RESEND },
    { "and sent again", 127 & ~SPOIL_OLD },
    { "old timestamps and sent again", SPOIL_OLD | SPOIL_RESEND },
    { "one lost", SPOIL_LOSE },
    { "one lost, reordered", SPOIL_LOSE | SPOIL_REORDER | SPOIL_WRAP },
    { "one lost among much out of place", SPOIL_LOSE | SPOIL_REORDER | SPOIL_DOUBLE | SPOIL_FAR },
    { "from the middle on", SPOIL_MIDDLE | SPOIL_WRAP },
    { "from the middle on, reordered", SPOIL_MIDDLE | SPOIL_REORDER },
};

static void test_laws(void)
{
    for (size_t i = 0; i < sizeof laws / sizeof *laws; i++)
        for (uint64_t seed = 1; seed <= EACH; seed++) {
            const char *wrong = dialogue_run(seed, laws[i].spoil);

            if (wrong) {
                CU_FAIL("a law is broken");
                printf("\n    %s, seed %u: %s\n", laws[i].name, (unsigned)seed, wrong);
                break;
            }
        }
}

/* Limits, each low enough to be met by a few segments. */

#define HANDSHAKE "> S 100\n< SA 300 101\n> A 101 301\n"

static const struct flowscript_row few_rows[] = {
    { "the connection idle for longest is dropped",
      HANDSHAKE "> A 101 301 'a'\n> A 5 6 port=7\n> A 5 6 port=8\n> A 5 6 port=9\n> A 102 301 'b'\n",
      "open >0:a !limit@0 >unseen <unseen close 1!limit@0 1open? 1>unseen 1<unseen 1close "
      "2!limit@0 2open? 2>unseen 2<unseen 2close 3open? 3>unseen 3<unseen 3close "
      "4open? 4!midstream@8 4>0-0 4>0:b 4>unseen 4<unseen 4!one-sided@0 4close" },
    { "one that is over goes before it, unnoted",
      HANDSHAKE "> S 1 port=7\n< RA 0 2 port=7\ntick 1000000\n> A 101 301 'a'\n> S 1 port=8\n> S 1 port=9\n"
                "> A 102 301 'b'\n",
      "1open 1>rst 1<rst 1close open >0:a 2!limit@0 2open 2>unseen 2<unseen 2close >1:b >unseen <unseen close "
      "3open 3>unseen 3<unseen 3close" },
    { "then one that never began", "> S 1 port=7\n" HANDSHAKE "> S 1 port=8\n> S 1 port=9\n> A 101 301 'a'\n",
      "!limit@0 open >unseen <unseen close 2open 2>unseen 2<unseen 2close 1open 1>0:a 1>unseen 1<unseen 1close "
      "3open 3>unseen 3<unseen 3close" },
};

static void test_few_connections(void)
{
    struct limits limits = limits_default;

    limits.connections = 2;
    flowscript_check(few_rows, sizeof few_rows / sizeof *few_rows, &limits);
}

static const struct flowscript_row short_queue_rows[] = {
    { "a segment too many", HANDSHAKE "> A 103 301 'c'\n> A 105 301 'e'\n> A 107 301 'g'\n> A 101 301 'ab'\n",
      "!limit@6 !gap@4 open >0-2 >2:c !gap@5 >3-1 >4:e !gap@6 >5-1 >6:g >unseen <unseen close" },
    { "an octet too many", HANDSHAKE "> A 103 301 'cdefghij'\n> A 101 301 'ab'\n",
      "!limit@4 !gap@4 open >0-2 >2:cdefghij >unseen <unseen close" },
};

static void test_short_queue(void)
{
    struct limits limits = limits_default;

    limits.queue_segments = 2;
    limits.queue_octets = 7;
    flowscript_check(short_queue_rows, 1, &limits);
    flowscript_check(short_queue_rows + 1, 1, &limits);
}

static const struct flowscript_row little_memory_rows[] = {
    { "who has waited for longest gives way",
      HANDSHAKE "> S 100 port=7\n< SA 300 101 port=7\n> A 103 301 'c'\n> A 103 301 'c' port=7\n"
                "> A 101 301 'ab'\n> A 101 301 'ab' port=7\n",
      "!limit@0 !gap@6 open >0-2 >2:c 1open 1>0:ab 1>2:c >unseen <unseen close 1>unseen 1<unseen 1close" },
};

static void test_little_memory(void)
{
    struct limits limits = limits_default;

    limits.memory_octets = 200;
    flowscript_check(little_memory_rows, sizeof little_memory_rows / sizeof *little_memory_rows, &limits);
}

static const struct flowscript_row time_rows[] = {
    { "idle for too long", HANDSHAKE "> A 101 301 'a'\n> A 102 301 'b' +600000000\n> A 103 301 'c'\n",
      "open >0:a >1:b >2:c >unseen <unseen close" },
    { "idle for too long, as others show",
      HANDSHAKE "> A 101 301 'a'\n> S 1 port=7 +600000000\n> S 1 port=7\n> A 102 301 'b'\n",
      "open >0:a >unseen <unseen close 1open 1>unseen 1<unseen 1close 2open? 2!midstream@7 2>0-0 2>0:b "
      "2>unseen 2<unseen 2!one-sided@0 2close" },
    { "one time that is far off ages nobody",
      HANDSHAKE "> A 101 301 'a'\n> S 1 port=7 +600000000\n> A 102 301 'b' +-600000000\n",
      "open >0:a >1:b >unseen <unseen close 1open 1>unseen 1<unseen 1close" },
    { "the clock goes back", HANDSHAKE "> A 101 301 'a' +-90000000\n> A 102 301 'b' +-90000000\n",
      "open >0:a >1:b >unseen <unseen close" },
    { "a SYN is sent again for minutes", "> S 1\n> S 1 +60000000\n> S 1 +60000000\n< SA 7 2\n> A 2 8 'a'\n",
      "open >0:a >unseen <unseen close" },
    { "a late RST belongs to the connection that is over",
      HANDSHAKE "> AF 101 301\n< AF 301 102\n> S 1 port=7 +60000000\n> S 1 port=7\n> R 102\n",
      "open >fin <fin close 1open 1>unseen 1<unseen 1close" },
    { "live: a tick ends what is idle", HANDSHAKE "> A 101 301 'a'\ntick 600000000\n> A 102 301 'b'\n",
      "open >0:a >unseen <unseen close 1open? 1!midstream@6 1>0-0 1>0:b 1>unseen 1<unseen 1!one-sided@0 1close" },
    { "nothing is left after the end", HANDSHAKE "> A 101 301 'a'\nfinish\ntick 1\nfinish\n",
      "open >0:a >unseen <unseen close" },
    { "at the end, in order of the numbers", "> A 9 9 port=3\n> A 9 9 port=1\n> A 9 9 port=2\n",
      "open? >unseen <unseen close 1open? 1>unseen 1<unseen 1close 2open? 2>unseen 2<unseen 2close" },
};

static void test_time(void)
{
    flowscript_check(time_rows, sizeof time_rows / sizeof *time_rows, NULL);
}

static void test_roomless_table(void)
{
    static const struct flowscript_row row = {
        "in a full table what is over is forgotten after its time",
        HANDSHAKE "> AF 101 301\n< AF 301 102\n> S 1 port=7 +60000000\n> S 1 port=7\n> R 102\n",
        "open >fin <fin close 1open 1>unseen 1<unseen 1close 2open? 2>rst 2<rst 2close",
    };
    struct limits limits = limits_default;

    limits.connections = 4;
    flowscript_check(&row, 1, &limits);
}

void flow_flow_suite(void)
{
    CU_pSuite suite = CU_add_suite("flow/flow", NULL, NULL);

    CU_add_test(suite, "laws", test_laws);
    CU_add_test(suite, "few connections", test_few_connections);
    CU_add_test(suite, "short queue", test_short_queue);
    CU_add_test(suite, "little memory", test_little_memory);
    CU_add_test(suite, "time", test_time);
    CU_add_test(suite, "table without room", test_roomless_table);
}
