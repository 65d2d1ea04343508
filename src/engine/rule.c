#include "engine/rule.h"

#include <assert.h>

static const char *const names[] = { "off", "info", "warning", "error" };

enum { NAMES = sizeof names / sizeof *names };

const char *severity_name(enum severity severity)
{
    assert((unsigned)severity < NAMES);
    return names[severity];
}

bool severity_find(struct text word, enum severity *severity)
{
    for (unsigned i = 0; i < NAMES; i++)
        if (text_equal(word, text_of(names[i]))) {
            *severity = (enum severity)i;
            return true;
        }
    return false;
}
