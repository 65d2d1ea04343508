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

/* The same in memory of any size, freed by out_free. */
struct out *sample_out(const struct sample_report *);

/* What a wire may send to break out of each format, in a file of a like name. */
#define SAMPLE_HOSTILE                                                                                       \
    "\"'<b>&amp;]]><![CDATA[ --><script>\x01\x1B[2J\x7F\xFF\xC3\r\n::error::x%0A%25 |`*_~#@octocat [a](http://evil.example) " \
    "www.evil.example {0} \\ \xE2\x80\xAE \xEF\xBF\xBF\t\"/></failure></details>"
void sample_be_hostile(struct httplint_exchange *, struct httplint_finding *);

/* What a format makes of the same few cases: plain, odd octets, no place, in the baseline, fixed, hidden. A note goes with
 * each, of three octets that were lost. */
enum { SAMPLE_CASES = 6 };
void sample_check(const char *format, const char *const written[SAMPLE_CASES]);

/* True if it is one whole XML document. */
bool sample_is_xml(struct text);

#endif
