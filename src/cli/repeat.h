/*
 * repeat.h - the same finding again and again: told once, then counted.
 *
 * The same are findings of one rule about one server, method, path pattern, status and field (report/fingerprint.h). What is
 * counted is told in words when an interval ends. Holds a bounded number of findings, those seen most recently; one that was
 * forgotten is told again, and its count before it goes. One thread.
 */
#ifndef HTTPLINT_CLI_REPEAT_H
#define HTTPLINT_CLI_REPEAT_H

#include "httplint.h"

/* How often the same finding is told. */
enum repeat_mode {
    REPEAT_FIRST,                        /* once */
    REPEAT_INTERVAL,                     /* once in each interval */
    REPEAT_ALL                           /* every time: nothing is counted */
};

struct repeats;

/* `told` gets the words of a count: "17 more: error status-405-allow-missing, PUT shop.example/a/<digits> -> 405". Holds
 * `most` findings, at least 1. Freed by repeats_free. */
struct repeats *repeats_new(enum repeat_mode, uint64_t most, void (*told)(void *context, const char *words), void *context);
void repeats_free(struct repeats *);

/* True if the finding is to be told; else it is counted. */
bool repeats_admit(struct repeats *, const struct httplint_exchange *, const struct httplint_finding *);

/* An interval ends: tells what was counted in it, the longest unseen first. */
void repeats_tell(struct repeats *);

#endif
