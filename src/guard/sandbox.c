#include "guard/sandbox.h"

#include <errno.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include "guard/landlock.h"
#include "guard/syscalls.h"

/* No core is left with what was captured, and no other process of the user may look into this one. */
static bool stay_private(struct errors *missing)
{
    const struct rlimit none = { 0, 0 };

    if (setrlimit(RLIMIT_CORE, &none) == 0 && prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0)
        return true;
    return errors_add(missing, NULL, 0, 0, "core dumps cannot be switched off: %s", strerror(errno));
}

/* Without it no program that is executed gains rights, and an unprivileged process may have the two layers below. */
static bool gain_nothing(struct errors *missing)
{
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0)
        return true;
    return errors_add(missing, NULL, 0, 0, "no_new_privs: %s", strerror(errno));
}

bool sandbox_enter(const struct sandbox_needs *needs, struct errors *missing)
{
    bool is_whole = stay_private(missing);

    is_whole &= rights_drop(needs->rights, missing);
    is_whole &= gain_nothing(missing);
    is_whole &= landlock_enter(needs, missing);
    return syscalls_enter(needs, missing) && is_whole;
}
