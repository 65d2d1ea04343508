#include "cli/config.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { LEVELS_MAX = 64, PREFIX_OCTETS = 3 * LEVELS_MAX + 1 };

static const char file_name[] = ".httplint.yaml";

/* The path of a name in the folder `prefix`, "" or "../" so many times; held by `path` until the next call. */
static const char *join(struct out *path, const char *prefix, const char *name)
{
    out_clear(path);
    out_string(path, prefix);
    out_string(path, name);
    out_text(path, (struct text){ "", 1 });
    return out_held(path).at;
}

/* True if there is something of that name, be it a folder or a link to nowhere: then it was meant. */
static bool is_there(const char *path)
{
    struct stat status;

    return lstat(path, &status) == 0;
}

static bool is_root(struct out *path, const char *prefix)
{
    struct stat here, above;

    return stat(join(path, prefix, "."), &here) != 0 || stat(join(path, prefix, ".."), &above) != 0 ||
           (here.st_dev == above.st_dev && here.st_ino == above.st_ino);
}

/* How many folders above this one the repository begins; 0 where this is in none. */
static int repository_level(struct out *path)
{
    char prefix[PREFIX_OCTETS] = "";

    for (int level = 0; level < LEVELS_MAX; level++) {
        if (is_there(join(path, prefix, ".git")))
            return level;
        if (is_root(path, prefix))
            return 0;
        strcat(prefix, "../");
    }
    return 0;
}

static bool find_here(struct out *path)
{
    char prefix[PREFIX_OCTETS] = "";
    int levels = repository_level(path);

    for (int level = 0; level <= levels; level++) {
        if (is_there(join(path, prefix, file_name)))
            return true;
        strcat(prefix, "../");
    }
    return false;
}

/* A path that is not absolute is to be ignored, as the specification of these folders says. */
static bool find_at_home(struct out *path)
{
    const char *xdg = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");

    if (xdg && xdg[0] == '/')
        return is_there(join(path, xdg, "/httplint/config.yaml"));
    return home && home[0] == '/' && is_there(join(path, home, "/.config/httplint/config.yaml"));
}

const char *config_find(struct out *path)
{
    return find_here(path) || find_at_home(path) ? out_held(path).at : NULL;
}
