#include "cli/help.h"

#include <link.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "cli/about.h"
#include "cli/tell.h"
#include "http/judge.h"

enum { HELP_COLUMN = 30, STATUS_COLUMN = 5 };

void help_usage(struct out *out)
{
    out_string(out, "usage: httplint [FLAGS] INPUT...     lint recorded HTTP traffic\n"
                    "       httplint --help               all flags, with examples\n");
}

static void put_flag(struct out *out, const struct flag *flag)
{
    size_t column = 6 + 2 + strlen(flag->name);

    out_string(out, "  ");
    if (flag->letter) {
        out_repeat(out, '-', 1);
        out_repeat(out, flag->letter, 1);
        out_string(out, ", ");
    } else {
        out_string(out, "    ");
    }
    out_string(out, "--");
    out_string(out, flag->name);
    if (flag->argument) {
        out_string(out, " ");
        out_string(out, flag->argument);
        column += 1 + strlen(flag->argument);
    }
    out_repeat(out, ' ', column < HELP_COLUMN ? HELP_COLUMN - column : 2);
    tell_wrapped(out, text_of(flag->help), HELP_COLUMN, HELP_COLUMN);
}

static void put_limit(struct out *out, const char *name, uint64_t value, const char *words)
{
    char number[32];

    snprintf(number, sizeof number, "%llu", (unsigned long long)value);
    out_string(out, "      ");
    out_string(out, name);
    out_repeat(out, ' ', 24 - strlen(name));
    out_repeat(out, ' ', 10 - strlen(number));
    out_string(out, number);
    out_string(out, "  ");
    tell_wrapped(out, text_of(words), 42, 42);
}

static void put_limits(struct out *out)
{
    out_string(out, "\n    NAME, its default, and what it bounds; reaching one is a note:\n");
#define LIMIT(member, value, words) put_limit(out, #member, limits_default.member, words);
    LIMITS(LIMIT)
#undef LIMIT
}

/* Flags of a section stand together. */
static void put_flags(struct out *out)
{
    for (const struct flag *flag = flags; flag->name; flag++) {
        if (flag == flags || flag->section != flag[-1].section) {
            out_string(out, "\n");
            out_string(out, about_section(flag->section));
            out_string(out, ":\n");
        }
        if (flag->help)
            put_flag(out, flag);
        if (flag->section == SECTION_LIMITS && flag[1].section != SECTION_LIMITS)
            put_limits(out);
    }
}

static void put_calls(struct out *out)
{
    for (size_t i = 0; about_calls[i]; i++) {
        out_string(out, i == 0 ? "usage: httplint " : "       httplint ");
        out_string(out, about_calls[i]);
        out_string(out, "\n");
    }
}

static void put_ending(struct out *out)
{
    out_string(out, "\nExit status:\n");
    for (const struct about *status = about_statuses; status->name; status++) {
        out_string(out, "  ");
        out_string(out, status->name);
        out_string(out, "  ");
        tell_wrapped(out, text_of(status->words), STATUS_COLUMN, STATUS_COLUMN);
    }
    out_string(out, "\nExamples:\n");
    for (const struct about *example = about_examples; example->name; example++) {
        out_string(out, "  ");
        out_string(out, example->name);
        out_string(out, "\n");
    }
}

void help_tell(struct out *out)
{
    put_calls(out);
    out_string(out, "\n");
    tell_wrapped(out, text_of(about_purpose), 0, 0);
    put_flags(out);
    put_ending(out);
}

/* ---- version ---- */

/* The files of our libraries that the program runs with, whatever it was built with. */
static int put_library(struct dl_phdr_info *library, size_t size, void *context)
{
    static const char *const ours[] = { "libpcap.",    "libyaml-",   "libjansson.",
                                        "libpcre2-8.", "libz.",      "libzstd.",
                                        "liblz4.",     "libbrotlidec.", "libexpat.", "libxxhash.", "libseccomp.",
                                        "libmicrohttpd.", NULL };
    const char *slash = strrchr(library->dlpi_name, '/');

    (void)size;
    for (size_t i = 0; slash && ours[i]; i++) {
        if (strncmp(slash + 1, ours[i], strlen(ours[i])) != 0)
            continue;
        char *real = realpath(library->dlpi_name, NULL);

        out_string(context, "  ");
        out_visible(context, text_of(real ? strrchr(real, '/') + 1 : slash + 1));
        out_string(context, "\n");
        free(real);
    }
    return 0;
}

void help_version(struct out *out, size_t nrules)
{
    out_string(out, "httplint ");
    out_string(out, httplint_version());
    out_string(out, "\n");
    out_number(out, nrules);
    out_string(out, " built-in rules\nlibraries:\n  llhttp ");
    out_string(out, judge_version());
    out_string(out, "\n");
    dl_iterate_phdr(put_library, out);
}
