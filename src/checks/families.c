#include "checks/families.h"

#include <stddef.h>

const struct check *const check_families[] = {
    auth_checks,
    cache_checks,
    cond_checks,
    connection_checks,
    dav_checks,
    field_checks,
    host_checks,
    range_checks,
    redirect_checks,
    repeat_checks,
    representation_checks,
    resource_checks,
    status_checks,
    timing_checks,
    upgrade_checks,
    NULL,
};
