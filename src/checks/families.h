/*
 * families.h - the checks that rules can name, a list of families.
 */
#ifndef HTTPLINT_CHECKS_FAMILIES_H
#define HTTPLINT_CHECKS_FAMILIES_H

#include "engine/check.h"

/* Each family ends in a check without a name; NULL ends the list. */
extern const struct check *const check_families[];

extern const struct check status_checks[];

#endif
