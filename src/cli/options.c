#include "cli/options.h"

#include <getopt.h>
#include <limits.h>
#include <stddef.h>
#include <string.h>

#include "base/memory.h"
#include "cli/store.h"
#include "input/live.h"
#include "input/shelf.h"

enum { BUFFER_KIB_MAX = 1 << 21, SECONDS_MAX = 1 << 30 };

#define AT(member) offsetof(struct options, member)

const struct flag flags[] = {
    { "filter", 'f', "BPF", SECTION_INPUT, store_string, AT(filter), 0,
      "only packets that match this pcap-filter expression" },
    { "jobs", 'j', "N", SECTION_INPUT, store_jobs, 0, 0,
      "threads for files, and for the connections of a large one (default: the cores)" },
    { "allow-empty", 0, NULL, SECTION_INPUT, store_switch, AT(allows_empty), 0,
      "inputs without any HTTP are no failure" },
    { "allow-truncated", 0, NULL, SECTION_INPUT, store_switch, AT(allows_truncated), 0,
      "inputs that break off are no failure" },

    { "interface", 'i', "NAME", SECTION_LIVE, store_interface, AT(live.interfaces), 0,
      "lint what passes on this network interface, or on 'any' (repeatable)" },
    { "list-interfaces", 'D', NULL, SECTION_LIVE, store_mode, 0, MODE_LIST_INTERFACES,
      "list the interfaces" },
    { "no-promiscuous-mode", 'p', NULL, SECTION_LIVE, store_switch, AT(live.is_modest), 0,
      "only what is for this machine" },
    { "snapshot-length", 's', "LEN", SECTION_LIVE, store_number, AT(live.snaplen), LIVE_SNAPLEN,
      "octets of a packet at most (default: all)" },
    { "buffer-size", 'B', "KIB", SECTION_LIVE, store_number, AT(live.buffer_kib), BUFFER_KIB_MAX,
      "the kernel's buffers, in KiB (default: 65536)" },
    { "count", 'n', "N", SECTION_LIVE, store_number, AT(live.packets), 0,
      "stop after N packets" },
    { "duration", 0, "SECONDS", SECTION_LIVE, store_number, AT(live.seconds), SECONDS_MAX,
      "stop after so long" },
    { "write", 'w', "FILE", SECTION_LIVE, store_string, AT(live.kept), 0,
      "keep the packets: pcap, or pcapng of several interfaces" },
    { "file-size", 'C', "SIZE", SECTION_LIVE, store_size, AT(live.file_octets), 0,
      "begin another file of -w before it has more octets (K, M and G may follow)" },
    { "file-seconds", 'G', "SECONDS", SECTION_LIVE, store_number, AT(live.file_seconds), SECONDS_MAX,
      "begin another file of -w after so long" },
    { "file-count", 'W', "N", SECTION_LIVE, store_number, AT(live.files), SHELF_FILES_MAX,
      "remove the oldest where -C or -G have made more files than N" },
    { "repeat", 0, "MODE", SECTION_LIVE, store_repeat, AT(live.repeat), 0,
      "tell the same finding about the same server and path the first time (default), once an interval, or all of them; "
      "the others are counted" },
    { "repeat-interval", 0, "SECONDS", SECTION_LIVE, store_number, AT(live.repeat_seconds), SECONDS_MAX,
      "tell the counts so often (default: 60)" },
    { "syslog", 0, "FACILITY", SECTION_LIVE, store_facility, AT(live.syslog), 0,
      "tell the system's log too: user, daemon or local0 to local7" },
    { "metrics", 0, "[ADDRESS:]PORT", SECTION_LIVE, store_place, AT(live.metrics), 0,
      "serve metrics to Prometheus at http://ADDRESS:PORT/metrics (default: 127.0.0.1)" },
    { "evidence", 0, "FOLDER", SECTION_LIVE, store_string, AT(live.evidence), 0,
      "write the packets of each exchange with a finding to a small pcapng there" },
    { "evidence-size", 0, "SIZE", SECTION_LIVE, store_size, AT(live.evidence_octets), 0,
      "octets of all these files, the oldest go first (default: 64M)" },
    { "relinquish-privileges", 'Z', "USER", SECTION_LIVE, store_string, AT(live.user), 0,
      "become USER once the interfaces are open (default for root: httplint, else nobody)" },

    { "rules", 0, "FILE", SECTION_RULES, store_word, AT(rules), 0,
      "add a rules file (repeatable)" },
    { "no-default-rules", 0, NULL, SECTION_RULES, store_switch, AT(has_no_default_rules), 0,
      "leave the built-in rules out" },
    { "config", 0, "FILE", SECTION_RULES, store_string, AT(config), 0,
      "the configuration file (default: .httplint.yaml here, or above in the repository, or "
      "~/.config/httplint/config.yaml)" },
    { "no-config", 0, NULL, SECTION_RULES, store_switch, AT(has_no_config), 0,
      "look for no configuration file" },
    { "print-config", 0, NULL, SECTION_RULES, store_mode, 0, MODE_PRINT_CONFIG,
      "tell what flags and files come to, and which of them says what" },
    { "select", 0, "GLOB", SECTION_RULES, store_word, AT(select), 0,
      "only these rules, as 'status-*,framing-*', 'spec:RFC9111 *' or 'level:MUST' (repeatable)" },
    { "ignore", 0, "GLOB", SECTION_RULES, store_word, AT(ignore), 0,
      "not these rules (repeatable)" },
    { "list-rules", 0, NULL, SECTION_RULES, store_mode, 0, MODE_LIST_RULES,
      "list all rules" },
    { "explain", 0, "RULE", SECTION_RULES, store_mode, 0, MODE_EXPLAIN,
      "tell what a rule requires, where that is written, and why, with examples" },
    { "check-rules", 0, NULL, SECTION_RULES, store_mode, 0, MODE_CHECK_RULES,
      "report the mistakes in the rules FILEs, and which of their examples do not hold" },
    { "rule-pages", 0, "FOLDER", SECTION_RULES, store_mode, 0, MODE_PAGES, NULL },

    { "baseline", 0, "FILE", SECTION_FINDINGS, store_string, AT(baseline), 0,
      "findings that FILE holds are marked and do not fail" },
    { "write-baseline", 0, "FILE", SECTION_FINDINGS, store_string, AT(written_baseline), 0,
      "write all that is found to FILE, to be a baseline; none of it fails" },
    { "strict-baseline", 0, NULL, SECTION_FINDINGS, store_switch, AT(is_strict), 0,
      "fail too where an entry of the baseline no longer occurs" },
    { "compare", 0, "OLD", SECTION_FINDINGS, store_string, AT(compared), 0,
      "tell what is new, fixed and unchanged since OLD, a capture or folder; only what is new fails" },
    { "no-expect", 0, NULL, SECTION_FINDINGS, store_switch, AT(has_no_expectations), 0,
      "do not hold inputs against the expect.yaml beside them" },
    { "require-coverage", 0, "RULE=N", SECTION_FINDINGS, store_coverage, AT(coverage), 0,
      "fail if RULE, an id or a glob, was kept or broken fewer than N times (repeatable)" },

    { "format", 0, "FORMAT[=FILE]", SECTION_OUTPUT, store_format, 0, 0,
      "text (default), jsonl, json, sarif, junit, github, gitlab, checkstyle, markdown or syslog; repeatable, each "
      "to its own FILE" },
    { "annotate", 0, "FILE", SECTION_OUTPUT, store_string, AT(annotate), 0,
      "write the capture again, as pcapng, each finding a comment on its packet" },
    { "min-severity", 0, "LEVEL", SECTION_OUTPUT, store_severity, AT(min_severity), 0,
      "show error, warning or info and above (default: info)" },
    { "fail-on", 0, "LEVEL", SECTION_OUTPUT, store_severity, AT(fail_on), FAIL_ON_NEVER,
      "exit with 1 at error, warning, info or never (default: error)" },
    { "exchanges", 0, NULL, SECTION_OUTPUT, store_switch, AT(shows_exchanges), 0,
      "report every exchange, not only those with findings" },
    { "statistics", 0, NULL, SECTION_OUTPUT, store_switch, AT(has_statistics), 0,
      "report how often each rule was kept, broken or undecidable" },
    { "show-secrets", 0, NULL, SECTION_OUTPUT, store_switch, AT(shows_secrets), 0,
      "do not mask credentials, cookies and user information in URIs" },
    { "color", 0, "WHEN", SECTION_OUTPUT, store_colour, 0, 0,
      "auto (default: on a terminal, unless NO_COLOR is set), always or never" },
    { "quiet", 'q', NULL, SECTION_OUTPUT, store_switch, AT(is_quiet), 0,
      "no summary and no progress on standard error" },
    { "verbose", 'v', NULL, SECTION_OUTPUT, store_switch, AT(is_verbose), 0,
      "report each note: what the capture does not show" },

    { "max-memory", 0, "SIZE", SECTION_LIMITS, store_memory, 0, 0,
      "memory for queues and open exchanges (default: 256M)" },
    { "limit", 0, "NAME=VALUE", SECTION_LIMITS, store_limit, 0, 0,
      "change a limit (repeatable)" },

    { "sandbox", 0, "WHEN", SECTION_LIMITS, store_sandbox, 0, 0,
      "give up what reading does not need: auto (default: what the kernel has), require, or off" },

    { "completion", 0, "SHELL", SECTION_ABOUT, store_mode, 0, MODE_COMPLETION,
      "print the completions for bash, zsh or fish" },
    { "manual", 0, NULL, SECTION_ABOUT, store_mode, 0, MODE_MANUAL, NULL },
    { "version", 0, NULL, SECTION_ABOUT, store_mode, 0, MODE_VERSION,
      "name this version, its libraries and the number of its rules" },
    { "help", 'h', NULL, SECTION_ABOUT, store_mode, 0, MODE_HELP,
      "show this help" },
    { 0 },
};

enum { COUNT = sizeof flags / sizeof flags[0] - 1, FIRST_LONG = UCHAR_MAX + 1 };

_Static_assert(COUNT <= 64, "options.given has a bit for each flag");

/* The table in getopt_long's two shapes. */
static void describe(struct option longs[COUNT + 1], char shorts[2 * COUNT + 2])
{
    *shorts++ = ':'; /* a missing argument is told from an unknown flag */
    for (int i = 0; i < COUNT; i++) {
        longs[i] =
            (struct option){ flags[i].name, flags[i].argument ? required_argument : no_argument,
                             NULL, FIRST_LONG + i };
        if (!flags[i].letter)
            continue;
        *shorts++ = flags[i].letter;
        if (flags[i].argument)
            *shorts++ = ':';
    }
    *shorts = '\0';
    longs[COUNT] = (struct option){ 0 };
}

/* The flag that getopt_long found; NULL: none of ours. */
static const struct flag *flag_of(int found)
{
    if (found >= FIRST_LONG && found < FIRST_LONG + COUNT)
        return &flags[found - FIRST_LONG];
    for (const struct flag *flag = flags; flag->name; flag++)
        if (flag->letter && flag->letter == found)
            return flag;
    return NULL;
}

const struct flag *flag_find(const char *name)
{
    const struct flag *flag = flags;

    while (strcmp(flag->name, name) != 0)
        flag++;
    return flag;
}

bool flag_is_given(const struct options *options, const struct flag *flag)
{
    return options->given >> (flag - flags) & 1;
}

static bool refuse_unknown(const char *given, struct errors *errors)
{
    struct text names[COUNT];
    struct text name = text_until(text_of(given + strspn(given, "-")), '=', NULL);

    for (size_t i = 0; i < COUNT; i++)
        names[i] = text_of(flags[i].name);
    struct text meant = errors_did_you_mean(name, names, COUNT);

    if (meant.len > 0)
        return errors_add(errors, NULL, 0, 0, "unknown flag --%.*s, did you mean --%s?",
                          (int)(name.len < 200 ? name.len : 200), name.at, meant.at);
    return errors_add(errors, NULL, 0, 0, "unknown flag %.200s", given);
}

static bool refuse(int found, char **argv, struct errors *errors)
{
    const struct flag *flag = flag_of(optopt);

    if (found == ':' && flag)
        return errors_add(errors, NULL, 0, 0, "--%s needs a value: --%s %s", flag->name, flag->name,
                          flag->argument);
    if (flag)
        return errors_add(errors, NULL, 0, 0, "--%s takes no value", flag->name);
    if (optopt > 0)
        return errors_add(errors, NULL, 0, 0, "unknown flag -%c", optopt);
    return refuse_unknown(argv[optind - 1], errors);
}

static void take_operands(struct options *options, int argc, char **argv)
{
    const struct flag operand = { .name = "", .at = AT(inputs) };

    for (int i = optind; i < argc; i++)
        store_word(options, &operand, argv[i], NULL);
}

/* Flags that say how to capture need an interface; some others need all packets before the first is told of. */
static bool check_live(const struct options *options, struct errors *errors)
{
    bool is_live = options->live.interfaces.count > 0;

    for (const struct flag *flag = flags; flag->name; flag++)
        if (flag->section == SECTION_LIVE && flag->store != store_mode && !is_live && flag_is_given(options, flag))
            return errors_add(errors, NULL, 0, 0, "--%s is for a live capture: name its interface with -i", flag->name);
    if (options->live.files > 0 && options->live.file_octets == 0 && options->live.file_seconds == 0)
        return errors_add(errors, NULL, 0, 0, "--file-count needs --file-size or --file-seconds");
    if ((options->live.file_octets > 0 || options->live.file_seconds > 0) && !options->live.kept)
        return errors_add(errors, NULL, 0, 0, "--file-size and --file-seconds need --write FILE");
    if (!is_live)
        return true;
    if (options->inputs.count > 0)
        return errors_add(errors, NULL, 0, 0, "--interface and the input '%.200s' exclude each other", options->inputs.items[0]);
    if (options->annotate || options->compared)
        return errors_add(errors, NULL, 0, 0, "--%s is for recorded captures; keep the packets with -w first",
                          options->annotate ? "annotate" : "compare");
    return true;
}

/* What no single flag can tell. */
static bool check(const struct options *options, struct errors *errors)
{
    if (options->config && options->has_no_config)
        return errors_add(errors, NULL, 0, 0, "--config and --no-config exclude each other");
    if (options->baseline && options->written_baseline)
        return errors_add(errors, NULL, 0, 0, "--baseline and --write-baseline exclude each other");
    if (options->is_strict && options->written_baseline)
        return errors_add(errors, NULL, 0, 0, "--strict-baseline and --write-baseline exclude each other");
    if (options->compared && strcmp(options->compared, "-") == 0)
        return errors_add(errors, NULL, 0, 0, "--compare: OLD is read twice, so it cannot be standard input");
    if (options->mode == MODE_LIST_RULES || options->mode == MODE_EXPLAIN)
        for (size_t i = 0; i < options->nformats; i++)
            if (!options->formats[i].reporter->rule)
                return errors_add(errors, NULL, 0, 0, "--%s: --format %s tells findings, not rules", options->mode_flag,
                                  options->formats[i].reporter->name);
    if (options->mode == MODE_CHECK_RULES && options->inputs.count + options->rules.count == 0)
        return errors_add(errors, NULL, 0, 0, "--check-rules: name the rules files to check");
    if (options->mode_flag && options->mode != MODE_CHECK_RULES && options->mode != MODE_PRINT_CONFIG &&
        options->inputs.count > 0)
        return errors_add(errors, NULL, 0, 0, "--%s reads no input, yet '%.200s' is given",
                          options->mode_flag, options->inputs.items[0]);
    return check_live(options, errors);
}

bool options_check_inputs(const struct options *options, struct errors *errors)
{
    size_t standard_inputs = 0;

    for (size_t i = 0; i < options->inputs.count; i++)
        standard_inputs += strcmp(options->inputs.items[i], "-") == 0;
    if (options->inputs.count == 0 && options->live.interfaces.count == 0)
        return errors_add(errors, NULL, 0, 0,
                          "no input: name a capture, a folder, or - for standard input");
    if (options->is_strict && !options->baseline)
        return errors_add(errors, NULL, 0, 0, "--strict-baseline: there is no baseline; name it with --baseline FILE");
    if (standard_inputs > 1)
        return errors_add(errors, NULL, 0, 0, "standard input (-) can be read only once");
    return true;
}

const char *options_own(struct options *options, struct text octets)
{
    const struct flag owned = { .name = "", .at = AT(owned) };
    char *string = memory_new(octets.len + 1);

    if (octets.len > 0)
        memcpy(string, octets.at, octets.len);
    store_word(options, &owned, string, NULL);
    return string;
}

bool options_parse(struct options *options, int argc, char **argv, struct errors *errors)
{
    struct option longs[COUNT + 1];
    char shorts[2 * COUNT + 2];
    bool is_good = true;
    int found;

    *options = (struct options){ .min_severity = HTTPLINT_INFO, .fail_on = HTTPLINT_ERROR };
    describe(longs, shorts);
    optind = 0; /* glibc: start anew, whatever was parsed before */
    opterr = 0;
    while ((found = getopt_long(argc, argv, shorts, longs, NULL)) != -1) {
        const struct flag *flag = found == '?' || found == ':' ? NULL : flag_of(found);

        if (flag)
            options->given |= (uint64_t)1 << (flag - flags);
        is_good &= flag ? flag->store(options, flag, optarg, errors) : refuse(found, argv, errors);
    }
    take_operands(options, argc, argv);
    if (options->nformats == 0 && is_good)
        store_format(options, flags, "text", errors);
    return is_good && (options->mode == MODE_HELP || check(options, errors));
}

void options_clear(struct options *options)
{
    for (size_t i = 0; i < options->owned.count; i++)
        memory_free((char *)(uintptr_t)options->owned.items[i]);
    memory_free(options->owned.items);
    memory_free(options->inputs.items);
    memory_free(options->live.interfaces.items);
    memory_free(options->rules.items);
    memory_free(options->select.items);
    memory_free(options->ignore.items);
    memory_free(options->coverage.items);
    memory_free(options->formats);
    memory_free(options->limits);
    *options = (struct options){ 0 };
}
