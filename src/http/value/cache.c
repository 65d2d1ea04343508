#include "http/value/cache.h"

#include "http/value/number.h"

static const struct {
    struct text name;
    enum cache_argument arguments[2];      /* by enum side */
} directives[CACHE_COUNT] = {
    [CACHE_UNKNOWN] = { TEXT_INIT(""), { CACHE_NOTHING, CACHE_NOTHING } },
#define DIRECTIVE(enumerator, name, request, response)                                             \
    [CACHE_##enumerator] = { TEXT_INIT(name), { CACHE_##request, CACHE_##response } },
    CACHE_DIRECTIVES(DIRECTIVE)
#undef DIRECTIVE
};

static enum cache_directive find(struct text name)
{
    for (unsigned i = CACHE_UNKNOWN + 1; i < CACHE_COUNT; i++)
        if (text_equal_nocase(name, directives[i].name))
            return (enum cache_directive)i;
    return CACHE_UNKNOWN;
}

bool cache_read(struct text member, struct cache_member *directive, struct text *culprit)
{
    struct parameter *parameter = &directive->parameter;

    *directive = (struct cache_member){ .directive = CACHE_UNKNOWN };
    bool is_good = parameter_take(&member, parameter) && member.len == 0;

    directive->directive = find(parameter->name);
    /* No blanks here: behind a lone name the first of them is at fault. */
    if (is_good && parameter->blanks.len > 0)
        member = text_part(parameter->whole, parameter->name.len, parameter->whole.len);
    if (!is_good || parameter->blanks.len > 0)
        return cursor_fault(member, culprit);
    directive->is_seconds = number_read(parameter->value, &directive->seconds, NULL);
    return true;
}

enum cache_argument cache_argument_of(enum cache_directive directive, enum side side)
{
    return directives[directive].arguments[side];
}

/* The inside of a quoted-string as a list of field names; one name unquoted passes here. */
static bool is_fields(const struct parameter *parameter)
{
    struct text member;
    struct list_reader fields = list_of(parameter->value);

    return list_is_tokens(fields, NULL) && list_next(&fields, &member);
}

bool cache_is_argument_right(const struct cache_member *member, enum side side)
{
    bool has_value = member->parameter.has_value;

    if (member->directive == CACHE_UNKNOWN)
        return true;
    switch (cache_argument_of(member->directive, side)) {
    case CACHE_NOTHING:
        return !has_value;
    case CACHE_SECONDS:
        return member->is_seconds;
    case CACHE_MAYBE_SECONDS:
        return !has_value || member->is_seconds;
    case CACHE_MAYBE_FIELDS:
        return !has_value || is_fields(&member->parameter);
    case CACHE_FOREIGN:
        break;
    }
    return true;
}

static void add(struct cache_control *control, const struct cache_member *member)
{
    uint32_t bit = (uint32_t)1 << member->directive;

    if (control->has & bit) {
        control->repeated |= member->directive == CACHE_UNKNOWN ? 0 : bit;
        return;
    }
    control->has |= bit;
    if (member->parameter.has_value)
        control->has_argument |= bit;
    if (member->is_seconds) {
        control->has_seconds |= bit;
        control->seconds[member->directive] = member->seconds;
    }
}

struct cache_control cache_control(struct list_reader list)
{
    struct cache_control control = { .has = 0 };
    struct cache_member directive;
    struct text member;

    while (list_next(&list, &member)) {
        if (cache_read(member, &directive, NULL))
            add(&control, &directive);
        else
            control.is_faulty = true;
    }
    return control;
}

bool cache_has(const struct cache_control *control, enum cache_directive directive)
{
    return (control->has >> directive) & 1;
}

const char *cache_name(enum cache_directive directive)
{
    return directives[directive].name.at;
}
