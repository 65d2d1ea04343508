/*
 * config.h - where a configuration file is looked for if none is named.
 */
#ifndef HTTPLINT_CLI_CONFIG_H
#define HTTPLINT_CLI_CONFIG_H

#include "base/out.h"

/* The path of the first that there is, readable or not: `.httplint.yaml` in this folder, in those above it up to the
 * one that holds `.git` (none above is looked at where there is no such folder), then
 * $XDG_CONFIG_HOME/httplint/config.yaml, or the same below ~/.config. NULL if there is none. `path` is an empty writer
 * over memory, which holds it. */
const char *config_find(struct out *path);

#endif
