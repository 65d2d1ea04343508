#include "cli/expect.h"

#include <unistd.h>

#include "base/file.h"
#include "base/memory.h"
#include "cli/sheet.h"
#include "report/words.h"

enum { SURPLUS_SHOWN = 10 };

/* An input and what it showed. */
struct trial {
    const char *path;
    const struct sheet *sheet;
    const struct fixture *fixture;       /* NULL: nothing is expected */
    uint64_t *found;                     /* by entry */
    struct out *surplus;                 /* lines, of the first of those that are not listed */
    uint64_t nsurplus;
};

struct expectations {
    const httplint_rules *rules;
    struct arena_pool *pool;
    struct arena *arena;
    struct sheet *sheets;
    struct trial *trials;
    size_t ntrials, room;
    size_t at;                           /* the input whose findings come */
};

struct expectations *expect_new(const httplint_rules *rules)
{
    struct expectations *all = memory_new(sizeof *all);

    all->rules = rules;
    all->pool = arena_pool_new();
    all->arena = arena_new(all->pool);
    return all;
}

void expect_free(struct expectations *all)
{
    if (!all)
        return;
    for (size_t i = 0; i < all->ntrials; i++) {
        memory_free(all->trials[i].found);
        out_free(all->trials[i].surplus);
    }
    memory_free(all->trials);
    arena_free(all->arena);
    arena_pool_free(all->pool);
    memory_free(all);
}

/* ---- inputs ---- */

static struct text name_of(const char *path)
{
    return text_of(path + file_folder(path).len);
}

bool expect_is_file(const char *path)
{
    return text_equal(name_of(path), TEXT(EXPECT_FILE));
}

/* The file beside an input; NULL if there is none. Each is read once. */
static struct sheet *sheet_of(struct expectations *all, const char *path, struct errors *errors)
{
    struct text folder = file_folder(path);
    struct sheet *sheet = all->sheets;
    struct out *name;

    while (sheet && !text_equal(sheet->folder, folder))
        sheet = sheet->next;
    if (sheet)
        return sheet->path ? sheet : NULL;
    sheet = arena_zero(all->arena, sizeof *sheet);
    *sheet = (struct sheet){ .next = all->sheets, .folder = arena_text(all->arena, folder), .is_good = true };
    all->sheets = sheet;
    name = out_new_memory();
    out_text(name, folder);
    out_text(name, (struct text){ EXPECT_FILE, sizeof EXPECT_FILE });
    if (access(out_held(name).at, F_OK) == 0) {
        sheet->path = arena_text(all->arena, out_held(name)).at;
        sheet_read(sheet, all->arena, all->rules, errors);
    }
    out_free(name);
    return sheet->path ? sheet : NULL;
}

bool expect_input(struct expectations *all, const char *path, bool is_named, struct errors *errors)
{
    struct sheet *sheet = strcmp(path, "-") == 0 ? NULL : sheet_of(all, path, errors);
    struct fixture *fixture = NULL;

    if (sheet && !sheet->is_good)
        return false;
    if (sheet) {
        fixture = sheet_find(sheet, name_of(path));
        sheet->is_walked |= !is_named;
    }
    if (all->ntrials == all->room) {
        all->room = all->room > 0 ? 2 * all->room : 64;
        all->trials = memory_grow(all->trials, all->room, sizeof *all->trials);
    }
    all->trials[all->ntrials] = (struct trial){ .path = path, .sheet = sheet, .fixture = fixture };
    if (fixture) {
        fixture->is_met = true;
        all->trials[all->ntrials].found = memory_new(fixture->nentries * sizeof(uint64_t) + 1);
        all->trials[all->ntrials].surplus = out_new_memory();
    }
    all->ntrials++;
    return true;
}

/* ---- what is found ---- */

static struct trial *trial_of(struct expectations *all, const char *path)
{
    for (size_t i = 0; i < all->ntrials; i++, all->at = (all->at + 1) % all->ntrials)
        if (all->trials[all->at].path == path)
            return &all->trials[all->at];
    return NULL;
}

static void add_surplus(struct trial *trial, const struct httplint_exchange *exchange,
                        const struct httplint_finding *finding)
{
    struct out *out = trial->surplus;

    if (trial->nsurplus++ >= SURPLUS_SHOWN)
        return;
    out_string(out, "  + ");
    out_text(out, words_text(finding->rule->id));
    out_string(out, " in exchange ");
    out_number(out, exchange->number);
    out_string(out, " (");
    out_string(out, finding->frame > 0 ? "frame " : "no frame");
    if (finding->frame > 0)
        out_number(out, finding->frame);
    out_string(out, "): found, not expected\n");
}

bool expect_finding(struct expectations *all, const char *path, const struct httplint_exchange *exchange,
                    const struct httplint_finding *finding, bool *is_expected)
{
    struct trial *trial = all ? trial_of(all, path) : NULL;
    size_t i = 0;

    *is_expected = false;
    if (!trial || !trial->fixture)
        return false;
    for (const struct entry *entry = trial->fixture->entries; entry; entry = entry->next, i++) {
        if ((entry->exchange > 0 && entry->exchange != exchange->number) || entry->most == 0 ||
            !pattern_matches(entry->rule, words_text(finding->rule->id)))
            continue;
        trial->found[i]++;
        *is_expected = true;
    }
    if (!*is_expected)
        add_surplus(trial, exchange, finding);
    return true;
}

/* ---- the difference ---- */

static bool is_unmet(const struct entry *entry, uint64_t found)
{
    return found < entry->least || found > entry->most;
}

static bool is_different(const struct trial *trial)
{
    size_t i = 0;

    if (!trial->fixture)
        return false;
    for (const struct entry *entry = trial->fixture->entries; entry; entry = entry->next, i++)
        if (is_unmet(entry, trial->found[i]))
            return true;
    return trial->nsurplus > 0;
}

static void put_times(struct out *out, const struct entry *entry)
{
    if (entry->most == UINT64_MAX) {
        out_string(out, "at least ");
        words_count(out, entry->least, "time");
    } else if (entry->least == entry->most) {
        words_count(out, entry->least, "time");
    } else {
        out_number(out, entry->least);
        out_string(out, " to ");
        words_count(out, entry->most, "time");
    }
}

static void put_unmet(struct out *out, const struct entry *entry, uint64_t found)
{
    out_string(out, "  - ");
    out_visible(out, entry->words);
    if (entry->exchange > 0) {
        out_string(out, " in exchange ");
        out_number(out, entry->exchange);
    }
    out_string(out, ": expected ");
    put_times(out, entry);
    out_string(out, ", found ");
    words_count(out, found, "time");
    out_string(out, entry->is_off ? " (the rule is off)\n" : "\n");
}

static void tell_difference(const struct trial *trial, struct out *out)
{
    size_t i = 0;

    out_visible(out, text_of(trial->path));
    out_string(out, ": does not show what ");
    out_visible(out, text_of(trial->sheet->path));
    out_string(out, ":");
    out_number(out, trial->fixture->line);
    out_string(out, " expects:\n");
    for (const struct entry *entry = trial->fixture->entries; entry; entry = entry->next, i++)
        if (is_unmet(entry, trial->found[i]))
            put_unmet(out, entry, trial->found[i]);
    out_text(out, out_held(trial->surplus));
    if (trial->nsurplus > SURPLUS_SHOWN) {
        out_string(out, "  + and ");
        out_number(out, trial->nsurplus - SURPLUS_SHOWN);
        out_string(out, " more\n");
    }
}

/* Where a whole folder was linted, a key that fits none of its files is a fixture that is gone. */
static bool tell_missing(const struct sheet *sheet, struct out *out)
{
    bool is_any = false;

    for (const struct fixture *fixture = sheet->fixtures; fixture; fixture = fixture->next) {
        if (fixture->is_met || !sheet->is_walked)
            continue;
        out_visible(out, text_of(sheet->path));
        out_string(out, ":");
        out_number(out, fixture->line);
        out_string(out, ": no input '");
        out_visible(out, fixture->words);
        out_string(out, "' is there\n");
        is_any = true;
    }
    return is_any;
}

bool expect_conclude(const struct expectations *all, struct out *err)
{
    bool is_same = true;

    for (size_t i = 0; i < all->ntrials; i++)
        if (is_different(&all->trials[i])) {
            tell_difference(&all->trials[i], err);
            is_same = false;
        }
    for (const struct sheet *sheet = all->sheets; sheet; sheet = sheet->next)
        is_same &= !tell_missing(sheet, err);
    out_flush(err);
    return is_same;
}

size_t expect_count(const struct expectations *all, size_t *ndifferent)
{
    size_t count = 0;

    *ndifferent = 0;
    for (size_t i = 0; all && i < all->ntrials; i++) {
        count += all->trials[i].fixture != NULL;
        *ndifferent += is_different(&all->trials[i]);
    }
    return count;
}
