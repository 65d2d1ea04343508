#include "cli/confine.h"

#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/memory.h"
#include "cli/tell.h"
#include "guard/sandbox.h"

/* Paths of the options, and one that is made here. */
struct paths {
    const char **readable;
    size_t nreadable;
    char *written; /* the folder of the baseline that is written at the end, NULL: none */
};

static void gather_links(struct paths *paths, const struct input_files *files)
{
    struct stat status;

    for (size_t i = 0; i < files->count; i++)
        if (lstat(files->paths[i], &status) == 0 && S_ISLNK(status.st_mode))
            paths->readable[paths->nreadable++] = files->paths[i];
}

/* The inputs as they were named stand for all below them, but for what links lead to. */
static void gather_readable(struct paths *paths, const struct options *options, const struct input_files *files,
                            const struct input_files *old)
{
    size_t room = options->inputs.count + files->count + old->count + 1;

    paths->readable = memory_new(room * sizeof *paths->readable);
    for (size_t i = 0; i < options->inputs.count; i++)
        paths->readable[paths->nreadable++] = options->inputs.items[i];
    if (options->compared)
        paths->readable[paths->nreadable++] = options->compared;
    gather_links(paths, files);
    gather_links(paths, old);
}

static void tell_missing(const struct options *options, const struct errors *missing,
                         struct out *err)
{
    bool is_required = options->sandbox == SANDBOX_REQUIRE;

    if (options->is_quiet && !is_required)
        return;
    tell_errors(err, missing);
    tell(err, NULL, is_required ? "nothing was read: --sandbox require asks for all of it"
                                : "reading without this part of the sandbox; --sandbox off says nothing of it");
}

bool confine(const struct options *options, const struct input_files *files, const struct input_files *old,
             struct out *err)
{
    struct errors missing = { 0 };
    struct paths paths = { 0 };

    if (options->sandbox == SANDBOX_OFF)
        return true;
    gather_readable(&paths, options, files, old);
    if (options->written_baseline)
        paths.written = file_folder_path(options->written_baseline);
    const struct sandbox_needs needs = {
        .readable = paths.readable,
        .nreadable = paths.nreadable,
        .writable = (const char *const *)&paths.written,
        .nwritable = paths.written != NULL,
        .rights = RIGHTS_READ_FILES,
    };
    bool is_whole = sandbox_enter(&needs, &missing);

    if (!is_whole)
        tell_missing(options, &missing, err);
    errors_clear(&missing);
    memory_free(paths.written);
    memory_free(paths.readable);
    return is_whole || options->sandbox != SANDBOX_REQUIRE;
}

struct opener_conduct confine_opener(const struct options *options)
{
    return (struct opener_conduct){
        .is_apart = options->sandbox != SANDBOX_OFF || options->live.user,
        .is_confined = options->sandbox != SANDBOX_OFF,
        .owner = options->live.user,
    };
}

/* Root without a wish becomes somebody else, if it can. */
static void become_nobody(struct errors *missing)
{
    uid_t user;
    gid_t group;

    if (geteuid() == 0)
        rights_become(rights_know("httplint", &user, &group) ? "httplint" : "nobody", missing);
}

bool confine_live(const struct options *options, const int *sockets, size_t nsockets, struct errors *missing,
                  struct out *err, struct errors *errors)
{
    const struct sandbox_needs needs = { .has_sockets = true, .silent = sockets, .nsilent = nsockets };

    if (options->live.user && !rights_become(options->live.user, errors))
        return false;
    if (options->sandbox == SANDBOX_OFF)
        return true;
    if (!options->live.user)
        become_nobody(missing);
    if (sandbox_enter(&needs, missing) && missing->count == 0)
        return true;
    tell_missing(options, missing, err);
    return options->sandbox != SANDBOX_REQUIRE;
}
