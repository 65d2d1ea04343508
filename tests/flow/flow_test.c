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

void flow_flow_suite(void)
{
    CU_pSuite suite = CU_add_suite("flow/flow", NULL, NULL);

    CU_add_test(suite, "laws", test_laws);
}
