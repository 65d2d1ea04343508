#include "guard/landlock.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Rights and fields of interfaces that came after the headers we are built with. */
#define FS_REFER       (1ULL << 13) /* ABI 2 */
#define FS_TRUNCATE    (1ULL << 14) /* 3 */
#define FS_IOCTL_DEV   (1ULL << 15) /* 5 */
#define NET_BIND_TCP   (1ULL << 0)  /* 4 */
#define NET_CONNECT_TCP (1ULL << 1) /* 4 */
#define SCOPE_ABSTRACT_SOCKET (1ULL << 0) /* 6 */
#define SCOPE_SIGNAL   (1ULL << 1)  /* 6 */

/* struct landlock_ruleset_attr as of ABI 6. */
struct ruleset {
    uint64_t files, network, scoped;
};

enum { FS_ABI_1 = (1 << 13) - 1 };

static const uint64_t file_rights = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE |
                                    LANDLOCK_ACCESS_FS_EXECUTE | FS_TRUNCATE | FS_IOCTL_DEV;

static const uint64_t to_read = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;

/* Links and devices, folders and renames into other folders have no place in what we write. */
static const uint64_t to_write = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR |
                                 LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_MAKE_REG |
                                 LANDLOCK_ACCESS_FS_REMOVE_FILE | FS_TRUNCATE;

/* All that a kernel with this interface can forbid, and octets of the structure that it knows. */
static struct ruleset everything(long abi, size_t *size)
{
    struct ruleset all = { .files = FS_ABI_1 };

    all.files |= (abi >= 2 ? FS_REFER : 0) | (abi >= 3 ? FS_TRUNCATE : 0) | (abi >= 5 ? FS_IOCTL_DEV : 0);
    all.network = abi >= 4 ? NET_BIND_TCP | NET_CONNECT_TCP : 0;
    all.scoped = abi >= 6 ? SCOPE_ABSTRACT_SOCKET | SCOPE_SIGNAL : 0;
    *size = abi >= 6 ? sizeof all : abi >= 4 ? offsetof(struct ruleset, scoped) : offsetof(struct ruleset, network);
    return all;
}

/* A path that cannot be opened now cannot be opened later either, or must not: it gets no rule. Nor do pipes and
 * sockets (EBADFD), which Landlock leaves alone. */
static void allow(int ruleset, const struct ruleset *all, const char *path, uint64_t rights)
{
    struct landlock_path_beneath_attr rule = { .parent_fd = open(path, O_PATH | O_CLOEXEC) };
    struct stat status;

    if (rule.parent_fd < 0)
        return;
    rule.allowed_access = rights & all->files;
    if (fstat(rule.parent_fd, &status) == 0 && !S_ISDIR(status.st_mode))
        rule.allowed_access &= file_rights;
    syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
    close(rule.parent_fd);
}

bool landlock_enter(const struct sandbox_needs *needs, struct errors *errors)
{
    long abi = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
    size_t size;
    const struct ruleset all = everything(abi, &size);
    int ruleset = abi < 1 ? -1 : (int)syscall(SYS_landlock_create_ruleset, &all, size, 0);

    if (ruleset < 0)
        return errors_add(errors, NULL, 0, 0, "Landlock: %s", strerror(errno));
    for (size_t i = 0; i < needs->nreadable; i++)
        allow(ruleset, &all, needs->readable[i], to_read);
    for (size_t i = 0; i < needs->nwritable; i++)
        allow(ruleset, &all, needs->writable[i], to_write);
    bool is_entered = syscall(SYS_landlock_restrict_self, ruleset, 0) == 0;

    if (!is_entered)
        errors_add(errors, NULL, 0, 0, "Landlock: %s", strerror(errno));
    close(ruleset);
    return is_entered;
}
