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
#include "engine/findings.h"
#include "engine/happening.h"
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
 * how rules were decided, and what was suppressed, is counted anew. `key` as in engine_remember; NULL: the engine has no
 * memory. */
void engine_adopt(struct engine *, const struct ruleset *, const uint8_t key[HASH_KEY_OCTETS]);

/* What makes the hashes of its memory, for happening_asked and happening_answered; NULL: nothing is remembered. */
const struct hash_secret *engine_secret(const struct engine *);

/* What happens before an exchange is judged is remembered, in the order of the calls. */
void engine_take(struct engine *, const struct happening *);

/* The head of the response is whole: true if a rule may read its content. Asked before the content comes, of http_sink, and
 * hence of an engine that may have no memory: `is_put_seen` tells whether there was anything that looked like a PUT. */
bool engine_reads_body(const struct engine *, const struct exchange *x, const struct message *response, bool is_put_seen);

/* Applies all rules; the findings reach the sink before it returns, by message and then offset. Returns their number.
 * Sets x->response to each response in turn. */
unsigned engine_judge(struct engine *, struct exchange *x);

/* The same in two steps, which may be two engines' of the same ruleset, in two threads one after the other: the rules that
 * look at one exchange alone; then, in the order in which exchanges are over, those that ask what came before, and the
 * telling. What the first step makes lives in the arena of the exchange, what the second adds in `arena`. */
struct judgment {
    struct findings findings;
    struct left *left;         /* rules that ask what came before */
    size_t nleft, room_left;
};
void engine_judge_alone(struct engine *, struct exchange *x, struct judgment *);
unsigned engine_judge_last(struct engine *, struct exchange *x, struct judgment *, struct arena *arena);

/* Findings that suppressions took away: of all, and of the one of that number; several may fit the same finding. */
uint64_t engine_suppressed(const struct engine *);
uint64_t engine_suppressed_by(const struct engine *, size_t suppression);

/* The counts of a rule of the set; kept only after engine_count_on. */
void engine_count_on(struct engine *);
const struct rule_count *engine_counts(const struct engine *, const struct rule *);

#endif
