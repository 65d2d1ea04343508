/*
 * store.h - the value of a flag goes to its member of struct options, or is refused with words.
 *
 * Each function is a flag's `store`: see struct flag in options.h.
 */
#ifndef HTTPLINT_CLI_STORE_H
#define HTTPLINT_CLI_STORE_H

#include "cli/options.h"

#define STORE(name)                                                                                \
    bool store_##name(struct options *, const struct flag *, const char *value,                    \
                      struct errors *errors)

STORE(switch);   /* bool at flag->at becomes true */
STORE(mode);     /* what the command does: flag->value; the value, if there is one, is the rule to
                    explain */
STORE(facility); /* const char * at flag->at: of syslog */
STORE(place);    /* const char * at flag->at: where to listen */
STORE(string);   /* const char * at flag->at */
STORE(word);     /* one more in the struct words at flag->at */
STORE(severity); /* int at flag->at; "never" where flag->value is FAIL_ON_NEVER */
STORE(colour);
STORE(sandbox);
STORE(format);
STORE(jobs);
STORE(coverage); /* RULE=N: one more in the struct words at flag->at */
STORE(number);    /* uint64_t at flag->at, from 1 to flag->value (0: any) */
STORE(size);      /* uint64_t at flag->at; K, M and G may follow */
STORE(repeat);    /* int at flag->at: first, interval, all */
STORE(interface); /* one more in the struct words at flag->at, each once */
STORE(limit);  /* NAME=VALUE */
STORE(memory); /* SIZE of the limit memory_octets */

#undef STORE

#endif
