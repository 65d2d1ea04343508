/*
 * expect.h - what inputs are to show: `expect.yaml` in their folder, held against what they do show.
 *
 *   login.pcap:
 *     - status-405-allow-missing                      a rule, or a glob: found, however often
 *     - { rule: framing-*, count: 2, exchange: 3 }    so often, in that exchange
 *   health-*.har: none
 *
 * An input whose name a key fits (the first one that does) has to show all that is listed there and nothing else.
 */
#ifndef HTTPLINT_CLI_EXPECT_H
#define HTTPLINT_CLI_EXPECT_H

#include "base/errors.h"
#include "base/out.h"
#include "httplint.h"

#define EXPECT_FILE "expect.yaml"

struct expectations;

/* True if that is the name of a file of expectations, which is no input. */
bool expect_is_file(const char *path);

/* No inputs yet; rules outlive it. */
struct expectations *expect_new(const httplint_rules *);
void expect_free(struct expectations *);

/* One more input, which outlives the expectations; what its folder's file says of it is read. `is_named`: it was not
 * found by walking its folder. False, with places in `errors`, if that file is wrong. */
bool expect_input(struct expectations *, const char *path, bool is_named, struct errors *errors);

/* A finding of an input. False if nothing is expected of that input; else `*is_expected` tells whether it is listed.
 * Called for the inputs in their order. */
bool expect_finding(struct expectations *, const char *path, const struct httplint_exchange *,
                    const struct httplint_finding *, bool *is_expected);

/* All was seen: tells each difference. True if there is none. */
bool expect_conclude(const struct expectations *, struct out *err);

/* Inputs of which something is expected, and those of them that differ. */
size_t expect_count(const struct expectations *, size_t *ndifferent);

#endif
