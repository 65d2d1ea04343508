/*
 * pen.h - writes what the wire put into a record: masked unless secrets are to be shown, cut, and as printable
 * characters (out_visible) of one line, so that a format has only its own signs left to escape.
 */
#ifndef HTTPLINT_REPORT_PEN_H
#define HTTPLINT_REPORT_PEN_H

#include "report/report.h"
#include "report/words.h"

struct pen {
    struct report_options options;
    struct out *line;    /* what it wrote; the owner takes it and clears it */
    struct out *scratch; /* one value before it is cut and escaped */
};

/* `pen` is filled; what it owns is freed by pen_drop. */
void pen_take(struct pen *pen, const struct report_options *);
void pen_drop(struct pen *);

/* The octets themselves, masked unless secrets are to be shown; valid until the pen is used again. */
struct text pen_masked_url(struct pen *, struct httplint_text url);
struct text pen_masked_message(struct pen *, const struct httplint_exchange *, const struct httplint_finding *);
struct text pen_masked_evidence(struct pen *, const struct httplint_exchange *, const struct httplint_finding *);

/* At most `max` octets and "..." if there are more. */
void pen_text(struct pen *, struct text octets, size_t max);

/* "405 Method Not Allowed without Allow (uncertain)": the message, and what is known of the finding besides. */
void pen_message(struct pen *, const struct httplint_exchange *, const struct httplint_finding *);

/* "PUT http://shop.example/a", or that it was not seen; at most `max` octets of the URL. */
void pen_request(struct pen *, const struct httplint_exchange *, size_t max);

/* " -> 405", or that the response was not seen (0). */
void pen_status(struct pen *, unsigned status);

/* pen_request and pen_status in one: the status that the finding is about. */
void pen_context(struct pen *, const struct httplint_exchange *, const struct httplint_finding *, size_t max);

/* Both in one: "405 Method Not Allowed without Allow (PUT http://shop.example/a -> 405)". */
void pen_sentence(struct pen *, const struct httplint_exchange *, const struct httplint_finding *);

/* "198.18.0.2:40001 > 198.18.0.1:80", after `before`; nothing where neither end is known. */
void pen_ends(struct pen *, const struct httplint_exchange *, const char *before);

/* "RFC9110 15.5.6, RFC9110 10.2.1", after `before`; nothing where there is none. */
void pen_specs(struct pen *, const struct httplint_rule *, const char *before);

#endif
