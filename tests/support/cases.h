/*
 * cases.h - the transcripts below tests/cases, each case with what it is to show.
 */
#ifndef HTTPLINT_TESTS_CASES_H
#define HTTPLINT_TESTS_CASES_H

#include "input/transcript.h"

struct case_file {
    char *path;
    char *octets;
    struct transcript *transcript;
};

struct case_files {
    struct case_file *files;
    size_t count;
};

/* All of them, in the order of their names. A file that does not parse fails the test that asks. */
struct case_files cases_load(void);
void cases_free(struct case_files *);

/* The built-in rules, loaded once for the whole run. */
httplint_rules *cases_rules(void);

/* The ids of the findings of a session, as they come: a sink to be given to httplint_new. */
struct found {
    char **ids;
    size_t count;
};
struct httplint_sink found_sink(struct found *);
void found_clear(struct found *);

/* Feeds the steps of a case to a session and finishes it. */
void cases_feed(const struct transcript *, const struct transcript_case *, httplint *);

/* True if the ids are those that the case expects, in any order; else `words` (of `size` octets) tells the difference. */
bool cases_match(const struct transcript *, const struct transcript_case *, const struct found *, char *words, size_t size);

#endif
