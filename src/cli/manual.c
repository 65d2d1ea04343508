#include "cli/manual.h"

#include "base/limits.h"
#include "cli/about.h"
#include "cli/rules.h"
#include "cli/status.h"
#include "report/words.h"

enum { FILL_COLUMNS = 60 }; /* escapes come on top */

/* ---- roff ---- */

/* Text that shows as it is. A line of it must not begin with a dot or a quote: the octet \& goes before. */
static void put_plain(struct out *out, struct text text)
{
    static const struct {
        char octet;
        const char *shown;
    } escapes[] = {
        { '\\', "\\e" }, { '-', "\\-" }, { '\'', "\\(aq" }, { '`', "\\(ga" }, { '^', "\\(ha" }, { '~', "\\(ti" },
        { '"', "\\(dq" },
    };

    out_string(out, text.len > 0 && text.at[0] == '.' ? "\\&" : "");
    for (size_t i = 0; i < text.len; i++) {
        const char *shown = NULL;

        for (size_t j = 0; j < sizeof escapes / sizeof *escapes; j++)
            if (escapes[j].octet == text.at[i])
                shown = escapes[j].shown;
        if (shown)
            out_string(out, shown);
        else
            out_text(out, text_part(text, i, 1));
    }
}

/* Text to be filled: nobody reads its lines but people who read roff. */
static void put_line(struct out *out, struct text text)
{
    size_t column = 0;

    while (text.len > 0) {
        struct text word = text_until(text, ' ', &text);

        if (column > 0)
            out_string(out, column + word.len < FILL_COLUMNS ? " " : "\n");
        column = column + word.len < FILL_COLUMNS ? column + word.len + 1 : word.len + 1;
        put_plain(out, word);
    }
    out_string(out, "\n");
}

static void put_heading(struct out *out, const char *macro, const char *title)
{
    out_string(out, macro);
    out_string(out, " \"");
    out_string(out, title);
    out_string(out, "\"\n");
}

/* A tagged paragraph is begun: its tag in bold, then `rest` in italics if there is any. */
static void put_tag(struct out *out, struct text tag, const char *rest)
{
    out_string(out, ".TP\n\\fB");
    put_plain(out, tag);
    out_string(out, "\\fR");
    if (rest) {
        out_string(out, " \\fI");
        put_plain(out, text_of(rest));
        out_string(out, "\\fR");
    }
    out_string(out, "\n");
}

static void put_abouts(struct out *out, const char *title, const struct about *all)
{
    put_heading(out, ".SH", title);
    for (; all->name; all++) {
        put_tag(out, text_of(all->name), NULL);
        put_line(out, text_of(all->words));
    }
}

/* ---- sections ---- */

static void put_synopsis(struct out *out)
{
    put_heading(out, ".SH", "SYNOPSIS");
    out_string(out, ".nf\n");
    for (size_t i = 0; about_calls[i]; i++) {
        out_string(out, "\\fBhttplint\\fR ");
        put_plain(out, text_of(about_calls[i]));
        out_string(out, "\n");
    }
    out_string(out, ".fi\n");
}

static void put_flag(struct out *out, const struct flag *flag)
{
    out_string(out, ".TP\n\\fB");
    if (flag->letter) {
        out_string(out, "\\-");
        out_repeat(out, flag->letter, 1);
        out_string(out, "\\fR, \\fB");
    }
    out_string(out, "\\-\\-");
    put_plain(out, text_of(flag->name));
    out_string(out, "\\fR");
    if (flag->argument) {
        out_string(out, " \\fI");
        put_plain(out, text_of(flag->argument));
        out_string(out, "\\fR");
    }
    out_string(out, "\n");
    put_line(out, text_of(flag->help));
}

static void put_flags(struct out *out)
{
    enum section section = (enum section) - 1; /* of the flag before; those of a section stand together */

    put_heading(out, ".SH", "OPTIONS");
    for (const struct flag *flag = flags; flag->name; flag++) {
        if (!flag->help)
            continue;
        if (flag->section != section)
            put_heading(out, ".SS", about_section(flag->section));
        section = flag->section;
        put_flag(out, flag);
    }
}

static void put_limit(struct out *out, const char *name, uint64_t value, const char *words)
{
    put_tag(out, text_of(name), NULL);
    put_line(out, text_of(words));
    out_string(out, "(default: ");
    out_number(out, value);
    out_string(out, ")\n");
}

static void put_limits(struct out *out)
{
    put_heading(out, ".SH", "LIMITS");
    put_line(out, TEXT("What a hostile capture can make the program hold or do is bounded by these, which --limit "
                       "NAME=VALUE changes. Reaching one is a note, never a finding."));
#define LIMIT(member, value, words) put_limit(out, #member, limits_default.member, words);
    LIMITS(LIMIT)
#undef LIMIT
}

static void put_rules(struct out *out, const httplint_rules *rules)
{
    size_t count = httplint_rules_count(rules);

    put_heading(out, ".SH", "RULES");
    out_string(out, "There are ");
    words_count(out, count, "rule");
    out_string(out, " in the program.\n");
    put_line(out,
             TEXT("--explain RULE tells of each what it requires, where that is written, and why, with examples."));
    for (size_t i = 0; i < count; i++) {
        const struct httplint_rule *rule = httplint_rules_get(rules, i);

        put_tag(out, words_text(rule->id), words_severity(rule->severity));
        put_line(out, words_text(rule->message));
    }
}

static void put_examples(struct out *out)
{
    put_heading(out, ".SH", "EXAMPLES");
    for (const struct about *example = about_examples; example->name; example++) {
        out_string(out, example == about_examples ? "" : ".PP\n");
        put_plain(out, text_of(example->words));
        out_string(out, ":\n.PP\n.RS 4\n.nf\n");
        put_plain(out, text_of(example->name));
        out_string(out, "\n.fi\n.RE\n");
    }
}

static void put_page(struct out *out, const httplint_rules *rules)
{
    out_string(out, ".\\\" Written by: httplint --manual\n.TH HTTPLINT 1 \"");
    out_string(out, about_released);
    out_string(out, "\" \"httplint ");
    out_string(out, httplint_version());
    out_string(out, "\" \"User Commands\"\n");
    put_heading(out, ".SH", "NAME");
    out_string(out, "httplint \\- lint captured HTTP traffic\n");
    put_synopsis(out);
    put_heading(out, ".SH", "DESCRIPTION");
    put_line(out, text_of(about_purpose));
    out_string(out, ".PP\n");
    put_line(out, TEXT("A finding names the frame that proves it and the section of a specification that it breaks. "
                       "What was not seen never makes one: lost, cut or contradicting octets lower a finding or make "
                       "it vanish."));
    put_flags(out);
    put_abouts(out, "EXIT STATUS", about_statuses);
    put_abouts(out, "ENVIRONMENT", about_environment);
    put_abouts(out, "FILES", about_files);
    put_examples(out);
    put_limits(out);
    put_rules(out, rules);
    put_heading(out, ".SH", "SEE ALSO");
    out_string(out, ".BR tcpdump (8),\n.BR tshark (1),\n.BR pcap\\-filter (7)\n");
}

int manual_write(const struct options *options, int out, struct out *err)
{
    httplint_rules *rules = rules_load(options, err);

    if (!rules)
        return STATUS_USAGE;
    struct out *answer = out_new(out);

    put_page(answer, rules);
    bool is_written = out_flush(answer);

    out_free(answer);
    httplint_rules_free(rules);
    return is_written ? STATUS_CLEAN : STATUS_INPUT;
}
