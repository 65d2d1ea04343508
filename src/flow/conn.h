/*
 * conn.h - one connection from its first segment to its end, and all that its consumer is told.
 *
 * Every call of the sink is made here, so that here the order of calls is kept: opened, then
 * octets, repeated and gaps, ended once per direction, closed once. opened() is called before the
 * first other call, not at the first segment: by then a SYN that was captured late has told which
 * end opened the connection. Decides nothing about order and waits.
 */
#ifndef HTTPLINT_FLOW_CONN_H
#define HTTPLINT_FLOW_CONN_H

#include "flow/state.h"

/* A connection for the segment, numbered and in the table; an ACK with its SYN shows that its
 * receiver opened it. */
struct conn *conn_new(struct flow *, uint64_t hash, const struct segment *);

/* Out of the table and all lists, freed. Calls no sink: see conn_end. */
void conn_free(struct conn *);

/* The two ends change places: a SYN showed that ends[1] opened the connection. Only before
 * opened(). */
void conn_swap(struct conn *);

/* A note about this connection; conn_note_once only the first time for each code. `words` may be
 * NULL. */
void conn_note(struct conn *, enum note_code, uint64_t frame, const char *words);
void conn_note_once(struct conn *, enum note_code, uint64_t frame, const char *words);

/* Octets at stream->next, which then lies behind them: where that is, and what had reached their sender, is put into the piece.
 * `need` is the position in the other direction that they acknowledge, 0 if that is unknown. */
void conn_octets(struct conn *, int direction, struct piece *, uint64_t need);

/* Octets from position `pos` on that were delivered before; what lies below the last gap is left
 * out. */
void conn_repeated(struct conn *, int direction, uint64_t pos, const struct piece *);

/* What lies between stream->next and `to` was not captured. `frame` (0: none) shows it and is
 * noted with it. */
void conn_gap(struct conn *, int direction, uint64_t to, uint64_t frame);

/* The same for octets that the snap length cut off, which are noted by another name. */
void conn_cut(struct conn *, int direction, uint64_t to);

/* The base is where the capture happened to begin. */
void conn_midstream(struct conn *, int direction, uint64_t frame);

/* The direction is over. When both are, the connection is closed. */
void conn_end_direction(struct conn *, int direction, enum flow_end);

/* Everything is over: what is held is delivered, gaps included, then both directions end and the
 * connection closes. */
void conn_end(struct conn *);

/* True if it holds octets or a FIN that wait, or waits to see whether a RST holds. */
bool conn_is_waiting(const struct conn *);

/* True if it holds octets: more than a FIN or a RST. */
bool conn_is_holding(const struct conn *);

#endif
