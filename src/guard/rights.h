/*
 * rights.h - capabilities(7) and users: who this process is, and what root's share of it may.
 */
#ifndef HTTPLINT_GUARD_RIGHTS_H
#define HTTPLINT_GUARD_RIGHTS_H

#include <sys/types.h>

#include "base/errors.h"

/* What may be kept of root's rights. */
enum rights {
    RIGHTS_READ_FILES = 1,               /* of whatever owner */
    RIGHTS_WRITE_FILES = 2,              /* into whatever folder */
    RIGHTS_GIVE_FILES = 4                /* to another owner */
};

/* Drops every capability from all sets, but those that `kept`, enum rights bits, stands for, as far as they are held. False
 * with an error if one is left. */
bool rights_drop(unsigned kept, struct errors *);

/* Becomes `user` with its groups, for good, and leaves the bounding set; needs root. False with an error if there is no
 * such user or the kernel refuses; then the process must not go on. */
bool rights_become(const char *user, struct errors *);

/* True if there is such a user. */
bool rights_know(const char *user, uid_t *, gid_t *);

#endif
