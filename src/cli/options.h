/*
 * options.h - the command line as data. One table (options.c) gives every flag its name, its
 * help and where its value goes; nothing else knows flags.
 */
#ifndef HTTPLINT_CLI_OPTIONS_H
#define HTTPLINT_CLI_OPTIONS_H

#include "base/errors.h"
#include "cli/repeat.h"
#include "httplint.h"
#include "report/report.h"

enum mode {
    MODE_LINT,
    MODE_HELP,
    MODE_VERSION,
    MODE_LIST_RULES,
    MODE_EXPLAIN,
    MODE_CHECK_RULES,
    MODE_PRINT_CONFIG,
    MODE_PAGES,
    MODE_MANUAL,
    MODE_COMPLETION,
    MODE_LIST_INTERFACES
};
enum colour { COLOUR_AUTO, COLOUR_ALWAYS, COLOUR_NEVER };
enum sandbox { SANDBOX_AUTO, SANDBOX_REQUIRE, SANDBOX_OFF };

enum { FAIL_ON_NEVER = HTTPLINT_ERROR + 1 };

/* Strings of argv, in order. */
struct words {
    const char **items;
    size_t count;
};

struct format {
    const struct reporter *reporter;
    const char *path; /* NULL: standard output */
};

/* What passes now is linted if `interfaces` names any. Numbers: 0 where the flag is not given. */
struct live_flags {
    struct words interfaces;
    bool is_modest; /* not promiscuous */
    uint64_t snaplen, buffer_kib, packets, seconds;
    const char *kept; /* the file of -w; NULL: none */
    uint64_t file_octets, file_seconds, files;
    const char *user;
    int repeat; /* enum repeat_mode */
    uint64_t repeat_seconds;
    const char *syslog;  /* a facility; NULL: no log is told */
    const char *metrics; /* where they are served; NULL: nowhere */
    const char *evidence; /* a folder; NULL: none */
    uint64_t evidence_octets;
};

/* Views of argv, or of strings that it owns; all freed by options_clear. */
struct options {
    enum mode mode;
    const char *mode_flag; /* the flag that chose it, NULL: none */
    const char *explained; /* a rule's id; with MODE_PAGES a folder, with MODE_COMPLETION a shell */
    uint64_t given;        /* which flags were, by their place in the table */
    const char *config;    /* the configuration file; NULL: none */
    bool has_no_config;    /* none is looked for */
    struct words owned;    /* strings that are freed with the options */
    struct words inputs;   /* operands: inputs, or with MODE_CHECK_RULES rules files */
    const char *filter;
    const char *annotate;  /* the file of --annotate; NULL: none */
    struct words rules, select, ignore;
    const char *baseline, *written_baseline, *compared; /* NULL: none */
    struct words coverage;     /* RULE=N each */
    bool is_strict;            /* about the baseline */
    bool has_no_expectations;  /* expect.yaml is not read */
    bool has_no_default_rules;
    int min_severity, fail_on; /* enum httplint_severity; fail_on may be FAIL_ON_NEVER */
    struct format *formats;    /* at least one after options_parse */
    size_t nformats;
    bool shows_exchanges, allows_empty, allows_truncated, shows_secrets, has_statistics, is_quiet,
        is_verbose;
    int colour;    /* enum colour */
    int sandbox;   /* enum sandbox */
    struct live_flags live;
    uint64_t jobs; /* 0: as many as there are cores */
    struct httplint_limit *limits;
    size_t nlimits;
};

/* Reads the command line (argv is permuted: operands last). False with what is wrong in `errors`;
 * to be cleared in any case. */
bool options_parse(struct options *, int argc, char **argv, struct errors *errors);
void options_clear(struct options *);

/* False, with an error, if there is nothing to lint, or standard input twice. Asked once configuration files have had
 * their say. */
bool options_check_inputs(const struct options *, struct errors *errors);

/* A copy of the octets that lives as long as the options. */
const char *options_own(struct options *, struct text);

enum section { SECTION_INPUT, SECTION_LIVE, SECTION_RULES, SECTION_FINDINGS, SECTION_OUTPUT, SECTION_LIMITS, SECTION_ABOUT };

/* A flag as a person reads it. */
struct flag {
    const char *name;     /* without the dashes */
    char letter;          /* 0: none */
    const char *argument; /* NULL: takes none */
    enum section section;
    /* Stores the value (NULL without an argument); false with an error. */
    bool (*store)(struct options *, const struct flag *, const char *value, struct errors *errors);
    size_t at; /* of the member of struct options, for those stores that serve several flags */
    int value; /* what such a store puts there */
    const char *help;
};

/* The table; ends with a NULL name. Flags without help are not for people. */
extern const struct flag flags[];

/* The flag of that name, which there must be; whether the command line has it. */
const struct flag *flag_find(const char *name);
bool flag_is_given(const struct options *, const struct flag *);

#endif
