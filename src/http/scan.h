/*
 * scan.h - our own reader of a message head: every part of it, with the exact octets.
 *
 * llhttp hides some octets and stops at others; the scan does neither. It takes a whole head,
 * however odd, and gives the start-line parts, a table of fields and the anomalies. It is pure
 * but for the arena, and decides nothing.
 */
#ifndef HTTPLINT_HTTP_SCAN_H
#define HTTPLINT_HTTP_SCAN_H

#include "base/arena.h"
#include "base/limits.h"
#include "http/message.h"

/* Fills the start-line parts, fields, `has` and anomalies of a message whose side, head, marks and stream_at are set:
 * head runs from the start line to the empty line (RFC 9112 2.1). False if there are more fields than limits.fields:
 * those beyond are left out. */
bool scan_head(struct arena *, const struct names *, const struct limits *, struct message *);

/* Appends a trailer section (field lines and the empty line, marks ascending from offset 0) to a scanned message: head
 * is copied to a longer one, its marks follow (RFC 9112 7.1.2). False as above, with limits.trailer_fields. */
struct scan_trailer { struct text octets; const struct mark *marks; uint32_t nmarks; };
bool scan_trailers(struct arena *, const struct names *, const struct limits *, struct message *,
                   const struct scan_trailer *);

/* Records an anomaly at head[at .. at + len). */
void scan_anomaly(struct arena *, struct message *, enum anomaly_kind, struct text where);

/* Records one outside the head, where the mark says. */
void scan_anomaly_outside(struct arena *, struct message *, enum anomaly_kind, const struct mark *);

#endif
