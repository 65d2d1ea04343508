#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/memory.h"
#include "input/input.h"

/* Folders still to be looked into are a list, not a stack of calls: their depth is the user's. */
struct walk {
    struct input_files files, folders;
    struct errors *errors;
    bool is_whole;
};

static void files_append(struct input_files *files, char *path)
{
    size_t room = files->count > 0 ? 2 * files->count : 1;

    if ((files->count & (files->count - 1)) == 0)        /* full at each power of two */
        files->paths = memory_grow(files->paths, room, sizeof *files->paths);
    files->paths[files->count++] = path;
}

static char *path_join(const char *folder, const char *name)
{
    size_t folder_len = strlen(folder), name_size = strlen(name) + 1;
    bool has_slash = folder_len > 0 && folder[folder_len - 1] == '/';
    char *path = memory_new(folder_len + 1 + name_size);

    memcpy(path, folder, folder_len);
    if (!has_slash)
        path[folder_len++] = '/';
    memcpy(path + folder_len, name, name_size);
    return path;
}

static void walk_fail(struct walk *walk, const char *path)
{
    walk->is_whole = errors_add(walk->errors, path, 0, 0, "cannot be read: %s", strerror(errno));
}

/* A link to a file stands for the file; one to a folder is not followed: no walk is endless. */
static void walk_entry(struct walk *walk, const char *folder, const char *name)
{
    char *path = path_join(folder, name);
    struct stat status;

    if (lstat(path, &status) < 0) {
        walk_fail(walk, path);
    } else if (S_ISDIR(status.st_mode)) {
        files_append(&walk->folders, path);
        return;
    } else if (stat(path, &status) == 0 && S_ISREG(status.st_mode)) {
        files_append(&walk->files, path);
        return;
    }
    memory_free(path);
}

static void walk_folder(struct walk *walk, const char *path)
{
    DIR *folder = opendir(path);
    struct dirent *entry;

    if (!folder) {
        walk_fail(walk, path);
        return;
    }
    for (errno = 0; (entry = readdir(folder)) != NULL; errno = 0)
        if (entry->d_name[0] != '.')
            walk_entry(walk, path, entry->d_name);
    if (errno)
        walk_fail(walk, path);
    closedir(folder);
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Everything below `path`; what cannot be read is an error, the rest is there. */
static bool add_folder(struct input_files *files, const char *path, struct errors *errors)
{
    struct walk walk = { .errors = errors, .is_whole = true };

    walk_folder(&walk, path);
    for (size_t i = 0; i < walk.folders.count; i++)
        walk_folder(&walk, walk.folders.paths[i]);
    if (walk.files.count)
        qsort(walk.files.paths, walk.files.count, sizeof *walk.files.paths, by_name);
    for (size_t i = 0; i < walk.files.count; i++)
        files_append(files, walk.files.paths[i]);
    memory_free(walk.files.paths);
    input_files_clear(&walk.folders);
    return walk.is_whole;
}

bool input_files_add(struct input_files *files, const char *path, struct errors *errors)
{
    struct stat status;
    size_t size = strlen(path) + 1;

    if (strcmp(path, "-") != 0) {
        if (stat(path, &status) < 0)
            return errors_add(errors, path, 0, 0, "cannot be read: %s", strerror(errno));
        if (S_ISDIR(status.st_mode))
            return add_folder(files, path, errors);
    }
    files_append(files, memcpy(memory_new(size), path, size));
    return true;
}

void input_files_clear(struct input_files *files)
{
    for (size_t i = 0; i < files->count; i++)
        memory_free(files->paths[i]);
    memory_free(files->paths);
    *files = (struct input_files){ 0 };
}
