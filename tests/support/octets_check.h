/*
 * octets_check.h - what tables of heads say when a row fails.
 */
#ifndef HTTPLINT_TESTS_OCTETS_CHECK_H
#define HTTPLINT_TESTS_OCTETS_CHECK_H

#include "http/message.h"

/* True if the names of the anomalies, each once and in the order of their enumerators, are `expected`: "{a,b}" or "". */
bool octets_head_is(const char *name, const struct message *, const char *expected);

/* The test fails in the row of this name. */
void octets_fail(const char *name);

#endif
