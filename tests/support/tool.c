#include "tests/support/tool.h"

#include <CUnit/CUnit.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/out.h"

bool tool_is_there(const char *program, const char *module)
{
    const char *strict = getenv("HTTPLINT_NO_SKIP");
    char line[512];

    if (module)
        snprintf(line, sizeof line, "%s -c 'import %s' >/dev/null 2>&1", program, module);
    else
        snprintf(line, sizeof line, "command -v %s >/dev/null", program);
    if (system(line) == 0)
        return true;
    if (strict && *strict && strcmp(strict, "0") != 0)
        CU_FAIL("a tool is missing: make tools installs it");
    printf("\n    skipped: %s%s%s is not installed; make tools installs it ", program, module ? " with " : "",
           module ? module : "");
    return false;
}

/* The names of the files in `folder`, one a text. */
static void put_paths(struct out *out, const char *folder, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        out_string(out, i > 0 ? " " : "");
        out_string(out, folder);
        out_string(out, "/");
        out_number(out, i);
    }
}

/* The line with the files in place of each %, and both outputs in one. */
static struct out *command_line(const char *line, const char *folder, size_t count)
{
    struct out *out = out_new_memory();

    out_string(out, "{ ");
    for (; *line; line++) {
        if (*line == '%')
            put_paths(out, folder, count);
        else
            out_text(out, (struct text){ line, 1 });
    }
    out_string(out, "; } 2>&1");
    out_text(out, (struct text){ "", 1 });
    return out;
}

static bool run(const char *line, char words[TOOL_WORDS_MAX])
{
    FILE *pipe = popen(line, "r");
    size_t len = 0;
    int octet;

    if (!pipe)
        return false;
    while ((octet = fgetc(pipe)) != EOF)
        if (len + 1 < TOOL_WORDS_MAX)
            words[len++] = (char)octet;
    words[len] = '\0';
    return pclose(pipe) == 0;
}

/* Writes the files, or removes them where there is nothing to write. */
static bool each_file(const char *folder, const struct text *octets, size_t count)
{
    bool is_good = true;

    for (size_t i = 0; i < count; i++) {
        char path[64];

        snprintf(path, sizeof path, "%s/%zu", folder, i);
        FILE *file = octets ? fopen(path, "wb") : NULL;

        if (octets)
            is_good &= file && fwrite(octets[i].at, 1, octets[i].len, file) == octets[i].len && fclose(file) == 0;
        else
            unlink(path);
    }
    return is_good;
}

bool tool_run(const char *line, const struct text *octets, size_t count, char words[TOOL_WORDS_MAX])
{
    char folder[] = "/tmp/httplint-tool-XXXXXX";

    words[0] = '\0';
    if (!mkdtemp(folder))
        return false;
    struct out *shell = command_line(line, folder, count);
    bool is_good = each_file(folder, octets, count) && run(out_held(shell).at, words);

    each_file(folder, NULL, count);
    rmdir(folder);
    out_free(shell);
    return is_good;
}
