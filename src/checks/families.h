/*
 * families.h - the checks that rules can name, a list of families.
 */
#ifndef HTTPLINT_CHECKS_FAMILIES_H
#define HTTPLINT_CHECKS_FAMILIES_H

#include "engine/check.h"

/* Each family ends in a check without a name; NULL ends the list. */
extern const struct check *const check_families[];

extern const struct check auth_checks[];
extern const struct check cache_checks[];
extern const struct check cond_checks[];
extern const struct check connection_checks[];
extern const struct check dav_checks[];
extern const struct check field_checks[];
extern const struct check host_checks[];
extern const struct check range_checks[];
extern const struct check redirect_checks[];
extern const struct check repeat_checks[];
extern const struct check representation_checks[];
extern const struct check resource_checks[];
extern const struct check status_checks[];
extern const struct check timing_checks[];
extern const struct check upgrade_checks[];

#endif
