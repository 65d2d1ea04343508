#include "input/mistakes.h"

#include <stdarg.h>
#include <stdio.h>

enum { WORDS_MAX = 200 };

static void find_line(struct mistakes *mistakes, size_t at)
{
    if (at < mistakes->counted_at)
        mistakes->counted_at = mistakes->line_at = mistakes->line = 0;
    for (; mistakes->counted_at < at; mistakes->counted_at++) {
        if (mistakes->text.at[mistakes->counted_at] != '\n')
            continue;
        mistakes->line++;
        mistakes->line_at = mistakes->counted_at + 1;
    }
}

void mistakes_add(struct mistakes *mistakes, const char *at, const char *format, ...)
{
    size_t offset = (size_t)(at - mistakes->text.at);
    char words[WORDS_MAX];
    va_list arguments;

    if (mistakes->count++ >= MISTAKES_MAX)
        return;
    va_start(arguments, format);
    vsnprintf(words, sizeof words, format, arguments);
    va_end(arguments);
    find_line(mistakes, offset);
    errors_add(mistakes->errors, mistakes->name, mistakes->line + 1, (unsigned)(offset - mistakes->line_at) + 1, "%s",
               words);
}
