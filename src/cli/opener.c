#include "cli/opener.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "base/memory.h"
#include "guard/passing.h"
#include "guard/sandbox.h"
#include "input/binding.h"
#include "input/live.h"

enum { WORDS_MAX = 256, NAME_SIZE = 256 };

struct allowed {
    enum opener_use use;
    char *path;
};

struct opener {
    struct allowed *allowed;
    size_t nallowed;
    struct shelf *shelf;                 /* NULL: none */
    char *folder;                        /* NULL: none */
    bool (*is_right)(const char *name);  /* of a file in it */
    struct binding bindings[LIVE_INTERFACES_MAX];
    size_t nbindings;
    bool has_owner;                      /* of kept packets */
    uid_t owner;
    gid_t group;
    bool has_refused;
    int socket;                          /* to the process, or in it to the one it works for; -1: there is none */
    pid_t process;
};

/* All that can be asked. */
enum question { ASK_FILE, ASK_KEPT, ASK_MADE, ASK_REMOVED, ASK_LEND, ASK_BIND };

struct request {
    enum question what;
    uint32_t number;                     /* of what was allowed, or of an interface */
    int64_t time_us;                     /* ASK_KEPT */
    char name[NAME_SIZE];                /* ASK_MADE, ASK_REMOVED: in the folder */
};

struct answer {
    int error;                           /* errno, 0: it is done */
};

/* Paths, for the sandbox. */
struct places {
    char **items;
    size_t count;
};

/* What a process says first: the layer of the sandbox that it lacks, or nothing. */
struct greeting {
    char missing[WORDS_MAX];
};

struct opener *opener_new(void)
{
    struct opener *opener = memory_new(sizeof *opener);

    opener->socket = -1;
    return opener;
}

void opener_free(struct opener *opener)
{
    if (!opener)
        return;
    if (opener->socket >= 0) {
        close(opener->socket);
        while (waitpid(opener->process, NULL, 0) < 0 && errno == EINTR)
            ;
    }
    for (size_t i = 0; i < opener->nallowed; i++)
        memory_free(opener->allowed[i].path);
    for (size_t i = 0; i < opener->nbindings; i++)
        memory_free((char *)(uintptr_t)opener->bindings[i].interface);
    memory_free(opener->allowed);
    shelf_free(opener->shelf);
    memory_free(opener->folder);
    memory_free(opener);
}

void opener_allow(struct opener *opener, enum opener_use use, const char *path)
{
    opener->allowed = memory_grow(opener->allowed, opener->nallowed + 1, sizeof *opener->allowed);
    opener->allowed[opener->nallowed++] = (struct allowed){ use, memory_string(path) };
}

void opener_allow_shelf(struct opener *opener, struct shelf *shelf)
{
    opener->shelf = shelf;
}

void opener_allow_folder(struct opener *opener, const char *path, bool (*is_right)(const char *name))
{
    opener->folder = memory_string(path);
    opener->is_right = is_right;
}

void opener_allow_interface(struct opener *opener, const char *name, bool is_modest)
{
    opener->bindings[opener->nbindings++] =
        (struct binding){ .socket = -1, .interface = memory_string(name), .hardware = -1, .is_modest = is_modest };
}

/* ---- what is done for who asks ---- */

static int open_as(enum opener_use use, const char *path)
{
    static const int flags[] = { [OPENER_READ] = O_RDONLY, [OPENER_APPEND] = O_WRONLY | O_CREAT | O_APPEND,
                                 [OPENER_REPLACE] = O_WRONLY | O_CREAT | O_TRUNC };

    return open(path, flags[use] | O_CLOEXEC | O_NOCTTY, 0666);
}

/* A file that begins is its owner's, one that goes on is whose it was. Gives the descriptor, or -1 with errno. */
static int own(const struct opener *opener, int descriptor)
{
    struct stat status;

    if (descriptor >= 0 && opener->has_owner && fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode) &&
        status.st_size == 0 && fchown(descriptor, opener->owner, opener->group) != 0) {
        int error = errno;

        close(descriptor);
        errno = error;
        return -1;
    }
    return descriptor;
}

/* The path of a file in the folder; false if it is none that may be asked for. */
static bool find_in_folder(const struct opener *opener, const char name[NAME_SIZE], char path[PATH_MAX])
{
    return opener->folder && memchr(name, '\0', NAME_SIZE) && !strchr(name, '/') && opener->is_right(name) &&
           snprintf(path, PATH_MAX, "%s/%s", opener->folder, name) < PATH_MAX;
}

static int make(const struct opener *opener, const char name[NAME_SIZE])
{
    char path[PATH_MAX];

    if (find_in_folder(opener, name, path))
        return own(opener, open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOCTTY | O_NOFOLLOW, 0600));
    errno = EPERM;
    return -1;
}

static int lend(struct binding *binding, int socket)
{
    if (binding->socket >= 0)
        return EEXIST;
    binding->socket = socket;
    binding->hardware = binding_hardware(socket, binding->interface);
    return 0;
}

/* ---- the process ---- */

/* Gives errno; a descriptor to be passed back goes to `opened`. Takes `given`. */
static int obey(struct opener *opener, const struct request *request, int given, int *opened)
{
    char path[PATH_MAX];

    switch (request->what) {
    case ASK_FILE:
        if (request->number >= opener->nallowed)
            return EPERM;
        *opened = open_as(opener->allowed[request->number].use, opener->allowed[request->number].path);
        return *opened < 0 ? errno : 0;
    case ASK_KEPT:
        *opened = opener->shelf ? own(opener, shelf_next(opener->shelf, request->time_us)) : -1;
        return !opener->shelf ? EPERM : *opened < 0 ? errno : 0;
    case ASK_MADE:
        *opened = make(opener, request->name);
        return *opened < 0 ? errno : 0;
    case ASK_REMOVED:
        return !find_in_folder(opener, request->name, path) ? EPERM : unlink(path) == 0 ? 0 : errno;
    case ASK_LEND:
        return request->number < opener->nbindings && given >= 0 ? lend(&opener->bindings[request->number], given)
                                                                 : EPERM;
    case ASK_BIND:
        return request->number < opener->nbindings ? binding_renew(&opener->bindings[request->number]) : EPERM;
    }
    return EPERM;
}

static void serve(struct opener *opener)
{
    struct request request;
    int given;

    while (passing_receive(opener->socket, &request, sizeof request, &given)) {
        int opened = -1;
        const struct answer answer = { obey(opener, &request, given, &opened) };

        if (given >= 0 && (request.what != ASK_LEND || answer.error != 0))
            close(given);
        if (!passing_send(opener->socket, &answer, sizeof answer, opened))
            break;
        if (opened >= 0)
            close(opened);
    }
}

static void add(struct places *places, struct text path)
{
    places->items = memory_grow(places->items, places->count + 1, sizeof *places->items);
    places->items[places->count++] = memcpy(memory_new(path.len + 1), path.at, path.len);
}

/* Folders, since files are moved away and made anew; where a link leads to too. */
static void add_folders(struct places *places, const char *path)
{
    char *behind = realpath(path, NULL);
    struct text folder = file_folder(path);

    add(places, folder.len > 0 ? folder : TEXT("."));
    if (behind)
        add(places, file_folder(behind));
    free(behind);
}

static void clear_places(struct places *places)
{
    for (size_t i = 0; i < places->count; i++)
        memory_free(places->items[i]);
    memory_free(places->items);
}

static bool confine(const struct opener *opener, struct errors *missing)
{
    struct places readable = { 0 }, writable = { 0 };

    for (size_t i = 0; i < opener->nallowed; i++)
        add_folders(opener->allowed[i].use == OPENER_READ ? &readable : &writable, opener->allowed[i].path);
    if (opener->shelf)
        add_folders(&writable, shelf_path(opener->shelf));
    if (opener->folder)
        add(&writable, text_of(opener->folder));
    const struct sandbox_needs needs = {
        .readable = (const char *const *)readable.items,
        .nreadable = readable.count,
        .writable = (const char *const *)writable.items,
        .nwritable = writable.count,
        .rights = RIGHTS_READ_FILES | RIGHTS_WRITE_FILES | (opener->has_owner ? RIGHTS_GIVE_FILES : 0),
        .has_sockets = true,
        .binds_interfaces = true,
    };
    bool is_whole = sandbox_enter(&needs, missing);

    clear_places(&readable);
    clear_places(&writable);
    return is_whole;
}

/* Nothing of what the other process has open is this one's, but for the socket, the shelf's folder and what /dev/stdout
 * and the like may stand for. */
static void let_go(const struct opener *opener)
{
    unsigned one = (unsigned)opener->socket, two = opener->shelf ? (unsigned)shelf_folder(opener->shelf) : one;
    unsigned low = one < two ? one : two, high = one < two ? two : one;

    if (low > STDERR_FILENO + 1)
        close_range(STDERR_FILENO + 1, low - 1, 0);
    if (high > low + 1)
        close_range(low + 1, high - 1, 0);
    close_range(high + 1, ~0U, 0);
}

/* Signals are for the process it works for; when that ends, so does this one. */
static void ignore_signals(void)
{
    static const int numbers[] = { SIGINT, SIGTERM, SIGHUP, SIGUSR1, SIGUSR2, SIGQUIT };

    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        signal(numbers[i], SIG_IGN);
}

static void live_apart(struct opener *opener, bool is_confined)
{
    struct errors missing = { 0 };
    struct greeting greeting = { 0 };

    memory_on_exhaustion(NULL, NULL);
    prctl(PR_SET_NAME, "httplint-opener");
    ignore_signals();
    let_go(opener);
    if (is_confined && !confine(opener, &missing))
        snprintf(greeting.missing, sizeof greeting.missing, "%s", missing.items[0].words);
    errors_clear(&missing);
    if (passing_send(opener->socket, &greeting, sizeof greeting, -1))
        serve(opener);
    _exit(0);
}

/* ---- who asks ---- */

static bool greet(struct opener *opener, struct errors *missing, struct errors *errors)
{
    struct greeting greeting;
    int none;

    if (!passing_receive(opener->socket, &greeting, sizeof greeting, &none))
        return errors_add(errors, NULL, 0, 0, "the process that opens files does not begin: %s", strerror(errno));
    if (greeting.missing[0])
        errors_add(missing, NULL, 0, 0, "%.*s, for the process that opens files", WORDS_MAX - 1, greeting.missing);
    return true;
}

bool opener_begin(struct opener *opener, const struct opener_conduct *conduct, struct errors *missing,
                  struct errors *errors)
{
    int sockets[2];

    if (!conduct->is_apart)
        return true;
    opener->has_owner = conduct->owner && rights_know(conduct->owner, &opener->owner, &opener->group);
    if (!passing_pair(sockets))
        return errors_add(errors, NULL, 0, 0, "no process that opens files can be made: %s", strerror(errno));
    opener->process = fork();
    if (opener->process == 0) {
        opener->socket = sockets[1];
        live_apart(opener, conduct->is_confined);
    }
    close(sockets[1]);
    if (opener->process < 0) {
        close(sockets[0]);
        return errors_add(errors, NULL, 0, 0, "no process that opens files can be made: %s", strerror(errno));
    }
    opener->socket = sockets[0];
    shelf_free(opener->shelf);           /* it is the process's now */
    opener->shelf = NULL;
    return greet(opener, missing, errors);
}

/* Gives errno; what was opened goes to `opened`. */
static int ask(struct opener *opener, const struct request *request, int given, int *opened)
{
    struct answer answer;

    *opened = -1;
    if (opener->socket < 0)
        return obey(opener, request, given, opened);
    if (!passing_send(opener->socket, request, sizeof *request, given) ||
        !passing_receive(opener->socket, &answer, sizeof answer, opened))
        return errno;
    return answer.error;
}

static int ask_open(struct opener *opener, const struct request *request)
{
    int opened, error = ask(opener, request, -1, &opened);

    if (error == 0 && opened < 0)
        error = EMFILE;                  /* it was passed, and this process has no room for it */
    errno = error;
    return error == 0 ? opened : -1;
}

static bool is_file(const struct allowed *allowed, enum opener_use use, const char *path)
{
    return allowed->use == use && strcmp(allowed->path, path) == 0;
}

int opener_file(struct opener *opener, enum opener_use use, const char *path)
{
    uint32_t number = 0;

    if (opener->socket < 0)
        return open_as(use, path);
    while (number < opener->nallowed && !is_file(&opener->allowed[number], use, path))
        number++;
    if (number < opener->nallowed)
        return ask_open(opener, &(struct request){ .what = ASK_FILE, .number = number });
    opener->has_refused = true;
    errno = EPERM;
    return -1;
}

bool opener_has_refused(struct opener *opener)
{
    bool has_refused = opener->has_refused;

    opener->has_refused = false;
    return has_refused;
}

int opener_learn(void *context, const char *path)
{
    int descriptor = open_as(OPENER_READ, path);

    if (descriptor >= 0)
        opener_allow(context, OPENER_READ, path);
    return descriptor;
}

int opener_read(void *context, const char *path)
{
    return opener_file(context, OPENER_READ, path);
}

int opener_replace(void *context, const char *path)
{
    return opener_file(context, OPENER_REPLACE, path);
}

int opener_kept(void *context, int64_t time_us)
{
    return ask_open(context, &(struct request){ .what = ASK_KEPT, .time_us = time_us });
}

static struct request about_name(enum question what, const char *name)
{
    struct request request = { .what = what };

    snprintf(request.name, sizeof request.name, "%s", strlen(name) < sizeof request.name ? name : "");
    return request;
}

int opener_make(struct opener *opener, const char *name)
{
    const struct request request = about_name(ASK_MADE, name);

    return ask_open(opener, &request);
}

int opener_remove(struct opener *opener, const char *name)
{
    const struct request request = about_name(ASK_REMOVED, name);
    int none;

    return ask(opener, &request, -1, &none);
}

bool opener_lend(struct opener *opener, size_t number, int socket)
{
    int none, error = ask(opener, &(struct request){ .what = ASK_LEND, .number = (uint32_t)number }, socket, &none);

    errno = error;
    return error == 0;
}

int opener_bind(void *context, size_t number)
{
    int none;

    return ask(context, &(struct request){ .what = ASK_BIND, .number = (uint32_t)number }, -1, &none);
}

bool opener_is_there(const struct opener *opener)
{
    return opener->socket < 0 || passing_is_open(opener->socket);
}
