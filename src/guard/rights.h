/*
 * rights.h - capabilities(7) and users: who this process is, and what root's share of it may.
 */
#ifndef HTTPLINT_GUARD_RIGHTS_H
#define HTTPLINT_GUARD_RIGHTS_H

#include "base/errors.h"

/* Drops every capability from all sets, but CAP_DAC_READ_SEARCH where `reads_others_files` and it is held. False with
 * an error if one is left. */
bool rights_drop(bool reads_others_files, struct errors *);

/* Becomes `user` with its groups, for good; needs root. False with an error if there is no such user or the kernel
 * refuses; then the process must not go on. */
bool rights_become(const char *user, struct errors *);

#endif
