/*
 * landlock.h - which files may be opened from now on, by path: landlock(7).
 */
#ifndef HTTPLINT_GUARD_LANDLOCK_H
#define HTTPLINT_GUARD_LANDLOCK_H

#include "guard/sandbox.h"

/* False with an error where the kernel has no Landlock. What newer kernels restrict besides is restricted there. */
bool landlock_enter(const struct sandbox_needs *, struct errors *);

#endif
