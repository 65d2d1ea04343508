#include "http/value/repeat.h"

bool repeat_meets(struct repeat *repeat, struct text name)
{
    for (unsigned i = 0; i < repeat->count; i++)
        if (text_equal_nocase(repeat->names[i], name))
            return true;
    if (repeat->count < REPEAT_MAX)
        repeat->names[repeat->count++] = name;
    return false;
}
