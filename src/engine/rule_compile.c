#include "engine/rule_compile.h"

#include "engine/describe.h"
#include "engine/evidence.h"
#include "engine/gate.h"

static bool read_severity(struct loading *loading, const struct node *node, struct compiled *compiled)
{
    if (!loading_is_text(loading, node))
        return false;
    if (!severity_find(node->text, &compiled->declared))
        return loading_fail(loading, node, "unknown severity '%.*s' (error, warning, info or off)",
                            (int)node->text.len, node->text.at);
    return true;
}

static bool read_message(struct loading *loading, const struct node *node, struct compiled *compiled)
{
    compiled->wording = wording_compile(loading, node);
    if (!compiled->wording)
        return false;
    compiled->rule.message = arena_text(loading->arena, node->text);
    return true;
}

/* Sections stand one by one in a list or joined by ';'. */
static bool read_spec(struct loading *loading, const struct node *node, struct compiled *compiled)
{
    struct text *sections = NULL;
    size_t count = 0;

    for (const struct node *item = loading_items(node); item; item = loading_next(node, item)) {
        struct text rest = loading_text(loading, item);

        if (rest.len == 0)
            return false;
        while (rest.len > 0) {
            struct text section = text_trim(text_until(rest, ';', &rest));

            if (section.len == 0)
                continue;
            sections = arena_grow(loading->arena, sections, count * sizeof *sections, (count + 1) * sizeof *sections);
            sections[count++] = section;
        }
    }
    compiled->rule.spec = sections;
    compiled->rule.nspec = count;
    return count > 0 ? true : loading_fail(loading, node, "a section is missing here, as RFC9110 15.5.6");
}

static bool read_level(struct loading *loading, const struct node *node, struct compiled *compiled)
{
    compiled->rule.level = loading_text(loading, node);
    if (compiled->rule.level.len == 0)
        return false;
    if (text_equal(node->text, TEXT("MUST")) || text_equal(node->text, TEXT("SHOULD")) ||
        text_equal(node->text, TEXT("advice")))
        return true;
    return loading_fail(loading, node, "unknown level '%.*s' (MUST, SHOULD or advice)", (int)node->text.len,
                        node->text.at);
}

static bool read_party(struct loading *loading, const struct node *node, struct compiled *compiled)
{
    if (!loading_is_text(loading, node))
        return false;
    if (text_equal(node->text, TEXT("client")))
        compiled->rule.party = PARTY_CLIENT;
    else if (text_equal(node->text, TEXT("server")))
        compiled->rule.party = PARTY_SERVER;
    else if (!text_equal(node->text, TEXT("unknown")))
        return loading_fail(loading, node, "unknown party '%.*s' (client, server or unknown)", (int)node->text.len,
                            node->text.at);
    return true;
}

static bool read_since(struct loading *loading, const struct node *node, struct compiled *compiled)
{
    compiled->rule.since = loading_text(loading, node);
    return compiled->rule.since.len > 0;
}

static bool read_why(struct loading *loading, const struct node *node, struct compiled *compiled)
{
    compiled->rule.why = loading_text(loading, node);
    return compiled->rule.why.len > 0;
}

/* For people and documentation: nothing is decided by them. */
static bool read_examples(struct loading *loading, const struct node *node, struct compiled *compiled)
{
    size_t room = node->kind == NODE_LIST ? node->count : 1, count = 0;
    struct rule_example *examples = arena_alloc(loading->arena, room * sizeof *examples + 1);

    for (const struct node *item = loading_items(node); item; item = loading_next(node, item)) {
        examples[count] = (struct rule_example){ loading_text(loading, item), item->line };
        if (examples[count++].text.len == 0)
            return false;
    }
    compiled->rule.examples = examples;
    compiled->rule.nexamples = count;
    return true;
}

static bool read_cond(struct loading *loading, const struct node *node, struct cond *cond, struct text *words)
{
    if (!cond_compile(loading, node, cond))
        return false;
    *words = describe_cond(loading->arena, node);
    return true;
}

static bool read_when(struct loading *loading, const struct node *node, struct compiled *compiled)
{
    return read_cond(loading, node, &compiled->when, &compiled->rule.when);
}

static bool read_unless(struct loading *loading, const struct node *node, struct compiled *compiled)
{
    return read_cond(loading, node, &compiled->unless, &compiled->rule.unless);
}

static bool read_require(struct loading *loading, const struct node *node, struct compiled *compiled)
{
    return read_cond(loading, node, &compiled->require, &compiled->rule.require);
}

static bool read_forbid(struct loading *loading, const struct node *node, struct compiled *compiled)
{
    return read_cond(loading, node, &compiled->forbid, &compiled->rule.forbid);
}

static bool read_on(struct loading *loading, const struct node *node, struct compiled *compiled)
{
    size_t room = node->kind == NODE_LIST ? node->count : 1;
    struct subject *subjects = arena_alloc(loading->arena, room * sizeof *subjects + 1);
    bool is_good = true;

    for (const struct node *item = loading_items(node); item; item = loading_next(node, item)) {
        struct subject *subject = &subjects[compiled->non];

        if (!loading_is_text(loading, item) || !loading_subject(loading, item, false, item->text, subject))
            is_good = false;
        else if (subject->fact->kind != FACT_FIELD && subject->fact->kind != FACT_TRAILER)
            is_good = loading_fail(loading, item, "'%.*s' is no field", (int)item->text.len, item->text.at);
        else
            compiled->non++;
    }
    compiled->on = subjects;
    if (is_good && compiled->non == 0)
        return loading_fail(loading, node, "an empty list names no field");
    return is_good;
}

static bool fail_check(struct loading *loading, const struct node *node)
{
    enum { CANDIDATES_MAX = 512 };
    struct text candidates[CANDIDATES_MAX];
    size_t count = 0;

    for (const struct check *const *family = loading->checks; family && *family; family++)
        for (const struct check *check = *family; check->name && count < CANDIDATES_MAX; check++)
            candidates[count++] = text_of(check->name);
    return loading_fail_guess(loading, node, false, "check", node->text, candidates, count);
}

static bool read_check(struct loading *loading, const struct node *node, struct compiled *compiled)
{
    if (!loading_is_text(loading, node))
        return false;
    for (const struct check *const *family = loading->checks; family && *family; family++)
        for (const struct check *check = *family; check->name; check++)
            if (text_equal(node->text, text_of(check->name))) {
                compiled->check = check;
                compiled->rule.check = check->name;
                return true;
            }
    return fail_check(loading, node);
}

static const struct {
    const char *key;
    bool (*read)(struct loading *, const struct node *, struct compiled *);
} keys[] = {
    { "severity", read_severity }, { "message", read_message },   { "spec", read_spec },
    { "level", read_level },       { "party", read_party },       { "since", read_since },
    { "why", read_why },           { "examples", read_examples }, { "when", read_when },
    { "unless", read_unless },     { "on", read_on },             { "require", read_require },
    { "forbid", read_forbid },     { "check", read_check },
};

enum { KEYS = sizeof keys / sizeof *keys };

struct text rule_key(size_t number)
{
    return number < KEYS ? text_of(keys[number].key) : (struct text){ "", 0 };
}

static bool read_key(struct loading *loading, const struct node *member, struct compiled *compiled)
{
    struct text candidates[KEYS];

    for (size_t i = 0; i < KEYS; i++) {
        if (text_equal(member->key, text_of(keys[i].key)))
            return keys[i].read(loading, member, compiled);
        candidates[i] = text_of(keys[i].key);
    }
    return loading_fail_guess(loading, member, true, "key", member->key, candidates, KEYS);
}

/* Lower case, digits and dashes that part words; the first word is the family. */
static bool read_id(struct loading *loading, const struct node *node, struct rule *rule)
{
    struct text id = node->key;
    bool is_good = id.len > 0 && id.len <= 80 && id.at[0] >= 'a' && id.at[0] <= 'z' && id.at[id.len - 1] != '-';

    for (size_t i = 0; is_good && i < id.len; i++) {
        char octet = id.at[i];
        bool is_dash = octet == '-' && id.at[i - 1] != '-';

        is_good = is_dash || (octet >= 'a' && octet <= 'z') || (octet >= '0' && octet <= '9');
    }
    if (!is_good)
        return loading_fail_key(loading, node, "'%.*s' is no rule id (lower case, digits, single dashes)",
                                (int)(id.len < 80 ? id.len : 80), id.at);
    rule->id = arena_text(loading->arena, id);
    rule->family = text_until(rule->id, '-', NULL);
    return true;
}

static bool check_keys(struct loading *loading, const struct node *node, bool is_builtin,
                       const struct compiled *compiled)
{
    bool is_good = true;
    const struct node *check = node_get(node, "check"), *on = node_get(node, "on");

    if (!node_get(node, "severity"))
        is_good = loading_fail_key(loading, node, "'severity:' is missing (error, warning or info)");
    if (!node_get(node, "message"))
        is_good = loading_fail_key(loading, node, "'message:' is missing: what shall a finding say?");
    if (is_builtin && !node_get(node, "spec"))
        is_good = loading_fail_key(loading, node, "'spec:' is missing: where is it written?");
    if (!node_get(node, "require") && !node_get(node, "forbid") && !check)
        is_good = loading_fail_key(loading, node, "one of 'require:', 'forbid:' and 'check:' is missing");
    if (compiled->check && compiled->check->field && !on)
        is_good = loading_fail(loading, check, "'%s' needs 'on:': which fields shall it read?", compiled->check->name);
    if (on && (!check || (compiled->check && !compiled->check->field)))
        is_good = loading_fail_key(loading, on, "'on:' is only for a check that reads fields");
    return is_good;
}

/* Whose facts a condition asks for, as bits by enum whose. */
static unsigned whose_of(const struct cond *cond)
{
    const struct test *test;
    unsigned bits = 0;

    for (uint32_t at = 0; (test = cond_next_test(cond, &at, NULL)) != NULL;)
        bits |= 1u << test->subject.whose;
    return bits;
}

static unsigned whose_facts(const struct compiled *compiled)
{
    unsigned bits = whose_of(&compiled->when) | whose_of(&compiled->unless) | whose_of(&compiled->require) |
                    whose_of(&compiled->forbid);

    for (size_t i = 0; i < compiled->non; i++)
        bits |= 1u << compiled->on[i].whose;
    if (bits == 0 && compiled->check && compiled->check->message)
        bits = 1u << WHOSE_MESSAGE;
    return bits;
}

/* A rule is about what its conditions ask for: the request alone, the response (a check over the exchange has the
 * request too), both, or each message by itself. */
static void settle_scope(struct compiled *compiled)
{
    enum { REQUEST = 1 << WHOSE_REQUEST, RESPONSE = 1 << WHOSE_RESPONSE, MESSAGE = 1 << WHOSE_MESSAGE };
    unsigned facts = whose_facts(compiled);
    bool asks_both = compiled->check && compiled->check->exchange && facts != REQUEST;

    compiled->reads_request = (facts & REQUEST) || asks_both;
    compiled->reads_response = (facts & RESPONSE) || asks_both;
    compiled->on_request = (facts & MESSAGE) || facts == REQUEST;
    compiled->on_response = (facts & MESSAGE) || facts != REQUEST;
    if (facts & MESSAGE)
        compiled->rule.scope = SCOPE_MESSAGE;
    else if (facts == REQUEST)
        compiled->rule.scope = SCOPE_REQUEST;
    else
        compiled->rule.scope = facts == RESPONSE && !asks_both ? SCOPE_RESPONSE : SCOPE_EXCHANGE;
}

/* A rule that compares exchanges is decided once: with its conditions about requests alone, or none and the client at
 * fault, for the request; else for each response. */
static void settle_history(struct compiled *compiled)
{
    unsigned facts = whose_facts(compiled);

    compiled->rule.scope = SCOPE_HISTORY;
    compiled->on_request = facts == 1u << WHOSE_REQUEST || (facts == 0 && compiled->rule.party == PARTY_CLIENT);
    compiled->on_response = !compiled->on_request;
    compiled->reads_request = true;
    compiled->reads_response = compiled->on_response;
}

static void settle_party(struct compiled *compiled, bool is_given)
{
    struct rule *rule = &compiled->rule;
    bool is_history = rule->scope == SCOPE_HISTORY;

    compiled->about = rule->scope == SCOPE_MESSAGE ? WHOSE_MESSAGE : rule->scope == SCOPE_REQUEST ? WHOSE_REQUEST
                    : WHOSE_RESPONSE;
    if ((rule->scope == SCOPE_EXCHANGE && rule->party == PARTY_CLIENT) ||
        (is_history && (compiled->on_request || rule->party == PARTY_CLIENT)))
        compiled->about = WHOSE_REQUEST;
    if (!is_given && rule->scope != SCOPE_MESSAGE)
        rule->party = rule->scope == SCOPE_REQUEST || (is_history && compiled->on_request) ? PARTY_CLIENT
                                                                                           : PARTY_SERVER;
}

bool rule_compile(struct loading *loading, const struct node *node, bool is_builtin, struct compiled *compiled)
{
    bool is_good = read_id(loading, node, &compiled->rule);

    if (node->kind != NODE_MAP)
        return loading_fail(loading, node, "a rule is a mapping of severity:, message: and so on, not %s",
                            node_kind_name(node->kind));
    for (const struct node *member = node->first; member; member = member->next)
        is_good &= read_key(loading, member, compiled);
    is_good &= check_keys(loading, node, is_builtin, compiled);
    compiled->rule.file = is_builtin ? NULL : loading->file;
    compiled->rule.source = text_of(loading->file);
    compiled->rule.line = node->key_line;
    if (compiled->check && compiled->check->history)
        settle_history(compiled);
    else
        settle_scope(compiled);
    settle_party(compiled, node_get(node, "party") != NULL);
    gates_make(compiled);
    compiled->rule.evidence = evidence_needed(compiled);
    return is_good;
}
