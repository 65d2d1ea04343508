#include "engine/shortlist.h"

#include "base/memory.h"
#include "engine/gate.h"

enum { LISTS = 512 };

struct shortlists {
    const struct ruleset *ruleset;
    struct shortlist *lists[LISTS];        /* those that were never needed are NULL: most inputs are small */
};

struct shortlists *shortlists_new(const struct ruleset *ruleset)
{
    struct shortlists *shortlists = memory_new(sizeof *shortlists);

    shortlists->ruleset = ruleset;
    return shortlists;
}

void shortlists_free(struct shortlists *shortlists)
{
    for (size_t i = 0; shortlists && i < LISTS; i++)
        memory_free(shortlists->lists[i]);
    memory_free(shortlists);
}

/* False if the shapes alone tell that the rule is not broken, or that it cannot be known. */
static bool is_open(const struct compiled *rule, const struct view *view, bool *applies)
{
    struct bounds when = cond_bounds(&rule->when, view), unless = { NO, NO }, require = { YES, YES }, forbid = { NO, NO };

    if (rule->unless.count > 0)
        unless = cond_bounds(&rule->unless, view);
    if (rule->require.count > 0)
        require = cond_bounds(&rule->require, view);
    if (rule->forbid.count > 0)
        forbid = cond_bounds(&rule->forbid, view);
    *applies = when.least == YES && unless.most == NO;
    return when.most == YES && unless.least == NO && (rule->check || require.least == NO || forbid.most == YES);
}

/* False if there is no room. */
static bool add_open(struct shortlist *list, const struct ruleset *ruleset, const struct plan_list *rules,
                     const struct view *view)
{
    for (size_t i = 0; i < rules->count; i++) {
        const struct compiled *rule = &ruleset->items[rules->items[i]];
        bool applies;

        if (!gates_of_fields_pass(rule, view) || !is_open(rule, view, &applies))
            continue;
        if (list->count == SHORTLIST_RULES_MAX)
            return false;
        list->items[list->count++] = (struct shortlisted){ rules->items[i], applies };
    }
    return true;
}

/* A message that has a shape, and nothing odd since its head; none at all will do. */
static bool is_plain(const struct message *message, uint64_t *shape)
{
    *shape = message ? message->shape : 0;
    return !message || (message->shape > 0 && message->nanomalies == 0);
}

static struct shortlist *place_of(struct shortlists *shortlists, const struct shortlist *key)
{
    uint64_t sum = key->request * 0x9E3779B97F4A7C15u + key->response * 0xC2B2AE3D27D4EB4Fu;

    struct shortlist **place = &shortlists->lists[(2 * (sum >> 32) + key->is_response) % LISTS];

    if (!*place)
        *place = memory_new(sizeof **place);
    return *place;
}

const struct shortlist *shortlist_find(struct shortlists *shortlists, const struct view *view,
                                       const struct plan_list *of_value, const struct plan_list *of_any)
{
    const struct message *request = view->of[WHOSE_REQUEST], *response = view->of[WHOSE_RESPONSE];
    struct shortlist key;

    if (!is_plain(request, &key.request) || !is_plain(response, &key.response))
        return NULL;
    key.is_response = view->of[WHOSE_MESSAGE] == response;
    struct shortlist *list = place_of(shortlists, &key);

    if (list->request != key.request || list->response != key.response || list->is_response != key.is_response) {
        list->request = key.request;
        list->response = key.response;
        list->is_response = key.is_response;
        list->is_made = false;
        return NULL;
    }
    if (list->is_made)
        return list;
    list->count = 0;
    list->is_made = add_open(list, shortlists->ruleset, of_value, view) && add_open(list, shortlists->ruleset, of_any, view);
    return list->is_made ? list : NULL;
}
