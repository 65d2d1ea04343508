#include "cli/about.h"

#include <stddef.h>

#ifndef HTTPLINT_RELEASED
#define HTTPLINT_RELEASED "unknown"
#endif

const char about_released[] = HTTPLINT_RELEASED;

const char *const about_calls[] = {
    "[FLAGS] INPUT...",
    "[FLAGS] -i INTERFACE",
    "--list-rules | --explain RULE | --check-rules FILE...",
    "--list-interfaces | --print-config",
    NULL,
};

const char about_purpose[] =
    "Lints HTTP/1 traffic, recorded or as it passes, against the specifications of HTTP. INPUT is a capture (pcap, pcapng), a HAR, a "
    ".http transcript, - for standard input, or a folder, which stands for what is in it; what it is, its content "
    "tells.";

const char *about_section(enum section section)
{
    static const char *const titles[] = {
        [SECTION_INPUT] = "Input",
        [SECTION_LIVE] = "Live",
        [SECTION_RULES] = "Rules",
        [SECTION_FINDINGS] = "Findings that are known",
        [SECTION_OUTPUT] = "Output",
        [SECTION_LIMITS] = "Limits",
        [SECTION_ABOUT] = "About",
    };

    return titles[section];
}

const struct about about_statuses[] = {
    { "0", "all input was read, and nothing found reaches --fail-on" },
    { "1", "something found reaches --fail-on; or a baseline, expectations or coverage are not met" },
    { "2", "usage, configuration or rules are wrong: nothing was linted" },
    { "3", "an input could not be read whole, none held any HTTP, a report could not be written, or a sandbox that is "
           "required is not to be had; what could be linted is reported" },
    { NULL, NULL },
};

const struct about about_examples[] = {
    { "httplint api.pcap", "the findings of a capture" },
    { "httplint --select 'status-*,cache-*' --fail-on warning captures/", "some rules over a folder, strictly" },
    { "httplint -f 'tcp port 8080' --format text --format jsonl=found.jsonl api.pcap",
      "one port; findings for people, and for programs in a file" },
    { "httplint -i eth0 -f 'tcp port 80' -w kept.pcap -C 100M -W 10", "what passes now, and the last packets of it kept" },
    { "tcpdump -w - tcp port 80 | httplint -", "from a pipe" },
    { "httplint --explain status-405-allow-missing", "what a rule requires, and why" },
    { NULL, NULL },
};

const struct about about_files[] = {
    { ".httplint.yaml", "the configuration: in this folder, or inside a repository in those above it up to its root" },
    { "$XDG_CONFIG_HOME/httplint/config.yaml", "the configuration where there is no such file; without the variable "
                                               "~/.config/httplint/config.yaml" },
    { NULL, NULL },
};

const struct about about_environment[] = {
    { "NO_COLOR", "if it is set and not empty, nothing is coloured; --color beats it" },
    { "TERM", "where it is dumb, nothing is coloured" },
    { "XDG_CONFIG_HOME", "see above" },
    { NULL, NULL },
};
