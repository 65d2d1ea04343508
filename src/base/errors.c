#include "base/errors.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"

enum { WORDS_MAX = 1024, GUESS_LEN_MAX = 64 };

bool errors_add(struct errors *errors, const char *file, unsigned line, unsigned column, const char *format, ...)
{
    char words[WORDS_MAX];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(words, sizeof words, format, arguments);
    va_end(arguments);
    errors->items = memory_grow(errors->items, errors->count + 1, sizeof *errors->items);
    errors->items[errors->count++] = (struct error){ file ? memory_string(file) : NULL, line, column, memory_string(words) };
    return false;
}

void errors_clear(struct errors *errors)
{
    for (size_t i = 0; i < errors->count; i++) {
        memory_free(errors->items[i].file);
        memory_free(errors->items[i].words);
    }
    memory_free(errors->items);
    *errors = (struct errors){ 0 };
}

static size_t least(size_t a, size_t b, size_t c)
{
    size_t ab = a < b ? a : b;

    return ab < c ? ab : c;
}

/* Levenshtein's distance without regard to case; both at most GUESS_LEN_MAX long. */
static size_t edits(struct text a, struct text b)
{
    size_t row[GUESS_LEN_MAX + 1];

    for (size_t j = 0; j <= b.len; j++)
        row[j] = j;
    for (size_t i = 1; i <= a.len; i++) {
        size_t diagonal = row[0];

        row[0] = i;
        for (size_t j = 1; j <= b.len; j++) {
            size_t above = row[j];
            size_t change = text_lower(a.at[i - 1]) != text_lower(b.at[j - 1]);

            row[j] = least(above + 1, row[j - 1] + 1, diagonal + change);
            diagonal = above;
        }
    }
    return row[b.len];
}

struct text errors_did_you_mean(struct text word, const struct text *candidates, size_t count)
{
    struct text best = { "", 0 };
    size_t fewest = word.len / 3 + 2;        /* more edits than that and it is another word */

    if (word.len > GUESS_LEN_MAX)
        return best;
    for (size_t i = 0; i < count; i++) {
        if (candidates[i].len > GUESS_LEN_MAX)
            continue;
        size_t distance = edits(word, candidates[i]);

        if (distance < fewest) {
            fewest = distance;
            best = candidates[i];
        }
    }
    return best;
}
