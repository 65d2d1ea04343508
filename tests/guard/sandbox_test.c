#include "guard/sandbox.h"

#include <CUnit/CUnit.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/support/folder.h"
#include "tests/support/loaded.h"

/* A folder with allowed/a, allowed/folder/b, written/ and other; `link` in allowed/ leads to other. */
static char allowed[64], written[64];

static int touch(const char *name)
{
    int file = open(below(name), O_WRONLY | O_CREAT, 0600);

    return file < 0 || close(file) < 0 ? -1 : 0;
}

static int sandbox_begin(void)
{
    if (folder_begin() != 0)
        return -1;
    strcpy(allowed, below("allowed"));
    strcpy(written, below("written"));
    if (mkdir(allowed, 0700) < 0 || mkdir(written, 0700) < 0 || mkdir(below("allowed/folder"), 0700) < 0)
        return -1;
    return touch("allowed/a") < 0 || touch("allowed/folder/b") < 0 || touch("other") < 0 ||
                   symlink("../other", below("allowed/link")) < 0
               ? -1
               : 0;
}

static int sandbox_end(void)
{
    static const char *const files[] = { "allowed/a", "allowed/folder/b", "allowed/link", "other", "written/new",
                                         "written/newer" };

    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        unlink(below(files[i]));
    rmdir(below("allowed/folder"));
    rmdir(allowed);
    rmdir(written);
    return folder_end();
}

/* ---- deeds: 0, or -1 with errno ---- */

static int open_as(const char *name, int flags)
{
    int file = open(name[0] == '/' ? name : below(name), flags, 0600);

    return file < 0 || close(file) < 0 ? -1 : 0;
}

static int read_allowed(void) { return open_as("allowed/a", O_RDONLY); }
static int read_below(void) { return open_as("allowed/folder/b", O_RDONLY); }
static int read_link(void) { return open_as("allowed/link", O_RDONLY); }
static int read_other(void) { return open_as("other", O_RDONLY); }
static int read_passwd(void) { return open_as("/etc/passwd", O_RDONLY); }
static int write_allowed(void) { return open_as("allowed/a", O_WRONLY); }
static int empty_allowed(void) { return open_as("allowed/a", O_RDONLY | O_TRUNC); }
static int make_in_allowed(void) { return open_as("allowed/new", O_WRONLY | O_CREAT); }
static int make_in_written(void) { return open_as("written/new", O_WRONLY | O_CREAT); }
static int make_in_other(void) { return open_as("new", O_WRONLY | O_CREAT); }

static int rotate(void)
{
    char from[128];

    strcpy(from, below("written/new"));
    return open_as("written/new", O_WRONLY | O_CREAT) < 0 || rename(from, below("written/newer")) < 0 ||
                   unlink(below("written/newer")) < 0
               ? -1
               : 0;
}

static int move_away(void)
{
    char from[128];

    strcpy(from, below("written/new"));
    return make_in_written() < 0 ? -1 : rename(from, below("newer"));
}

static int remove_allowed(void) { return unlink(below("allowed/a")); }
static int make_socket(void) { return socket(AF_INET, SOCK_STREAM, 0) < 0 ? -1 : 0; }
static int connect_out(void) { return connect(0, &(struct sockaddr){ .sa_family = AF_UNIX }, sizeof(sa_family_t)); }
static int run_program(void) { return execl("/bin/true", "true", (char *)NULL); }
static int become_two(void) { return fork() < 0 ? -1 : 0; }
static int trace(void) { return ptrace(PTRACE_TRACEME, 0, NULL, NULL) < 0 ? -1 : 0; }
static int raise_rights(void) { return setuid(0); }

static int map_code(void)
{
    void *code = mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    return code == MAP_FAILED ? -1 : 0;
}

static int map_memory(void)
{
    void *memory = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    return memory == MAP_FAILED || munmap(memory, 4096) < 0 ? -1 : 0;
}

static void *idle(void *context) { return context; }

static int make_thread(void)
{
    pthread_t thread;

    errno = pthread_create(&thread, NULL, idle, NULL);
    return errno == 0 && pthread_join(thread, NULL) == 0 ? 0 : -1;
}

/* bind(2) of a descriptor that is no socket: not a matter of the network. */
static int bind_socket(void)
{
    const struct sockaddr nobody = { .sa_family = AF_UNIX };

    return bind(0, &nobody, sizeof nobody) < 0 && errno == EPERM ? -1 : 0;
}

static int give_away(void)
{
    int file = open(below("written/new"), O_WRONLY | O_CREAT, 0600);

    return file < 0 || fchown(file, geteuid(), getegid()) < 0 || close(file) < 0 ? -1 : 0;
}

/* A pipe of two ends is open as 10 and 11 before the sandbox is entered: nothing is to be written to the second. */
enum { PIPE_READ = 10, PIPE_SILENT };

static int write_silent(void) { return write(PIPE_SILENT, "x", 1) == 1 ? 0 : -1; }
static int write_silent_half(void) { return syscall(SYS_write, PIPE_SILENT | 1L << 32, "x", 1) == 1 ? 0 : -1; }
static int send_silent(void) { return send(PIPE_SILENT, "x", 1, 0) < 0 && errno == EPERM ? -1 : 0; }
static int double_silent(void) { return dup(PIPE_SILENT) < 0 ? -1 : 0; }
static int move_silent(void) { return dup3(PIPE_SILENT, 12, 0) < 0 ? -1 : 0; }
static int copy_silent(void) { return fcntl(PIPE_SILENT, F_DUPFD, 20) < 0 ? -1 : 0; }
static int copy_silent_too(void) { return fcntl(PIPE_SILENT, F_DUPFD_CLOEXEC, 20) < 0 ? -1 : 0; }
static int ask_silent(void) { return fcntl(PIPE_SILENT, F_GETFL) < 0 ? -1 : 0; }
static int write_beside(void) { return write(PIPE_READ, "x", 1) < 0 && errno == EBADF && dup(PIPE_READ) >= 0 ? 0 : -1; }

static int receive(void)
{
    char octet;

    return recv(3, &octet, 1, MSG_DONTWAIT) < 0 && errno == EPERM ? -1 : 0;
}

enum outcome { DONE, REFUSED, KILLED };
enum needs { READING, WRITING, LISTENING, OPENING };

static const struct {
    const char *name;
    enum needs plan;
    int (*deed)(void);
    enum outcome outcome;
} rows[] = {
    { "a file that was named", READING, read_allowed, DONE },
    { "a file below", READING, read_below, DONE },
    { "where a link leads to", READING, read_link, REFUSED },
    { "a file beside", READING, read_other, REFUSED },
    { "/etc/passwd", READING, read_passwd, REFUSED },
    { "an input written to", READING, write_allowed, REFUSED },
    { "an input emptied", READING, empty_allowed, REFUSED },
    { "a file made among inputs", READING, make_in_allowed, REFUSED },
    { "a file made without a folder for it", READING, make_in_written, REFUSED },
    { "an input removed", READING, remove_allowed, REFUSED },
    { "a file made", WRITING, make_in_written, DONE },
    { "a file renamed and removed", WRITING, rotate, DONE },
    { "a file moved away", WRITING, move_away, REFUSED },
    { "a file made beside", WRITING, make_in_other, REFUSED },
    { "an input written to by a writer", WRITING, write_allowed, REFUSED },
    { "an input removed by a writer", WRITING, remove_allowed, REFUSED },
    { "memory", READING, map_memory, DONE },
    { "code", READING, map_code, REFUSED },
    { "a thread", READING, make_thread, DONE },
    { "a process", READING, become_two, REFUSED },
    { "a program", READING, run_program, KILLED },
    { "a socket", READING, make_socket, REFUSED },
    { "a socket of a listener", LISTENING, make_socket, REFUSED },
    { "a file for a listener", LISTENING, read_allowed, REFUSED },
    { "a file made by a listener", LISTENING, make_in_written, REFUSED },
    { "a process of a listener", LISTENING, become_two, REFUSED },
    { "a program of a listener", LISTENING, run_program, KILLED },
    { "a socket bound by a listener", LISTENING, bind_socket, KILLED },
    { "root again for a listener", LISTENING, raise_rights, KILLED },
    { "a socket that is silent", LISTENING, write_silent, REFUSED },
    { "the same by half a register", LISTENING, write_silent_half, REFUSED },
    { "a message through it", LISTENING, send_silent, REFUSED },
    { "a second descriptor of it", LISTENING, double_silent, REFUSED },
    { "one of a number", LISTENING, move_silent, REFUSED },
    { "one above a number", LISTENING, copy_silent, REFUSED },
    { "one above a number that is closed on exec", LISTENING, copy_silent_too, REFUSED },
    { "what it is", LISTENING, ask_silent, DONE },
    { "another one that is not silent", LISTENING, write_beside, DONE },
    { "a file given away by a writer", WRITING, give_away, REFUSED },
    { "a socket of an opener", OPENING, make_socket, REFUSED },
    { "a socket bound by an opener", OPENING, bind_socket, DONE },
    { "a file for an opener", OPENING, read_allowed, DONE },
    { "a file beside for an opener", OPENING, read_other, REFUSED },
    { "a file made by an opener", OPENING, make_in_written, DONE },
    { "a file made beside by an opener", OPENING, make_in_other, REFUSED },
    { "a file given away by an opener", OPENING, give_away, DONE },
    { "a program of an opener", OPENING, run_program, KILLED },
    { "a connection", LISTENING, connect_out, KILLED },
    { "octets of an open socket", LISTENING, receive, DONE },
    { "octets of a socket for a reader", READING, receive, REFUSED },
    { "another process", READING, trace, KILLED },
    { "root again", READING, raise_rights, KILLED },
};

static bool enter(enum needs plan)
{
    const char *readable[] = { allowed, below("no such file") };
    const char *writable[] = { written };
    const int silent = PIPE_SILENT;
    const struct sandbox_needs needs = {
        .readable = readable,
        .nreadable = plan == LISTENING ? 0 : 2,
        .writable = writable,
        .nwritable = plan == WRITING || plan == OPENING,
        .rights = plan == OPENING ? RIGHTS_GIVE_FILES : 0,
        .has_sockets = plan == LISTENING || plan == OPENING,
        .binds_interfaces = plan == OPENING,
        .silent = &silent,
        .nsilent = plan == LISTENING,
    };
    struct errors missing = { 0 };
    bool is_whole = sandbox_enter(&needs, &missing);

    for (size_t i = 0; i < missing.count; i++)
        fprintf(stderr, "\n  %s\n", missing.items[i].words);
    errors_clear(&missing);
    return is_whole;
}

/* In the child; never returns. */
static void enter_and_do(enum needs plan, int (*deed)(void))
{
    int ends[2];

    if (pipe(ends) < 0 || dup2(ends[0], PIPE_READ) < 0 || dup2(ends[1], PIPE_SILENT) < 0)
        _exit(2);
    if (!enter(plan))
        _exit(2);
    _exit(deed() == 0 ? 0 : errno == EPERM || errno == EACCES || errno == EXDEV || errno == EAGAIN ? 1 : 3);
}

static bool is_as_expected(int status, enum outcome outcome)
{
    if (outcome == KILLED)
        return WIFSIGNALED(status) && WTERMSIG(status) == SIGSYS;
    return WIFEXITED(status) && WEXITSTATUS(status) == (outcome == REFUSED);
}

/* False, in clear words, where the kernel lacks a layer. */
static bool has_all_layers(void)
{
    int status;
    pid_t child = fork();

    if (child == 0)
        _exit(enter(READING) ? 0 : 2);
    if (waitpid(child, &status, 0) == child && status == 0)
        return true;
    printf("\n    skipped: this system lacks a layer of the sandbox ");
    return false;
}

static void sandbox_refuses(void)
{
    int status;

    if (!has_all_layers())
        return;

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        pid_t child = fork();

        if (child == 0)
            enter_and_do(rows[i].plan, rows[i].deed);
        CU_ASSERT_EQUAL_FATAL(waitpid(child, &status, 0), child);
        ROW_TRUE(rows[i].name, is_as_expected(status, rows[i].outcome));
    }
}

/* What the kernel says of a process: it waits in the sandbox until its pipe ends. */
static void sandbox_gives_up(void)
{
    static const char *const lines[] = { "\nCapEff:\t0000000000000000\n", "\nCapPrm:\t0000000000000000\n",
                                         "\nCapInh:\t0000000000000000\n", "\nCapAmb:\t0000000000000000\n",
                                         "\nNoNewPrivs:\t1\n", "\nSeccomp:\t2\n" };
    int ready[2], done[2];
    char path[64], status[8192], octet;

    if (!has_all_layers())
        return;
    CU_ASSERT_FATAL(pipe(ready) == 0 && pipe(done) == 0);
    pid_t child = fork();

    if (child == 0) {
        close(done[1]);
        bool is_whole = enter(READING);

        _exit(write(ready[1], "", 1) == 1 && read(done[0], &octet, 1) == 0 && is_whole ? 0 : 1);
    }
    CU_ASSERT_EQUAL(read(ready[0], &octet, 1), 1);
    snprintf(path, sizeof path, "/proc/%d/status", (int)child);
    int file = open(path, O_RDONLY);
    ssize_t len = read(file, status, sizeof status - 1);

    status[len > 0 ? len : 0] = '\0';
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        ROW_TRUE(lines[i], strstr(status, lines[i]) != NULL);
    close(file);
    close(done[1]);
    int ended;

    CU_ASSERT_TRUE(waitpid(child, &ended, 0) == child && ended == 0);
    close(done[0]);
    close(ready[0]);
    close(ready[1]);
}

void guard_sandbox_suite(void);
void guard_sandbox_suite(void)
{
    CU_pSuite suite = CU_add_suite("guard/sandbox", sandbox_begin, sandbox_end);

    CU_add_test(suite, "what is left, and what is refused", sandbox_refuses);
    CU_add_test(suite, "what the kernel says of it", sandbox_gives_up);
}
