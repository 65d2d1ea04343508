#include "tests/support/folder.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

char folder_path[] = "/tmp/httplint-XXXXXX";

int folder_begin(void)
{
    memcpy(folder_path + sizeof folder_path - sizeof "XXXXXX", "XXXXXX", sizeof "XXXXXX");
    return mkdtemp(folder_path) ? 0 : 1;
}

int folder_end(void)
{
    return rmdir(folder_path);
}

const char *below(const char *name)
{
    static char path[512];

    snprintf(path, sizeof path, "%s/%s", folder_path, name);
    return path;
}
