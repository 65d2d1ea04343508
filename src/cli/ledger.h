/*
 * ledger.h - findings by their fingerprints: how often each is known, and how often it was seen.
 *
 * Baselines and comparisons are ledgers. What a person reads of an entry is that of its first
 * finding. Bounded: a capture cannot make one grow beyond LEDGER_MAX entries.
 */
#ifndef HTTPLINT_CLI_LEDGER_H
#define HTTPLINT_CLI_LEDGER_H

#include "report/fingerprint.h"

enum { LEDGER_MAX = 1 << 17 };

struct ledger_entry {
    struct fingerprint fingerprint;
    struct text rule, host, method, path, field; /* path: a pattern; empty: none */
    uint64_t status;                             /* 0: none */
    uint64_t known, seen;
};

struct ledger;

struct ledger *ledger_new(void);
void ledger_free(struct ledger *);

/* The entry; NULL if there is none. */
struct ledger_entry *ledger_find(struct ledger *, const struct fingerprint *);

/* The entry of a finding, new if need be; NULL where there is no room for one more. */
struct ledger_entry *ledger_of(struct ledger *, const struct httplint_exchange *, const struct httplint_finding *);

/* Adds an entry, whose texts are copied, if there is none with its fingerprint; false if there is one, or no room. */
bool ledger_add(struct ledger *, const struct ledger_entry *);

/* True once an entry found no room. */
bool ledger_is_full(const struct ledger *);

/* All entries, by rule, host, path, method, status and field; valid until the next one is added. */
struct ledger_entry *const *ledger_sorted(struct ledger *, size_t *count);

/* "status-405-allow-missing: PUT shop.example/a -> 405 Allow": what a person reads. */
void ledger_tell(struct out *, const struct ledger_entry *);

#endif
