/*
 * sample.h - one record of each kind, hand-made, that reporter tests change where they want to.
 */
#ifndef HTTPLINT_TESTS_SAMPLE_H
#define HTTPLINT_TESTS_SAMPLE_H

#include "report/report.h"

#define SAMPLE_TEXT(literal) ((struct httplint_text){ (literal), sizeof(literal) - 1 })

/* A 405 without Allow to "PUT http://shop.example/a", about frame 42 of a capture of 2024. */
struct httplint_rule sample_rule(void);
struct httplint_exchange sample_exchange(void);
struct httplint_finding sample_finding(const struct httplint_rule *);

/* All that a reporter writes for an exchange with one finding, and for a note, NUL-terminated and
 * cut to `size`; exchange or note may be NULL. With a summary of it all where `has_summary`. */
struct sample_report {
    const char *format, *file;
    struct report_options options;
    const struct httplint_exchange *exchange;
    const struct httplint_finding *finding; /* NULL: none */
    const struct httplint_note *note;
    bool has_summary;
};
void sample_write(const struct sample_report *, char *written, size_t size);

#endif
