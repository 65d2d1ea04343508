#include "engine/rule.h"

#include "tests/support/loaded.h"

static void rule_severities(void)
{
    static const char *const names[] = { "off", "info", "warning", "error" };
    enum severity severity;

    for (unsigned i = 0; i < 4; i++) {
        ROW_TRUE(names[i], severity_find(text_of(names[i]), &severity) && (unsigned)severity == i);
        ROW_STRING(names[i], severity_name((enum severity)i), names[i]);
    }
    CU_ASSERT(!severity_find(TEXT("Error"), &severity));
    CU_ASSERT(!severity_find(TEXT(""), &severity));
    CU_ASSERT(SEVERITY_OFF < SEVERITY_INFO && SEVERITY_INFO < SEVERITY_WARNING && SEVERITY_WARNING < SEVERITY_ERROR);
}

void engine_rule_suite(void);
void engine_rule_suite(void)
{
    CU_add_test(CU_add_suite("engine/rule", NULL, NULL), "severities", rule_severities);
}
