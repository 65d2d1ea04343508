/*
 * yaml.h - YAML text as a tree that remembers where each part stood.
 *
 * Only what rules need: mappings with plain keys, lists and scalars, all of them as text. What
 * YAML can do beyond that (anchors, aliases, tags, several documents, keys given twice) is an
 * error with a place, never a surprise. The one door to libyaml. A tree lives in the arena that
 * was given and does not look into the octets it was read from.
 */
#ifndef HTTPLINT_ENGINE_YAML_H
#define HTTPLINT_ENGINE_YAML_H

#include "base/arena.h"
#include "base/errors.h"

enum { YAML_OCTETS_MAX = 1 << 20, YAML_DEPTH_MAX = 32, YAML_NODES_MAX = 100000 };

enum node_kind { NODE_SCALAR, NODE_LIST, NODE_MAP };

struct node {
    enum node_kind kind;
    unsigned line, column;             /* of the value, from 1; columns count characters */
    struct text text;                  /* scalars: as it is meant, without quotes and escapes */
    struct text key;                   /* members of a mapping: their key and its place */
    unsigned key_line, key_column;
    struct node *first, *last, *next;  /* the members, in order; the next member of the same parent */
    size_t count;                      /* members */
};

/* The tree of one file; `name` is for error places. An empty file is an empty mapping. NULL if anything is wrong. */
struct node *yaml_read(struct arena *, const char *name, struct text octets, struct errors *);

/* The member of a mapping with that key, or NULL. */
const struct node *node_get(const struct node *map, const char *key);

/* "text", "a list", "a mapping": static strings. */
const char *node_kind_name(enum node_kind);

#endif
