/*
 * sheet.h - a file of expectations as it is read: which inputs are to show what.
 */
#ifndef HTTPLINT_CLI_SHEET_H
#define HTTPLINT_CLI_SHEET_H

#include "base/arena.h"
#include "base/errors.h"
#include "base/pattern.h"
#include "httplint.h"

/* An entry of a list. */
struct entry {
    struct entry *next;
    struct text words;                   /* the rule, as it is written */
    const struct pattern *rule;
    uint64_t exchange;                   /* 0: any */
    uint64_t least, most;
    bool is_off;                         /* one rule is named, and it is off */
};

/* A key of the file, and its list. */
struct fixture {
    struct fixture *next;
    struct text words;
    const struct pattern *name;
    struct entry *entries;
    size_t nentries;
    unsigned line;
    bool is_met;                         /* an input has that name */
};

/* The file of one folder. */
struct sheet {
    struct sheet *next;
    const char *path;
    struct text folder;                  /* with its slash */
    struct fixture *fixtures;
    bool is_walked;                      /* all that is in the folder is linted */
    bool is_good;                        /* nothing is wrong with it */
};

/* Reads sheet->path into fixtures, which live in the arena; what is wrong goes to `errors`, with places. Rules that are
 * named have to be among `rules`. */
void sheet_read(struct sheet *, struct arena *, const httplint_rules *rules, struct errors *errors);

/* The first fixture that fits the name of a file; NULL: none does. */
struct fixture *sheet_find(const struct sheet *, struct text name);

#endif
