/*
 * judge.h - llhttp as the second reader of a head: the one door to it.
 *
 * The scan decides, llhttp judges: a fresh strict parser is fed the whole head in one call. Where it
 * rejects the head, or frames the body otherwise than we do, that is an anomaly of the message. A head
 * of a known shape (known.h) has the judgement of the first of its shape.
 */
#ifndef HTTPLINT_HTTP_JUDGE_H
#define HTTPLINT_HTTP_JUDGE_H

#include "base/arena.h"
#include "http/message.h"

struct judge;

/* Freed by judge_free. Serves one thread; keeps nothing from one head to the next. */
struct judge *judge_new(void);
void judge_free(struct judge *);

/* What llhttp made of a head. */
struct judged {
    bool is_accepted;          /* the whole head */
    bool is_rejected;          /* at head offset rejected_at; neither: it saw the begin of HTTP/2 */
    bool is_chunked, has_length;
    uint32_t rejected_at;
    uint64_t length;
};

/* Runs llhttp over the head of a scanned and framed message, and compares. */
struct judged judge_head(struct judge *, struct arena *, struct message *);

/* What llhttp made of it against what we made of it: adds ANOMALY_PARSER_REJECTS or ANOMALY_PARSERS_DIFFER to the message
 * where they apply. */
void judge_compare(struct arena *, struct message *, const struct judged *);

/* llhttp's reason for the last rejection, a static string, "" if it accepted. */
const char *judge_reason(const struct judge *);

/* The version of the llhttp that was compiled in. */
const char *judge_version(void);

#endif
