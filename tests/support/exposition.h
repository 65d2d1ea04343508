/*
 * exposition.h - a strict reader of the text format of Prometheus, version 0.0.4, and of no more of it than is to be
 * written.
 *
 * Each family: HELP, TYPE (counter or gauge), then its samples and no other's; no family and no sample twice; a
 * counter's name ends in _total, a gauge's does not; values are plain decimals without a sign.
 */
#ifndef HTTPLINT_TESTS_EXPOSITION_H
#define HTTPLINT_TESTS_EXPOSITION_H

#include "base/text.h"

/* NULL, or what is wrong with the line `*line` (from 1). */
const char *exposition_fault(struct text, unsigned *line);

/* The value of the sample that is written so, as `a{b="c"}`; -1: there is none. */
double exposition_value(struct text, const char *sample);

/* True if there is a family of that name. */
bool exposition_has(struct text, struct text name);

#endif
