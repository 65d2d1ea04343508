/*
 * pages.h - the rules as a folder of Markdown, for docs/rules: a page each, and an index by family.
 */
#ifndef HTTPLINT_CLI_PAGES_H
#define HTTPLINT_CLI_PAGES_H

#include "cli/options.h"

/* Writes ID.md of each rule and README.md into the folder options->explained, which exists; pages of rules that are
 * gone stay. Gives the exit status. */
int pages_write(const struct options *, struct out *err);

#endif
