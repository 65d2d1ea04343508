/*
 * source.h - the rules files in the order in which they count, those that they extend before them.
 *
 * `extends:` names presets, which are part of the program, or files, relative to the file that names
 * them; each file counts once, at
 * its first place. A circle, a file that is missing or cannot be read, and text that is no YAML
 * are errors with a place. Trees and names live in the arena that was given.
 */
#ifndef HTTPLINT_ENGINE_SOURCE_H
#define HTTPLINT_ENGINE_SOURCE_H

#include "engine/ruleset.h"
#include "engine/yaml.h"

enum { SOURCES_MAX = 256, SOURCE_DEPTH_MAX = 8 };

struct source {
    const char *name;
    bool is_builtin;
    const struct node *root;       /* a mapping */
};

struct source_list {
    struct source *items;
    size_t count;
};

/* All sources of the texts, in order; files are opened through the door. What is wrong is in `errors`; the rest is given
 * all the same. */
struct source_list source_gather(struct arena *, const struct rules_text *texts, size_t count, const struct file_door *,
                                 struct errors *);

#endif
