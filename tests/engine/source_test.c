#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/support/loaded.h"

#define RULE(id) "rules: { " id ": { severity: info, message: m, forbid: status } }\n"

static const struct {
    const char *name, *octets;
} files[] = {
    { "base.yaml", RULE("a-base") },
    { "middle.yaml", "extends: base.yaml\n" RULE("a-middle") },
    { "sub/inner.yaml", "extends: [../base.yaml, ../middle.yaml]\n" RULE("a-inner") },
    { "self.yaml", "extends: self.yaml\n" },
    { "left.yaml", "extends: right.yaml\n" },
    { "right.yaml", "\nextends: [left.yaml]\n" },
    { "dotted.yaml", "extends: ./sub/dotted.yaml\n" },
    { "sub/dotted.yaml", "extends: ../dotted.yaml\n" },
    { "bad.yaml", "rules: [\n" },
    { "map.yaml", "extends: { a: b }\n" },
    { "override.yaml", "extends: base.yaml\nrules: { a-base: { severity: error, message: n, forbid: status } }\n" },
    { "names.yaml", "extends: late.yaml\nheaders: { X-Late: text }\n" },
    { "late.yaml", "rules: { a-late: { severity: info, message: m, forbid: response.X-Late } }\n" },
};

/* `DIR` stands for the folder. */
static const struct {
    const char *name, *extends, *ids, *words;
} rows[] = {
    { "one", "DIR/base.yaml", "a-base ", "" },
    { "a chain", "DIR/middle.yaml", "a-base a-middle ", "" },
    { "relative to the file, and each file once", "DIR/sub/inner.yaml", "a-base a-inner a-middle ", "" },
    { "a name that comes later", "DIR/names.yaml", "a-late ", "" },
    { "missing", "DIR/none.yaml", "", "1:10: cannot open 'DIR/none.yaml': No such file or directory\n" },
    { "a folder", "DIR/sub", "", "1:10: cannot read 'DIR/sub'\n" },
    { "itself", "DIR/self.yaml", "", "DIR/self.yaml:1:10: extends itself by way of 'DIR/self.yaml'\n" },
    { "a circle in other words", "DIR/dotted.yaml", "", "DIR/./sub/dotted.yaml:1:10: extends itself by way of 'DIR/./sub/../dotted.yaml'\n" },
    { "a circle", "DIR/left.yaml", "", "DIR/right.yaml:2:11: extends itself by way of 'DIR/left.yaml'\n" },
    { "no YAML", "DIR/bad.yaml", "",
      "DIR/bad.yaml:2:1: not YAML: did not find expected node content while parsing a flow node\n" },
    { "no name", "DIR/map.yaml", "", "DIR/map.yaml:1:10: 'extends:' needs names of files\n" },
    { "overridden", "DIR/override.yaml", "a-base ", "" },
};

/* Puts the folder in the place of DIR. */
static void put_folder(const char *from, const char *folder, char *to)
{
    for (; *from; from++) {
        if (strncmp(from, "DIR", 3) == 0) {
            to = stpcpy(to, folder);
            from += 2;
        } else {
            *to++ = *from;
        }
    }
    *to = '\0';
}

static void write_files(const char *folder)
{
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        char path[512];

        snprintf(path, sizeof path, "%s/%s", folder, files[i].name);
        FILE *file = fopen(path, "wb");

        CU_ASSERT_FATAL(file != NULL);
        fputs(files[i].octets, file);
        fclose(file);
    }
}

static void remove_files(const char *folder)
{
    char path[512];

    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, files[i].name);
        unlink(path);
    }
    snprintf(path, sizeof path, "%s/sub", folder);
    rmdir(path);
    rmdir(folder);
}

static void check_row(size_t i, const char *folder)
{
    char yaml[1024], extends[512], wanted[1024], words[LOADED_WORDS_MAX], ids[256] = "";
    size_t count = 0;

    put_folder(rows[i].extends, folder, extends);
    put_folder(rows[i].words, folder, wanted);
    snprintf(yaml, sizeof yaml, "extends: %s\n", extends);

    struct ruleset *ruleset = loaded_ruleset(yaml, words);
    const struct rule *const *rules = ruleset ? ruleset_rules(ruleset, &count) : NULL;

    for (size_t r = 0; r < count; r++)
        strcat(strncat(ids, rules[r]->id.at, rules[r]->id.len), " ");
    ROW_STRING(rows[i].name, words, wanted);
    ROW_STRING(rows[i].name, ids, rows[i].ids);
    ruleset_free(ruleset);
}

static void source_rows(void)
{
    char folder[] = "/tmp/httplint-source-XXXXXX", sub[64];

    CU_ASSERT_FATAL(mkdtemp(folder) != NULL);
    snprintf(sub, sizeof sub, "%s/sub", folder);
    CU_ASSERT_FATAL(mkdir(sub, 0700) == 0);
    write_files(folder);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        check_row(i, folder);
    remove_files(folder);
}

void engine_source_suite(void);
void engine_source_suite(void)
{
    CU_add_test(CU_add_suite("engine/source", NULL, NULL), "rows", source_rows);
}
