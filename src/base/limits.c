#include "base/limits.h"

const struct limits limits_default = {
#define LIMIT(member, value, words) .member = (value),
    LIMITS(LIMIT)
#undef LIMIT
};
