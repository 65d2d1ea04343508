/*
 * fingerprint.h - what makes a finding the same one in another capture: its rule, who was asked for
 * what, the status and the field.
 *
 * Ports, addresses of clients, times, frames, queries, user information and what a path holds of
 * numbers and ids do not count, so a fingerprint lasts from one run of a server to the next. It
 * stands in baselines: change what it is made of and FINGERPRINT_VERSION with it. Pure.
 */
#ifndef HTTPLINT_REPORT_FINGERPRINT_H
#define HTTPLINT_REPORT_FINGERPRINT_H

#include "base/out.h"
#include "httplint.h"

enum { FINGERPRINT_VERSION = 1, FINGERPRINT_DIGITS = 32 };

struct fingerprint {
    char digits[FINGERPRINT_DIGITS + 1]; /* hexadecimal, lower case */
};

struct fingerprint fingerprint_of(const struct httplint_exchange *, const struct httplint_finding *);

/* The host of the exchange's URL in lower case, without port; nothing if it is not known. */
void fingerprint_host(struct out *, const struct httplint_exchange *);

/* The path of its URL as a pattern (pattern.h): numbers become `<digits>`, long hexadecimal ids and
 * the parts of UUIDs `<hex>`. Nothing where there is no path. */
void fingerprint_path(struct out *, const struct httplint_exchange *);

#endif
