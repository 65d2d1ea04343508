#include "input/shelf.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/memory.h"

enum { NAME_LEN = 255, ADDED_LEN = 64 /* number and time */ };

struct shelf {
    const struct shelf_options *options;
    int folder;
    const char *name;                    /* in the folder, as asked for */
    uint64_t nfiles;                     /* made so far */
    char **made;                         /* a ring of files_max names, by number; NULL: they are not counted */
};

static bool open_folder(struct shelf *shelf, struct errors *errors)
{
    const char *path = shelf->options->path;

    shelf->name = path + file_folder(path).len;
    if (!*shelf->name || strcmp(shelf->name, ".") == 0 || strcmp(shelf->name, "..") == 0 ||
        strlen(shelf->name) > NAME_LEN - ADDED_LEN / 2)
        return errors_add(errors, path, 0, 0, "names no file that packets can be kept in");
    char *folder = file_folder_path(path);

    shelf->folder = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    memory_free(folder);
    if (shelf->folder < 0 || faccessat(shelf->folder, ".", W_OK, AT_EACCESS) != 0)
        return errors_add(errors, path, 0, 0, "packets cannot be kept there: %s", strerror(errno));
    return true;
}

struct shelf *shelf_open(const struct shelf_options *options, struct errors *errors)
{
    struct shelf *shelf = memory_new(sizeof *shelf);

    shelf->options = options;
    shelf->folder = -1;
    if (options->files_max > 0)
        shelf->made = memory_new(options->files_max * sizeof *shelf->made);
    if (open_folder(shelf, errors))
        return shelf;
    shelf_free(shelf);
    return NULL;
}

void shelf_free(struct shelf *shelf)
{
    if (!shelf)
        return;
    if (shelf->folder >= 0)
        close(shelf->folder);
    for (uint64_t i = 0; shelf->made && i < shelf->options->files_max; i++)
        memory_free(shelf->made[i]);
    memory_free(shelf->made);
    memory_free(shelf);
}

static void compose(const struct shelf *shelf, int64_t time_us, char *name, size_t size)
{
    const char *dot = strrchr(shelf->name, '.');
    int stem = dot && dot != shelf->name ? (int)(dot - shelf->name) : (int)strlen(shelf->name);
    time_t seconds = (time_t)(time_us / 1000000);
    struct tm utc = { 0 };
    char stamp[32];

    gmtime_r(&seconds, &utc);
    strftime(stamp, sizeof stamp, "%Y%m%d%H%M%S", &utc);
    snprintf(name, size, "%.*s_%05llu_%s%s", stem, shelf->name, (unsigned long long)shelf->nfiles, stamp,
             shelf->name + stem);
}

static void remember(struct shelf *shelf, const char *name)
{
    char **slot;

    if (!shelf->made)
        return;
    slot = &shelf->made[shelf->nfiles % shelf->options->files_max];
    if (*slot)
        unlinkat(shelf->folder, *slot, 0);
    memory_free(*slot);
    *slot = memory_string(name);
}

int shelf_next(struct shelf *shelf, int64_t time_us)
{
    bool is_rotating = shelf->options->is_rotating, goes_on = shelf->nfiles++ > 0 && !is_rotating;
    int flags = O_WRONLY | O_CREAT | O_CLOEXEC | O_NOCTTY | (goes_on ? O_APPEND : O_TRUNC);
    char name[NAME_LEN + ADDED_LEN];

    if (is_rotating) {
        flags |= O_NOFOLLOW;             /* nobody asked for a link of a name that others can guess */
        compose(shelf, time_us, name, sizeof name);
        remember(shelf, name);
    } else {
        strcpy(name, shelf->name);
    }
    return openat(shelf->folder, name, flags, 0600);
}

int shelf_folder(const struct shelf *shelf)
{
    return shelf->folder;
}

const char *shelf_path(const struct shelf *shelf)
{
    return shelf->options->path;
}
