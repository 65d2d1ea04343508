/*
 * loaded.h - rulesets from YAML in a test, and what a row says when it fails.
 */
#ifndef TESTS_SUPPORT_LOADED_H
#define TESTS_SUPPORT_LOADED_H

#include <CUnit/CUnit.h>

#include "engine/check.h"
#include "engine/engine.h"

enum { LOADED_WORDS_MAX = 4096 };

/* A failure names the row. */
#define ROW_TRUE(row, condition)                                                                   \
    CU_assertImplementation((condition) ? CU_TRUE : CU_FALSE, __LINE__, loaded_row((row), #condition), __FILE__, "", \
                            CU_FALSE)

/* Two C strings are equal; a failure shows both. */
#define ROW_STRING(row, got, wanted)                                                               \
    CU_assertImplementation(strcmp((got), (wanted)) == 0 ? CU_TRUE : CU_FALSE, __LINE__,           \
                            loaded_row3((row), (got), (wanted)), __FILE__, "", CU_FALSE)

const char *loaded_row(const char *row, const char *condition);
const char *loaded_row3(const char *row, const char *got, const char *wanted);

/* The ruleset of one text called t.yaml, with no other rules; NULL if it is wrong. `words` becomes the errors and remarks,
 * a line each, as "9:17: words\n" with the file's name only if it is another. */
struct ruleset *loaded_ruleset(const char *yaml, char words[LOADED_WORDS_MAX]);

/* The same for any request. */
struct ruleset *loaded_request(const struct ruleset_request *, char words[LOADED_WORDS_MAX]);

/* All the findings that an engine makes of an exchange, a line each: "id severity [~] 'culprit' field @offset\n", or the message
 * if `is_message`. */
void loaded_judge(const struct ruleset *, struct exchange *, bool is_message, char words[LOADED_WORDS_MAX]);

/* The same; `counted`: findings that suppressions took away, of all of them, of the first and of the second. */
void loaded_suppressed(const struct ruleset *, struct exchange *, char words[LOADED_WORDS_MAX], uint64_t counted[3]);

/* The checks that loaded_ruleset knows: value-is-x (field), has-one-host (message), answers-404 (exchange). */
extern const struct check *const loaded_checks[];

#endif
