#include "guard/rights.h"

#include <errno.h>
#include <grp.h>
#include <linux/capability.h>
#include <pwd.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

/* The kernel's two words of capability bits; glibc has no function for them. */
struct sets {
    struct __user_cap_data_struct words[_LINUX_CAPABILITY_U32S_3];
};

static bool sets_get(struct sets *sets)
{
    struct __user_cap_header_struct header = { _LINUX_CAPABILITY_VERSION_3, 0 };

    return syscall(SYS_capget, &header, sets->words) == 0;
}

static bool sets_put(const struct sets *sets)
{
    struct __user_cap_header_struct header = { _LINUX_CAPABILITY_VERSION_3, 0 };

    return syscall(SYS_capset, &header, sets->words) == 0;
}

/* The bounding set holds for programs that are executed; to shrink it takes CAP_SETPCAP, without which there is nothing
 * to gain from it either. */
static void bounding_drop(void)
{
    for (unsigned long capability = 0; capability <= 63; capability++)
        if (prctl(PR_CAPBSET_READ, capability, 0, 0, 0) == 1)
            prctl(PR_CAPBSET_DROP, capability, 0, 0, 0);
}

static uint32_t capabilities(unsigned rights)
{
    return (rights & RIGHTS_READ_FILES ? 1U << CAP_DAC_READ_SEARCH : 0) |
           (rights & RIGHTS_WRITE_FILES ? 1U << CAP_DAC_OVERRIDE : 0) | (rights & RIGHTS_GIVE_FILES ? 1U << CAP_CHOWN : 0);
}

bool rights_drop(unsigned kept, struct errors *errors)
{
    struct sets sets;

    bounding_drop();
    prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0);
    if (!sets_get(&sets))
        return errors_add(errors, NULL, 0, 0, "capabilities are not known: %s", strerror(errno));
    for (int i = 0; i < _LINUX_CAPABILITY_U32S_3; i++) {
        uint32_t mask = i == 0 ? capabilities(kept) : 0;

        sets.words[i].permitted &= mask;
        sets.words[i].effective &= mask;
        sets.words[i].inheritable = 0;
    }
    if (!sets_put(&sets))
        return errors_add(errors, NULL, 0, 0, "capabilities cannot be given up: %s", strerror(errno));
    return true;
}

/* What was asked for is read back: a process that only believes to be nobody is worse than one that knows it is root. */
static bool is_only(uid_t user, gid_t group)
{
    uid_t real, effective, saved;
    gid_t real_group, effective_group, saved_group;

    return getresuid(&real, &effective, &saved) == 0 && real == user && effective == user && saved == user &&
           getresgid(&real_group, &effective_group, &saved_group) == 0 && real_group == group &&
           effective_group == group && saved_group == group;
}

bool rights_become(const char *user, struct errors *errors)
{
    errno = 0;
    const struct passwd *entry = getpwnam(user);

    if (!entry)
        return errors_add(errors, NULL, 0, 0, "no user '%.200s'%s%s", user, errno ? ": " : "",
                          errno ? strerror(errno) : "");
    bounding_drop();                     /* who is not root any more cannot */
    if (initgroups(user, entry->pw_gid) < 0 || setresgid(entry->pw_gid, entry->pw_gid, entry->pw_gid) < 0 ||
        setresuid(entry->pw_uid, entry->pw_uid, entry->pw_uid) < 0)
        return errors_add(errors, NULL, 0, 0, "cannot become the user '%.200s': %s", user, strerror(errno));
    if (!is_only(entry->pw_uid, entry->pw_gid))
        return errors_add(errors, NULL, 0, 0, "did not become the user '%.200s'", user);
    return true;
}

bool rights_know(const char *user, uid_t *owner, gid_t *group)
{
    const struct passwd *entry = getpwnam(user);

    if (!entry)
        return false;
    *owner = entry->pw_uid;
    *group = entry->pw_gid;
    return true;
}
