/*
 * engine.h - an exchange goes in, findings come out.
 *
 * Every rule is decided once per response of an exchange (interim ones too), or once per request
 * if it reads only that. In the steady state an engine allocates nothing but in the exchange's
 * arena, and compares no string before the gates of status and presence are passed.
 */
#ifndef HTTPLINT_ENGINE_ENGINE_H
#define HTTPLINT_ENGINE_ENGINE_H

#include "base/hash.h"
#include "base/limits.h"
#include "base/note.h"
#include "engine/evidence.h"
#include "engine/finding.h"
#include "engine/ruleset.h"

struct engine;

/* How often a rule was decided, and how; where it could not be, by what was lacking. */
struct rule_count {
    uint64_t kept, broken, not_applicable, undecidable[LACK_COUNT];
};

/* Owned by the caller; freed by engine_free. Ruleset and limits must outlive it. */
struct engine *engine_new(const struct ruleset *, const struct limits *, struct finding_sink, struct note_sink);
void engine_free(struct engine *);

/* From now on exchanges are remembered for those that follow, if a rule asks for that; without it such rules are
 * undecided. `key` should be random (hash.h). */
void engine_remember(struct engine *, const uint8_t key[HASH_KEY_OCTETS]);

/* From now on exchanges are judged by another ruleset; the old one is not needed any more. Earlier exchanges stay remembered;
 * how rules were decided, and what was suppressed, is counted anew. `key` as in engine_remember. */
void engine_adopt(struct engine *, const struct ruleset *, const uint8_t key[HASH_KEY_OCTETS]);

/* What happens before an exchange is judged, as http_sink has it. */
void engine_asked(struct engine *, struct exchange *x);
void engine_answered(struct engine *, const struct exchange *x);
void engine_lost(struct engine *, const struct connection *);

/* The head of the response is whole: true if a rule may read its content. Asked before the content comes, of http_sink. */
bool engine_reads_body(const struct engine *, const struct exchange *x, const struct message *response);

/* Applies all rules; the findings reach the sink before it returns, by message and then offset. Returns their number.
 * Sets x->response to each response in turn. */
unsigned engine_judge(struct engine *, struct exchange *x);

/* Findings that suppressions took away: of all, and of the one of that number; several may fit the same finding. */
uint64_t engine_suppressed(const struct engine *);
uint64_t engine_suppressed_by(const struct engine *, size_t suppression);

/* The counts of a rule of the set; kept only after engine_count_on. */
void engine_count_on(struct engine *);
const struct rule_count *engine_counts(const struct engine *, const struct rule *);

#endif
