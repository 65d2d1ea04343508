#include "base/file.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"

enum { BLOCK_OCTETS = 64 << 10 };

FILE *file_open(const struct file_door *door, const char *path)
{
    if (!door->open)
        return fopen(path, "rb");
    int descriptor = door->open(door->context, path);
    FILE *file = descriptor < 0 ? NULL : fdopen(descriptor, "rb");

    if (!file && descriptor >= 0)
        close(descriptor);
    return file;
}

/* What a pipe holds is known only when it ends, so room is made as it comes. */
static char *read_all(FILE *file, size_t max, size_t *len)
{
    char *octets = NULL;
    size_t room = 0;

    for (*len = 0; *len <= max && *len == room;) {
        room = room > 0 ? 2 * room : BLOCK_OCTETS;
        octets = memory_grow(octets, room + 1, 1);
        *len += fread(octets + *len, 1, room - *len, file);
    }
    octets[*len] = '\0';
    return octets;
}

struct text file_read(const char *path, size_t max, struct errors *errors)
{
    return file_read_through(&(struct file_door){ 0 }, path, max, errors);
}

struct text file_read_through(const struct file_door *door, const char *path, size_t max, struct errors *errors)
{
    FILE *file = file_open(door, path);
    struct text none = { NULL, 0 };
    size_t len;

    if (!file) {
        errors_add(errors, path, 0, 0, "cannot be read: %s", strerror(errno));
        return none;
    }
    errno = 0;
    char *octets = read_all(file, max, &len);
    int error = ferror(file) ? errno : 0;

    fclose(file);
    if (error == 0 && len <= max)
        return (struct text){ octets, len };
    if (error != 0)
        errors_add(errors, path, 0, 0, "cannot be read: %s", strerror(error));
    else
        errors_add(errors, path, 0, 0, "larger than %zu MiB", max >> 20);
    memory_free(octets);
    return none;
}

bool file_is_same(const char *path, const char *other)
{
    struct stat one, two;

    return stat(path, &one) == 0 && S_ISREG(one.st_mode) && stat(other, &two) == 0 && one.st_dev == two.st_dev &&
           one.st_ino == two.st_ino;
}

struct text file_folder(const char *path)
{
    const char *slash = strrchr(path, '/');

    return (struct text){ path, slash ? (size_t)(slash - path) + 1 : 0 };
}

char *file_folder_path(const char *path)
{
    struct text folder = file_folder(path);

    if (folder.len == 0)
        folder = TEXT(".");
    return memcpy(memory_new(folder.len + 1), folder.at, folder.len);
}
