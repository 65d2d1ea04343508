#include "tests/support/octets_check.h"

#include <CUnit/CUnit.h>
#include <stdio.h>
#include <stdlib.h>

#include "tests/support/octets_facts.h"

bool octets_head_is(const char *name, const struct message *message, const char *expected)
{
    char *got;
    size_t len;
    FILE *out = open_memstream(&got, &len);

    octets_anomalies(out, message);
    fclose(out);
    bool is_equal = strcmp(got, expected) == 0;
    if (!is_equal)
        printf("\n    %s: expected anomalies %s, but got %s\n", name, expected, got);
    free(got);
    return is_equal;
}

void octets_fail(const char *name)
{
    printf("\n    %s\n", name);
    CU_FAIL("a row");
}
