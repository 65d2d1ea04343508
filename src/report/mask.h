/*
 * mask.h - secrets of the recorded people, kept out of reports: the one place that knows what is
 * secret.
 *
 * Secret are the values of Authorization, Proxy-Authorization, Cookie and Set-Cookie, and the user
 * information in URIs. Each function appends `***` in place of them to `to`; what is not secret
 * stays octet for octet. Where it cannot be told how far a secret reaches, more is masked, never
 * less.
 */
#ifndef HTTPLINT_REPORT_MASK_H
#define HTTPLINT_REPORT_MASK_H

#include "base/out.h"
#include "base/text.h"
#include "httplint.h"

/* A URI or authority: user information goes. */
void mask_url(struct out *to, struct text url);

/* The octets at fault of a finding, and its message: its rule's template tells which parts of that
 * came from where. */
void mask_evidence(struct out *to, const struct httplint_exchange *,
                   const struct httplint_finding *);
void mask_message(struct out *to, const struct httplint_exchange *,
                  const struct httplint_finding *);

#endif
