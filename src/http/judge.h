/*
 * judge.h - llhttp as the second reader of a head: the one door to it.
 *
 * The scan decides, llhttp judges: a fresh strict parser is fed the whole head in one call. Where it
 * rejects the head, or frames the body otherwise than we do, that is an anomaly of the message.
 */
#ifndef HTTPLINT_HTTP_JUDGE_H
#define HTTPLINT_HTTP_JUDGE_H

#include "base/arena.h"
#include "http/message.h"

struct judge;

/* Freed by judge_free. Serves one thread; keeps nothing from one head to the next. */
struct judge *judge_new(void);
void judge_free(struct judge *);

/* Judges a scanned and framed message: adds ANOMALY_PARSER_REJECTS or ANOMALY_PARSERS_DIFFER where they apply. */
void judge_head(struct judge *, struct arena *, struct message *);

/* llhttp's reason for the last rejection, a static string, "" if it accepted. */
const char *judge_reason(const struct judge *);

/* The version of the llhttp that was compiled in. */
const char *judge_version(void);

#endif
