#include "cli/help.h"

#include <link.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "cli/options.h"
#include "cli/tell.h"

enum { HELP_COLUMN = 30 };

#ifndef HTTPLINT_VERSION
#define HTTPLINT_VERSION "unknown"
#endif

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

static void put_section(struct out *out, const char *title, enum section section)
{
    out_string(out, "\n");
    out_string(out, title);
    out_string(out, ":\n");
    for (const struct flag *flag = flags; flag->name; flag++)
        if (flag->section == section && flag->help)
            put_flag(out, flag);
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
    put_section(out, "Limits", SECTION_LIMITS);
    out_string(out, "\n    NAME, its default, and what it bounds; reaching one is a note:\n");
#define LIMIT(member, value, words) put_limit(out, #member, limits_default.member, words);
    LIMITS(LIMIT)
#undef LIMIT
}

void help_tell(struct out *out)
{
    out_string(out,
               "usage: httplint [FLAGS] INPUT...\n"
               "       httplint --list-rules | --explain RULE | --check-rules FILE...\n"
               "       httplint --print-config\n"
               "\n"
               "Lints recorded HTTP/1 traffic against the specifications of HTTP. INPUT is a\n"
               "capture (pcap, pcapng), a HAR, a .http transcript, - for standard input, or a\n"
               "folder, which stands for what is in it; what it is, its content tells.\n");
    put_section(out, "Input", SECTION_INPUT);
    put_section(out, "Rules", SECTION_RULES);
    put_section(out, "Findings that are known", SECTION_FINDINGS);
    put_section(out, "Output", SECTION_OUTPUT);
    put_limits(out);
    put_section(out, "About", SECTION_ABOUT);
    out_string(out,
               "\nExit status:\n"
               "  0  all input was read, and nothing found reaches --fail-on\n"
               "  1  something found reaches --fail-on\n"
               "  2  usage, configuration or rules are wrong: nothing was linted\n"
               "  3  an input could not be read whole, none held any HTTP, or a report could\n"
               "     not be written; what could be linted is reported\n"
               "\nExamples:\n"
               "  httplint api.pcap\n"
               "  httplint --select 'status-*,cache-*' --fail-on warning captures/\n"
               "  httplint -f 'tcp port 8080' --format text --format jsonl=found.jsonl api.pcap\n"
               "  tcpdump -w - tcp port 80 | httplint -\n"
               "  httplint --explain status-405-allow-missing\n");
}

/* ---- version ---- */

/* The files of our libraries that the program runs with, whatever it was built with. */
static int put_library(struct dl_phdr_info *library, size_t size, void *context)
{
    static const char *const ours[] = { "libpcap.",    "libyaml-",   "libjansson.",
                                        "libpcre2-8.", "libz.",      "libzstd.",
                                        "liblz4.",     "libxxhash.", NULL };
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
    out_string(out, "httplint " HTTPLINT_VERSION "\n");
    out_number(out, nrules);
    out_string(out, " built-in rules\nlibraries:\n");
    dl_iterate_phdr(put_library, out);
}
