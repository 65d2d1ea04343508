/*
 * syscalls.h - which calls of the kernel are left: seccomp(2), through libseccomp.
 */
#ifndef HTTPLINT_GUARD_SYSCALLS_H
#define HTTPLINT_GUARD_SYSCALLS_H

#include "guard/sandbox.h"

/* False with an error where the kernel takes no filter. A call that only an intruder makes ends the process; any other
 * that is not needed fails with EPERM, so that a C library which tries something new is not the end of a report. */
bool syscalls_enter(const struct sandbox_needs *, struct errors *);

#endif
