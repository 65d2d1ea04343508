#include "base/regex.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "base/memory.h"

/* Steps and KiB that one match may take: far more than a sane expression needs on 64 KiB. */
enum { STEPS_MAX = 1000000, DEPTH_MAX = 10000, HEAP_KIB_MAX = 4096, NESTING_MAX = 64 };

struct regex {
    pcre2_code *code;
};

struct regex_room {
    pcre2_match_data *data;
    pcre2_match_context *limits;
};

static void *take(PCRE2_SIZE size, void *context)
{
    (void)context;
    return memory_new(size);
}

static void give_back(void *octets, void *context)
{
    (void)context;
    memory_free(octets);
}

struct regex *regex_new(struct text source, struct regex_error *error)
{
    pcre2_general_context *memory = pcre2_general_context_create(take, give_back, NULL);
    pcre2_compile_context *limits = pcre2_compile_context_create(memory);
    struct regex *regex = NULL;
    int number;
    PCRE2_SIZE at;

    pcre2_set_max_pattern_length(limits, REGEX_SOURCE_MAX);
    pcre2_set_parens_nest_limit(limits, NESTING_MAX);
    /* Values are octets, not characters: an expression may not switch that. */
    pcre2_code *code = pcre2_compile((PCRE2_SPTR)source.at, source.len,
                                     PCRE2_NEVER_UTF | PCRE2_NEVER_UCP | PCRE2_DOLLAR_ENDONLY, &number, &at, limits);

    if (code) {
        regex = memory_new(sizeof *regex);
        regex->code = code;
    } else {
        pcre2_get_error_message(number, (PCRE2_UCHAR *)error->words, sizeof error->words);
        error->at = at;
    }
    pcre2_compile_context_free(limits);
    pcre2_general_context_free(memory);
    return regex;
}

void regex_free(struct regex *regex)
{
    if (!regex)
        return;
    pcre2_code_free(regex->code);
    memory_free(regex);
}

struct regex_room *regex_room_new(void)
{
    pcre2_general_context *memory = pcre2_general_context_create(take, give_back, NULL);
    struct regex_room *room = memory_new(sizeof *room);

    room->data = pcre2_match_data_create(1, memory);
    room->limits = pcre2_match_context_create(memory);
    pcre2_set_match_limit(room->limits, STEPS_MAX);
    pcre2_set_depth_limit(room->limits, DEPTH_MAX);
    pcre2_set_heap_limit(room->limits, HEAP_KIB_MAX);
    pcre2_general_context_free(memory);
    return room;
}

void regex_room_free(struct regex_room *room)
{
    if (!room)
        return;
    pcre2_match_context_free(room->limits);
    pcre2_match_data_free(room->data);
    memory_free(room);
}

enum regex_answer regex_find(const struct regex *regex, struct regex_room *room, struct text value, struct text *found)
{
    const char *octets = value.at ? value.at : "";
    int answer = pcre2_match(regex->code, (PCRE2_SPTR)octets, value.len, 0, 0, room->data, room->limits);

    if (answer == PCRE2_ERROR_NOMATCH)
        return REGEX_NO;
    if (answer < 0)
        return REGEX_GAVE_UP;
    if (found) {
        const PCRE2_SIZE *ends = pcre2_get_ovector_pointer(room->data);

        *found = text_part(value, ends[0], ends[1] - ends[0]);
    }
    return REGEX_YES;
}
