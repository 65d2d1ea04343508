/*
 * help.h - what the command tells about itself, made from the table of flags.
 */
#ifndef HTTPLINT_CLI_HELP_H
#define HTTPLINT_CLI_HELP_H

#include "base/out.h"

/* All of it, within 80 columns. */
void help_tell(struct out *);

/* A line or two for somebody who gave no arguments. */
void help_usage(struct out *);

/* Name, version, number of built-in rules, libraries that are loaded. */
void help_version(struct out *, size_t nrules);

#endif
