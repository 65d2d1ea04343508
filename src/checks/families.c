#include "checks/families.h"

#include <stddef.h>

const struct check *const check_families[] = {
    status_checks,
    NULL,
};
