/*
 * about.h - what the command says of itself beside the table of flags, as data: its help and its manual page are made
 * of it.
 */
#ifndef HTTPLINT_CLI_ABOUT_H
#define HTTPLINT_CLI_ABOUT_H

#include "cli/options.h"

/* The day of the release, "2026-11-26". */
extern const char about_released[];

/* Ways to call it, without its name; ends with NULL. */
extern const char *const about_calls[];

/* What it does, in sentences. */
extern const char about_purpose[];

/* The title of a section of flags. */
const char *about_section(enum section);

/* Two columns; a table ends with a NULL name. */
struct about {
    const char *name, *words;
};

extern const struct about about_statuses[], about_examples[], about_files[], about_environment[];

#endif
