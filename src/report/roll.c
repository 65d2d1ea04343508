#include "report/roll.h"

#include "base/memory.h"

struct roll {
    struct text *ids;
    size_t count;
};

struct roll *roll_new(void)
{
    return memory_new(sizeof(struct roll));
}

void roll_free(struct roll *roll)
{
    if (!roll)
        return;
    for (size_t i = 0; i < roll->count; i++)
        memory_free((char *)(uintptr_t)roll->ids[i].at);
    memory_free(roll->ids);
    memory_free(roll);
}

size_t roll_number(struct roll *roll, struct text id)
{
    for (size_t i = 0; i < roll->count; i++)
        if (text_equal(roll->ids[i], id))
            return i;
    char *copy = memory_new(id.len + 1);

    memcpy(copy, id.len > 0 ? id.at : "", id.len);
    roll->ids = memory_grow(roll->ids, roll->count + 1, sizeof *roll->ids);
    roll->ids[roll->count] = (struct text){ copy, id.len };
    return roll->count++;
}

size_t roll_count(const struct roll *roll)
{
    return roll->count;
}

struct text roll_id(const struct roll *roll, size_t number)
{
    return roll->ids[number];
}
