#include "engine/source.h"

#include <errno.h>
#include <stdio.h>

#include "base/memory.h"

struct gathering {
    struct arena *arena;
    struct errors *errors;
    const struct file_door *door;
    struct source_list list;
    const char *open[SOURCE_DEPTH_MAX];    /* the files whose `extends` are being followed */
    size_t depth;
};

/* A file that wants another one. */
struct wish {
    const char *file;                      /* the one that wants it */
    const struct node *at;
};

static bool fail(struct gathering *gathering, const struct wish *wish, const char *words, const char *name)
{
    return errors_add(gathering->errors, wish->file, wish->at->line, wish->at->column, "%s '%s'", words, name);
}

/* The words of `extends` as a path, from where the program stands. */
static const char *path_of(struct arena *arena, const char *file, struct text words)
{
    struct text directory = words.at[0] == '/' ? (struct text){ "", 0 } : file_folder(file);
    char *path = arena_alloc(arena, directory.len + words.len + 1);

    memcpy(path, directory.at, directory.len);
    memcpy(path + directory.len, words.at, words.len);
    path[directory.len + words.len] = '\0';
    return path;
}

static bool fail_open(struct gathering *gathering, const struct wish *wish, const char *path, int error)
{
    struct text words = wish->at->text, meant = { "", 0 };

    if (error == ENOENT && !memchr(words.at, '/', words.len))
        ruleset_preset(words, &meant);
    if (meant.len > 0)
        return errors_add(gathering->errors, wish->file, wish->at->line, wish->at->column,
                          "cannot open '%s': %s; did you mean the preset '%.*s'?", path, strerror(error),
                          (int)meant.len, meant.at);
    return errors_add(gathering->errors, wish->file, wish->at->line, wish->at->column, "cannot open '%s': %s", path,
                      strerror(error));
}

/* One octet more than a rules file may have is read, so that yaml_read sees that it is too large. */
static bool read_file(struct gathering *gathering, const struct wish *wish, const char *path, struct text *octets)
{
    FILE *file = file_open(gathering->door, path);

    if (!file)
        return fail_open(gathering, wish, path, errno);
    char *room = memory_new(YAML_OCTETS_MAX + 1);
    size_t len = fread(room, 1, YAML_OCTETS_MAX + 1, file);
    bool is_good = !ferror(file);

    fclose(file);
    if (is_good)
        *octets = arena_text(gathering->arena, (struct text){ room, len });
    memory_free(room);
    return is_good ? true : fail(gathering, wish, "cannot read", path);
}

/* However they are spelt. */
static bool is_same(const char *name, const char *other)
{
    return strcmp(name, other) == 0 || file_is_same(name, other);
}

static bool is_known(const struct gathering *gathering, const char *name)
{
    for (size_t i = 0; i < gathering->list.count; i++)
        if (is_same(gathering->list.items[i].name, name))
            return true;
    return false;
}

static bool is_open(const struct gathering *gathering, const char *name)
{
    for (size_t i = 0; i < gathering->depth; i++)
        if (is_same(gathering->open[i], name))
            return true;
    return false;
}

static void append(struct gathering *gathering, const struct source *source)
{
    struct source_list *list = &gathering->list;

    list->items = arena_grow(gathering->arena, list->items, list->count * sizeof *list->items,
                             (list->count + 1) * sizeof *list->items);
    list->items[list->count++] = *source;
}

static void add_source(struct gathering *, const struct rules_text *);

static void follow(struct gathering *gathering, const struct wish *wish)
{
    const struct rules_text *preset;
    struct rules_text text = { 0 };
    struct text meant;

    if (wish->at->kind != NODE_SCALAR || wish->at->text.len == 0 ||
        memchr(wish->at->text.at, '\0', wish->at->text.len)) {
        errors_add(gathering->errors, wish->file, wish->at->line, wish->at->column, "'extends:' needs names of files");
        return;
    }
    preset = ruleset_preset(wish->at->text, &meant);
    if (preset)
        text = *preset;
    else
        text.name = path_of(gathering->arena, wish->file, wish->at->text);
    if (is_open(gathering, text.name))
        fail(gathering, wish, "extends itself by way of", text.name);
    else if (gathering->depth == SOURCE_DEPTH_MAX)
        fail(gathering, wish, "too many files extend each other to read", text.name);
    else if (gathering->list.count >= SOURCES_MAX)
        fail(gathering, wish, "too many files to read", text.name);
    else if (!is_known(gathering, text.name) && (preset || read_file(gathering, wish, text.name, &text.octets)))
        add_source(gathering, &text);
}

/* As deep as files extend each other, which SOURCE_DEPTH_MAX bounds. */
static void add_source(struct gathering *gathering, const struct rules_text *text)
{
    struct source source = { .name = text->name, .is_builtin = text->is_builtin };

    source.root = yaml_read(gathering->arena, text->name, text->octets, gathering->errors);
    if (!source.root)
        return;
    if (source.root->kind != NODE_MAP) {
        errors_add(gathering->errors, text->name, source.root->line, source.root->column,
                   "a rules file is a mapping of extends:, headers:, rules: and adjust:, not %s",
                   node_kind_name(source.root->kind));
        return;
    }
    const struct node *extends = node_get(source.root, "extends");

    gathering->open[gathering->depth++] = text->name;
    if (extends)
        for (const struct node *item = extends->kind == NODE_LIST ? extends->first : extends; item;
             item = extends->kind == NODE_LIST ? item->next : NULL)
            follow(gathering, &(struct wish){ text->name, item });
    gathering->depth--;
    append(gathering, &source);
}

struct source_list source_gather(struct arena *arena, const struct rules_text *texts, size_t count,
                                 const struct file_door *door, struct errors *errors)
{
    struct gathering gathering = { .arena = arena, .errors = errors, .door = door };

    for (size_t i = 0; i < count; i++)
        add_source(&gathering, &texts[i]);
    return gathering.list;
}
