/*
 * settings.h - what configuration files say that flags can say too; a flag beats its key.
 */
#ifndef HTTPLINT_CLI_SETTINGS_H
#define HTTPLINT_CLI_SETTINGS_H

#include "cli/options.h"

/* Puts into the options what files say and no flag does. `select` and `ignore` were obeyed when the rules were loaded.
 * Names of files are relative to the file that has them. False, with places in `errors`, if a value is none of its key,
 * also where a flag beats it. */
bool settings_apply(const httplint_rules *, struct options *, struct errors *errors);

/* The command --print-config: all of it as a configuration file, and in comments who says so. Gives the exit status. */
int settings_print(struct options *, int out, struct out *err);

#endif
