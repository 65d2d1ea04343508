/*
 * tool.h - programs that read what we write: each is run on files in a temporary folder.
 *
 * Where one is not installed the test says so and is passed over; with HTTPLINT_NO_SKIP=1 that is a failure.
 */
#ifndef HTTPLINT_TESTS_TOOL_H
#define HTTPLINT_TESTS_TOOL_H

#include "base/text.h"

enum { TOOL_WORDS_MAX = 4096 };

/* True if the program is installed, and Python's module if one is named. */
bool tool_is_there(const char *program, const char *module);

/* Runs `line` in a shell; `%` in it stands for `count` files, each of which holds one of the texts. What the tool
 * prints, on whichever output, becomes `words`, NUL-terminated and cut. True if it ends with status 0. */
bool tool_run(const char *line, const struct text *octets, size_t count, char words[TOOL_WORDS_MAX]);

#endif
