/*
 * ruleset.h - rules as loaded and compiled: from YAML text to something that an engine can run.
 *
 * A ruleset owns its rules, the names that they declare and all compiled forms. It is immutable
 * once loaded, and any number of engines and threads may share it.
 */
#ifndef HTTPLINT_ENGINE_RULESET_H
#define HTTPLINT_ENGINE_RULESET_H

#include <stdint.h>

#include "base/errors.h"
#include "base/file.h"
#include "base/text.h"
#include "engine/rule.h"
#include "http/names.h"

struct ruleset;
struct check;

/* A file of rules that was read; the octets need to live only during ruleset_load. */
struct rules_text {
    const char *name;              /* for error places, and to resolve `extends` against */
    struct text octets;
    bool is_builtin;
};

struct ruleset_request {
    const struct rules_text *texts;      /* in order: later ones override earlier ones */
    size_t ntexts;
    const struct text *select, *ignore;  /* glob patterns over ids, comma lists as given by the user; none: all, none */
    size_t nselect, nignore;
    const struct check *const *checks;   /* NULL-terminated list of families, each ended by a nameless check */
    struct file_door door;               /* to the files that the texts extend */
    int64_t today_us;                    /* for `until`; microseconds since 1970 */
};

/* The rules that are compiled into the program, as texts; never fails. */
const struct rules_text *ruleset_builtin(size_t *count);

/* What `extends` can name without a path: files that select and adjust the built-in rules,
 * "rules/presets/NAME.yaml". */
const struct rules_text *ruleset_presets(size_t *count);

/* The preset of that name; NULL if there is none, then `meant` becomes the nearest name, or the empty text. */
const struct rules_text *ruleset_preset(struct text name, struct text *meant);

/* NULL if anything is wrong: then `errors` has all that is, with places. Freed by ruleset_free. Where all is well
 * `errors` can still gain remarks: an adjustment past its date, which is not applied. */
struct ruleset *ruleset_load(const struct ruleset_request *, struct errors *errors);
void ruleset_free(struct ruleset *);

/* All rules, those switched off too, in the order of their ids. */
const struct rule *const *ruleset_rules(const struct ruleset *, size_t *count);

/* NULL if there is none of that id. */
const struct rule *ruleset_find(const struct ruleset *, struct text id);

/* Where a value of a setting stands. */
struct setting_place {
    unsigned line, column;
};

/* A key that says what a flag says, as `fail-on`: its values and where they stand. */
struct setting {
    struct text key;
    const struct text *values;
    const struct setting_place *places;  /* of the values */
    size_t count;
    const char *file;
    bool is_builtin;                     /* of a preset */
    const struct setting *next;
};

/* What the last file that has a key of a flag (`select`, `fail-on`, `inputs` and so on) says there; NULL if none has
 * it. `select` and `ignore` are obeyed by ruleset_load where the request has none; the others are the caller's. */
const struct setting *ruleset_setting(const struct ruleset *, const char *key);

/* An entry of `suppress`, by the order in which they were read. */
struct suppression {
    struct text reason;
    const char *file;
    unsigned line, column;
    bool is_idle;                        /* none of its rules is on */
};

const struct suppression *ruleset_suppressions(const struct ruleset *, size_t *count);

/* The keys that a file may have, by number; the empty text past the last one. */
struct text ruleset_key(size_t number);

/* The names that the parser must know for these rules. */
const struct names *ruleset_names(const struct ruleset *);

/* True if a rule that is on compares exchanges with earlier ones. */
bool ruleset_reads_history(const struct ruleset *);

/* True if a rule that is on reads the octets of bodies, so that samples have to be kept. */
bool ruleset_reads_bodies(const struct ruleset *);

#endif
