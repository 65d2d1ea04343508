/*
 * describe.h - conditions in words for people: what a rule applies to and what it requires, as
 * "status is 405 and response.Via is absent".
 *
 * Made of the tree that was read, so it says what its author wrote. It explains and decides
 * nothing.
 */
#ifndef HTTPLINT_ENGINE_DESCRIBE_H
#define HTTPLINT_ENGINE_DESCRIBE_H

#include "engine/yaml.h"

/* A condition that compiles, in words that live in the arena. */
struct text describe_cond(struct arena *, const struct node *);

#endif
