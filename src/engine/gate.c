#include "engine/gate.h"

#include "engine/history.h"

static void add_gate(struct compiled *compiled, const struct subject *subject, bool is_present)
{
    bool is_anomaly = subject->fact->kind == FACT_ANOMALY && is_present;

    if (compiled->ngates < GATES_MAX && (subject->fact->kind == FACT_FIELD || is_anomaly))
        compiled->gates[compiled->ngates++] = (struct gate){ subject->whose, subject->field, is_present, is_anomaly };
}

/* A value can only fit where there is one; a count can be nought. */
static void add_needed(struct compiled *compiled, const struct cond *cond)
{
    const struct test *test;

    for (uint32_t at = 0; (test = cond_next_needed(cond, &at)) != NULL;)
        if (test->kind != TEST_COUNT)
            add_gate(compiled, &test->subject, !test->is_negated);
}

/* The condition must not hold, so no test may that would be enough for it. */
static void add_avoided(struct compiled *compiled, const struct cond *cond)
{
    const struct test *test;

    for (uint32_t at = 0; (test = cond_next_sufficient(cond, &at)) != NULL;)
        if (test->kind == TEST_PRESENT)
            add_gate(compiled, &test->subject, test->is_negated);
}

bool gates_history_has(const struct check *check, const struct history *history)
{
    if (history && check->after_method != METHOD_UNKNOWN)
        return history_has_method(history, check->after_method);
    for (unsigned i = 0; history && i < CHECK_AFTER_MAX && check->after[i] > 0; i++)
        if (history_has_status(history, check->after[i]))
            return true;
    return false;
}

void gates_make(struct compiled *compiled)
{
    bool has_require = compiled->require.count > 0, has_forbid = compiled->forbid.count > 0;

    compiled->is_after = compiled->check && (compiled->check->after[0] > 0 || compiled->check->after_method != METHOD_UNKNOWN) &&
                         !has_require && !has_forbid;

    add_needed(compiled, &compiled->when);
    if (has_require && !has_forbid && !compiled->check)
        add_avoided(compiled, &compiled->require);
    if (has_forbid && !has_require && !compiled->check)
        add_needed(compiled, &compiled->forbid);
    if (compiled->check && !has_forbid && !has_require && compiled->non == 1)
        add_gate(compiled, compiled->on, true);
    add_avoided(compiled, &compiled->unless);
}
