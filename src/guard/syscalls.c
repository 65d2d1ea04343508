#include "guard/syscalls.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <seccomp.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>

#define CALL(name) SCMP_SYS(name)

/* To read open and new files, to write open ones, memory, threads, time, signals. */
static const int needed[] = {
    CALL(read), CALL(pread64), CALL(readv), CALL(lseek), CALL(close), CALL(getdents64), CALL(fcntl), CALL(dup),
    CALL(fstat), CALL(newfstatat), CALL(stat), CALL(lstat), CALL(statx), CALL(access), CALL(faccessat),
    CALL(faccessat2), CALL(fadvise64), CALL(readlink), CALL(readlinkat), CALL(getcwd),
    CALL(write), CALL(pwrite64), CALL(writev), CALL(ftruncate), CALL(fsync), CALL(fdatasync),
    CALL(munmap), CALL(mremap), CALL(madvise), CALL(brk),
    CALL(futex), CALL(set_robust_list), CALL(rseq), CALL(exit), CALL(exit_group), CALL(sched_getaffinity),
    CALL(sched_yield), CALL(gettid), CALL(getpid), CALL(tgkill), CALL(getuid), CALL(geteuid), CALL(getgid),
    CALL(getegid), CALL(prlimit64), CALL(getrlimit), CALL(getrusage), CALL(uname), CALL(sysinfo), CALL(getrandom),
    CALL(clock_gettime), CALL(clock_getres), CALL(clock_nanosleep), CALL(nanosleep), CALL(gettimeofday), CALL(time),
    CALL(poll), CALL(ppoll), CALL(select), CALL(pselect6), CALL(restart_syscall),
    CALL(rt_sigaction), CALL(rt_sigprocmask), CALL(rt_sigreturn), CALL(sigaltstack),
};

/* Open sockets: the packet ring, and those that were passed or accepted. */
static const int needed_by_sockets[] = {
    CALL(recvfrom), CALL(recvmsg), CALL(sendto), CALL(sendmsg), CALL(getsockopt), CALL(setsockopt), CALL(accept4),
    CALL(accept), CALL(shutdown), CALL(getsockname), CALL(getpeername), CALL(epoll_wait), CALL(epoll_pwait),
    CALL(epoll_ctl), CALL(epoll_create1), CALL(eventfd2), CALL(dup3), CALL(wait4),
};

/* In folders that are written to. Landlock says which. */
static const int needed_to_write[] = {
    CALL(openat), CALL(open), CALL(rename), CALL(renameat), CALL(renameat2), CALL(unlink), CALL(unlinkat),
};

/* Nothing of ours ever makes one of these. */
static const int hostile[] = {
    CALL(execve), CALL(execveat), CALL(fork), CALL(vfork), CALL(ptrace), CALL(process_vm_readv),
    CALL(process_vm_writev), CALL(connect), CALL(listen), CALL(mount), CALL(umount2), CALL(chroot),
    CALL(pivot_root), CALL(setns), CALL(unshare), CALL(init_module), CALL(finit_module), CALL(delete_module),
    CALL(kexec_load), CALL(bpf), CALL(perf_event_open), CALL(keyctl), CALL(add_key), CALL(request_key),
    CALL(userfaultfd), CALL(io_uring_setup), CALL(symlink), CALL(symlinkat), CALL(link), CALL(linkat), CALL(mknod),
    CALL(mknodat), CALL(chmod), CALL(fchmodat), CALL(chown), CALL(fchownat), CALL(setuid), CALL(setgid),
    CALL(setresuid), CALL(setresgid), CALL(capset), CALL(reboot), CALL(swapon), CALL(settimeofday),
    CALL(clock_settime), CALL(memfd_create), CALL(open_by_handle_at),
};

/* A filter that is being made; the first failure is kept (0: none). */
struct making {
    scmp_filter_ctx filter;
    int failure;
};

/* A call that this machine's kernel never had is no failure. */
static void add_rule(struct making *making, uint32_t action, int call, const struct scmp_arg_cmp *wanted, unsigned count)
{
    int failure = seccomp_rule_add_array(making->filter, action, call, count, wanted);

    if (failure < 0 && failure != -EDOM && making->failure == 0)
        making->failure = failure;
}

static void add(struct making *making, uint32_t action, int call)
{
    add_rule(making, action, call, NULL, 0);
}

static void add_all(struct making *making, uint32_t action, const int *calls, size_t count)
{
    for (size_t i = 0; i < count; i++)
        add(making, action, calls[i]);
}

/* Allowed where argument `number`, looked at through `mask`, is `value`. */
static void add_if(struct making *making, int call, unsigned number, uint64_t mask, uint64_t value)
{
    const struct scmp_arg_cmp wanted = SCMP_CMP(number, SCMP_CMP_MASKED_EQ, mask, value);

    add_rule(making, SCMP_ACT_ALLOW, call, &wanted, 1);
}

#define ADD_ALL(making, action, calls) add_all(making, action, calls, sizeof calls / sizeof calls[0])

/* Calls that are right with the right arguments only. */
static void add_conditional(struct making *making, const struct sandbox_needs *needs)
{
    static const unsigned long asked[] = { TCGETS, TIOCGWINSZ, FIONREAD, SIOCGIFFLAGS, SIOCGIFINDEX, SIOCGIFHWADDR };
    const uint64_t changes = O_ACCMODE | O_CREAT | O_TRUNC | O_APPEND;

    if (needs->nwritable > 0) {
        ADD_ALL(making, SCMP_ACT_ALLOW, needed_to_write);
    } else if (needs->nreadable > 0) {
        add_if(making, CALL(openat), 2, changes, O_RDONLY);
        add_if(making, CALL(open), 1, changes, O_RDONLY);
    }
    if (needs->rights & RIGHTS_GIVE_FILES)
        add(making, SCMP_ACT_ALLOW, CALL(fchown));
    add(making, needs->binds_interfaces ? SCMP_ACT_ALLOW : SCMP_ACT_KILL_PROCESS, CALL(bind));
    add_if(making, CALL(mmap), 2, PROT_EXEC, 0);
    add_if(making, CALL(mprotect), 2, PROT_EXEC, 0);
    /* A thread, yes, and never a process. clone3 passes its flags in memory, where a filter cannot look: without it
     * the C library uses clone. */
    add_if(making, CALL(clone), 0, CLONE_THREAD, CLONE_THREAD);
    add(making, SCMP_ACT_ERRNO(ENOSYS), CALL(clone3));
    for (size_t i = 0; i < sizeof asked / sizeof asked[0]; i++)
        add_if(making, CALL(ioctl), 1, UINT32_MAX, asked[i]);
}

/* Through a packet socket frames could be sent as well. A filter of its own, since it takes away from what the other one
 * allows: of two the stricter one counts. A second descriptor of the same socket would be a way around it, and so would
 * the upper half of a register, which the kernel does not look at. */
static int silence(const struct sandbox_needs *needs)
{
    static const int writers[] = { CALL(write), CALL(writev), CALL(pwrite64), CALL(sendto), CALL(sendmsg), CALL(dup),
                                   CALL(dup3) };
    static const uint64_t doublers[] = { F_DUPFD, F_DUPFD_CLOEXEC };
    struct making making = { .filter = seccomp_init(SCMP_ACT_ALLOW) };

    if (!making.filter)
        return -ENOMEM;
    for (size_t i = 0; i < needs->nsilent; i++) {
        const struct scmp_arg_cmp socket = { 0, SCMP_CMP_MASKED_EQ, UINT32_MAX, (uint32_t)needs->silent[i] };

        for (size_t call = 0; call < sizeof writers / sizeof *writers; call++)
            add_rule(&making, SCMP_ACT_ERRNO(EPERM), writers[call], &socket, 1);
        for (size_t n = 0; n < sizeof doublers / sizeof *doublers; n++) {
            const struct scmp_arg_cmp both[] = { socket, { 1, SCMP_CMP_MASKED_EQ, UINT32_MAX, doublers[n] } };

            add_rule(&making, SCMP_ACT_ERRNO(EPERM), CALL(fcntl), both, 2);
        }
    }
    if (making.failure == 0)
        making.failure = seccomp_load(making.filter);
    seccomp_release(making.filter);
    return making.failure;
}

bool syscalls_enter(const struct sandbox_needs *needs, struct errors *errors)
{
    struct making making = { .filter = seccomp_init(SCMP_ACT_ERRNO(EPERM)) };
    int failure = needs->nsilent > 0 ? silence(needs) : 0;   /* first, since the other one allows no second */

    if (!making.filter)
        return errors_add(errors, NULL, 0, 0, "seccomp: no filter can be made");
    ADD_ALL(&making, SCMP_ACT_ALLOW, needed);
    if (needs->has_sockets)
        ADD_ALL(&making, SCMP_ACT_ALLOW, needed_by_sockets);
    add_conditional(&making, needs);
    ADD_ALL(&making, SCMP_ACT_KILL_PROCESS, hostile);
    if (making.failure == 0)
        making.failure = seccomp_load(making.filter);
    seccomp_release(making.filter);
    if (making.failure == 0)
        making.failure = failure;
    if (making.failure < 0)
        return errors_add(errors, NULL, 0, 0, "seccomp: %s", strerror(-making.failure));
    return true;
}
