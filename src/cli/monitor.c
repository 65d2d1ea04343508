#include "cli/monitor.h"

#include <assert.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/limits.h"
#include "base/memory.h"
#include "cli/confine.h"
#include "cli/evidence.h"
#include "cli/gauges.h"
#include "cli/repeat.h"
#include "cli/rules.h"
#include "cli/settings.h"
#include "cli/signals.h"
#include "cli/summary.h"
#include "cli/tell.h"
#include "input/keep.h"
#include "input/live.h"
#include "input/shelf.h"
#include "service/manager.h"

enum {
    REPEAT_SECONDS = 60,
    EVIDENCE_OCTETS = 64 << 20,
    LOOK_MS = 1000,                      /* between looks at the opener */
    STATUS_MS = 10000,                   /* between words to the service manager */
    STATUS_MAX = 128,
    TERMINAL_COLUMNS = 80,
};

struct monitor {
    struct work *work;
    struct work_input input;             /* the capture, as the only input */
    struct live_options reading;
    struct shelf_options shelving;
    struct keep_options keeping;
    struct live *live;
    struct keep *keep;                   /* NULL without --write */
    struct gauges *gauges;               /* NULL without --metrics */
    struct evidence_options proving;
    struct evidence *evidence;           /* NULL without --evidence */
    struct manager *manager;             /* NULL: nobody wants to be told */
    struct repeats *repeats;
    struct httplint_finding *admitted;   /* of the exchange that is told */
    size_t room_admitted;
    httplint_rules *rules;               /* read again; NULL: those of the work are the first ones, which it owns */
    struct errors missing;               /* of the opener's sandbox */
    int64_t end_ms;                      /* of --duration */
    int64_t tell_ms;                     /* when repeats are told of next */
    int64_t look_ms;                     /* when the opener is looked at next */
    int64_t status_ms;                   /* when the manager is told of the counts next */
    struct out *name;                    /* of the capture in reports: its interfaces */
    uint64_t packets;
    bool has_begun_turn;                 /* with a packet */
    bool has_told_keeping;               /* that packets cannot be kept any more */
    bool has_told_opener;                /* that it has ended */
};

/* ---- what the session tells ---- */

/* The findings that are told. */
static size_t admit(struct monitor *monitor, const struct httplint_exchange *exchange, const struct httplint_finding *findings,
                    size_t nfindings)
{
    size_t count = 0;

    if (nfindings > monitor->room_admitted) {
        monitor->admitted = memory_grow(monitor->admitted, nfindings, sizeof *monitor->admitted);
        monitor->room_admitted = nfindings;
    }
    for (size_t i = 0; i < nfindings; i++)
        if (repeats_admit(monitor->repeats, exchange, &findings[i]))
            monitor->admitted[count++] = findings[i];
    return count;
}

/* Those that reports show come to the front; gives their number. */
static size_t shown(struct monitor *monitor, size_t nadmitted)
{
    size_t count = 0;

    for (size_t i = 0; i < nadmitted; i++)
        if ((int)monitor->admitted[i].severity >= monitor->work->options->min_severity)
            monitor->admitted[count++] = monitor->admitted[i];
    return count;
}

static void on_exchange(void *context, const struct httplint_exchange *exchange, const struct httplint_finding *findings,
                        size_t nfindings)
{
    struct monitor *monitor = context;
    struct work *work = monitor->work;

    if (work->tally)
        tally_exchange(work->tally, exchange, findings, nfindings);
    if (monitor->gauges)
        gauges_findings(monitor->gauges, findings, nfindings);
    size_t nadmitted = admit(monitor, exchange, findings, nfindings);

    if (nadmitted == 0 && !work->options->shows_exchanges)
        return;
    progress_hide(work->progress);
    outputs_exchange(work->outputs, monitor->input.path, exchange, monitor->admitted, nadmitted);
    if (monitor->evidence)
        evidence_exchange(monitor->evidence, exchange, monitor->admitted, shown(monitor, nadmitted));
    if (outputs_are_broken(work->outputs))
        signals_stop();
}

static void on_note(void *context, const struct httplint_note *note)
{
    struct monitor *monitor = context;

    progress_hide(monitor->work->progress);
    outputs_note(monitor->work->outputs, monitor->input.path, note);
}

/* ---- what the capture brings ---- */

/* Whoever watches the terminal or the journal should know that there are losses. */
static void on_remark(void *context, const char *code, const char *words)
{
    struct monitor *monitor = context;

    progress_hide(monitor->work->progress);
    if (!monitor->work->options->is_quiet)
        tell(monitor->work->err, NULL, words);
    httplint_remark(monitor->input.session, code, words, 0);
}

static void on_repeated(void *context, const char *words)
{
    on_remark(context, "repeated", words);
}

/* Evidence is written once the packet that showed the end of an exchange is known. */
static void prove(struct monitor *monitor)
{
    struct errors errors = { 0 };

    if (!monitor->evidence || evidence_write(monitor->evidence, &errors))
        return;
    progress_hide(monitor->work->progress);
    tell_errors(monitor->work->err, &errors);
    errors_clear(&errors);
    monitor->work->has_failed = true;
}

static void on_packet(void *context, const struct httplint_packet *packet, size_t interface)
{
    struct monitor *monitor = context;

    monitor->packets++;
    if (!monitor->has_begun_turn && monitor->gauges)
        gauges_waited(monitor->gauges, packet->time_us);
    monitor->has_begun_turn = true;
    if (monitor->keep)
        keep_packet(monitor->keep, packet, interface);
    httplint_packet(monitor->input.session, packet);
    if (!monitor->evidence)
        return;
    evidence_packet(monitor->evidence, packet, httplint_stream(monitor->input.session), interface);
    prove(monitor);
}

static void on_silence(void *context, int64_t now_us)
{
    struct monitor *monitor = context;

    httplint_tick(monitor->input.session, now_us);
    prove(monitor);
    if (monitor->keep)
        keep_flush(monitor->keep);
}

/* ---- a run ---- */

static void name_capture(struct monitor *monitor)
{
    const struct words *interfaces = &monitor->work->options->live.interfaces;

    monitor->name = out_new_memory();
    for (size_t i = 0; i < interfaces->count; i++) {
        out_string(monitor->name, i > 0 ? "," : "");
        out_string(monitor->name, interfaces->items[i]);
    }
    out_text(monitor->name, (struct text){ "", 1 });
    monitor->input.path = out_held(monitor->name).at;
    monitor->input.is_named = true;
}

/* The last one that is said holds. */
static uint64_t limit_of(const struct options *options, const char *name, uint64_t value)
{
    for (size_t i = 0; i < options->nlimits; i++)
        if (strcmp(options->limits[i].name, name) == 0)
            value = options->limits[i].value;
    return value;
}

static void take_options(struct monitor *monitor, const struct options *options)
{
    const struct live_flags *flags_given = &options->live;
    uint32_t snaplen = flags_given->snaplen > 0 ? (uint32_t)flags_given->snaplen : LIVE_SNAPLEN;

    monitor->reading = (struct live_options){
        .interfaces = flags_given->interfaces.items,
        .ninterfaces = flags_given->interfaces.count,
        .filter = options->filter,
        .is_modest = flags_given->is_modest,
        .snaplen = snaplen,
        .buffer_kib = flags_given->buffer_kib > 0 ? (uint32_t)flags_given->buffer_kib : LIVE_BUFFER_KIB,
        .bind = opener_bind,
        .context = monitor->work->opener,
    };
    monitor->shelving = (struct shelf_options){
        .path = flags_given->kept,
        .is_rotating = flags_given->file_octets > 0 || flags_given->file_seconds > 0,
        .files_max = flags_given->files,
    };
    monitor->keeping = (struct keep_options){
        .path = flags_given->kept,
        .next = opener_kept,
        .context = monitor->work->opener,
        .interfaces = flags_given->interfaces.items,
        .ninterfaces = flags_given->interfaces.count,
        .snaplen = snaplen,
        .octets_max = flags_given->file_octets,
        .seconds = flags_given->file_seconds,
    };
    monitor->proving = (struct evidence_options){
        .folder = flags_given->evidence,
        .interfaces = flags_given->interfaces.items,
        .ninterfaces = flags_given->interfaces.count,
        .octets_max = flags_given->evidence_octets > 0 ? flags_given->evidence_octets : EVIDENCE_OCTETS,
        .recent_octets = limit_of(options, "recent_octets", limits_default.recent_octets),
        .shows_secrets = options->shows_secrets,
    };
}

/* What packets come from, and all that is to be made of them but reports. */
static bool open_all(struct monitor *monitor, struct errors *errors)
{
    const char *metrics = monitor->work->options->live.metrics;
    const struct live_sink brought = { monitor, on_packet, on_remark, on_silence };

    if (!(monitor->live = live_open(&monitor->reading, &brought, errors)))
        return false;
    if (monitor->keeping.path && !(monitor->keep = keep_open(&monitor->keeping, errors)))
        return false;
    if (metrics && !(monitor->gauges = gauges_open(metrics, monitor->work->rules, errors)))
        return false;
    return !monitor->proving.folder || (monitor->evidence = evidence_new(&monitor->proving, monitor->work->opener, errors));
}

/* What may be asked of the opener from now on; then it begins. */
static bool begin_opener(struct monitor *monitor, struct errors *errors)
{
    const struct options *options = monitor->work->options;
    const struct opener_conduct conduct = confine_opener(options);
    struct opener *opener = monitor->work->opener;
    struct shelf *shelf = options->live.kept ? shelf_open(&monitor->shelving, errors) : NULL;

    if (options->live.kept && !shelf)
        return false;
    opener_allow_shelf(opener, shelf);
    if (options->live.evidence)
        opener_allow_folder(opener, options->live.evidence, evidence_is_name);
    for (size_t i = 0; i < options->nformats; i++)
        if (options->formats[i].path)
            opener_allow(opener, OPENER_APPEND, options->formats[i].path);
    if (options->written_baseline)
        opener_allow(opener, OPENER_REPLACE, options->written_baseline);
    for (size_t i = 0; i < options->live.interfaces.count; i++)
        opener_allow_interface(opener, options->live.interfaces.items[i], options->live.is_modest);
    return opener_begin(opener, &conduct, &monitor->missing, errors);
}

/* Who started us and cannot be told may end us; but we do not end ourselves for it. */
static void find_manager(struct monitor *monitor)
{
    struct errors errors = { 0 };

    monitor->manager = manager_open(&errors);
    tell_errors(monitor->work->err, &errors);
    errors_clear(&errors);
}

struct monitor *monitor_new(struct work *work, struct errors *errors)
{
    struct monitor *monitor = memory_new(sizeof *monitor);
    const struct httplint_sink sink = { on_exchange, on_note, monitor };
    const struct httplint_options told = {
        .limits = work->options->limits,
        .nlimits = work->options->nlimits,
        .counts_rules = work->counts != NULL,
        .tells_findings_only = !work->options->shows_exchanges && !work->tally,
        .is_endless = true,
    };

    monitor->work = work;
    name_capture(monitor);
    take_options(monitor, work->options);
    monitor->repeats = repeats_new((enum repeat_mode)work->options->live.repeat,
                                   limit_of(work->options, "repeats", limits_default.repeats), on_repeated, monitor);
    monitor->input.session = httplint_new(work->rules, &told, &sink, NULL);
    assert(monitor->input.session);      /* the limits were checked when the options were read */
    outputs_be_prompt(work->outputs);
    find_manager(monitor);
    if (begin_opener(monitor, errors) && open_all(monitor, errors)) {
        work->inputs = memory_grow(work->inputs, 1, sizeof *work->inputs);
        work->inputs[0] = monitor->input;
        work->ninputs = 1;
        return monitor;
    }
    monitor_free(monitor);
    return NULL;
}

/* All is open: the opener gets what it needs of it, and this process gives up what it does not need. */
static bool give_up(struct monitor *monitor, struct errors *errors)
{
    const struct work *work = monitor->work;
    int sockets[LIVE_INTERFACES_MAX];
    size_t count = monitor->reading.ninterfaces;

    for (size_t i = 0; i < count; i++) {
        sockets[i] = live_socket(monitor->live, i);
        if (!opener_lend(work->opener, i, sockets[i]))
            return errors_add(errors, monitor->reading.interfaces[i], 0, 0, "cannot be waited for: %s", strerror(errno));
    }
    return confine_live(work->options, sockets, count, &monitor->missing, work->err, errors);
}

/* Those who look after us: the service manager hears that we are alive, scrapes are answered. */
static void attend(struct monitor *monitor)
{
    manager_beat(monitor->manager);
    if (monitor->gauges)
        gauges_serve(monitor->gauges, monitor->input.session, monitor->live);
}

/* To wait for an interface that is down is to be ready: it may last for ever. */
static void begin_to_wait(struct monitor *monitor)
{
    manager_ready(monitor->manager);
    manager_status(monitor->manager, "waiting for an interface that is down");
}

bool monitor_begin(struct monitor *monitor, struct errors *errors)
{
    const struct work *work = monitor->work;
    uint64_t seconds = work->options->live.seconds;

    monitor->end_ms = seconds > 0 ? clock_ms() + (int64_t)seconds * 1000 : INT64_MAX;
    signals_serve();
    if (!live_is_open(monitor->live))
        begin_to_wait(monitor);
    while (!live_is_open(monitor->live) && !signals_are_stopped() && clock_ms() < monitor->end_ms) {
        if (!live_await(monitor->live, errors))
            return false;
        attend(monitor);
    }
    return !live_is_open(monitor->live) || give_up(monitor, errors);
}

static void write_status(const struct monitor *monitor, char line[STATUS_MAX])
{
    const struct httplint_summary *seen = httplint_totals(monitor->input.session);

    snprintf(line, STATUS_MAX, "%" PRIu64 " packets, %" PRIu64 " exchanges: %" PRIu64 " errors, %" PRIu64 " warnings, %" PRIu64
             " info; %" PRIu64 " dropped", seen->packets, seen->exchanges, seen->findings[HTTPLINT_ERROR],
             seen->findings[HTTPLINT_WARNING], seen->findings[HTTPLINT_INFO], live_dropped(monitor->live));
}

/* On a terminal, and for whoever asks the service manager. */
static void show_status(struct monitor *monitor)
{
    char line[STATUS_MAX];

    if (progress_is_due(monitor->work->progress)) {
        write_status(monitor, line);
        line[TERMINAL_COLUMNS - 1] = '\0';
        progress_show(monitor->work->progress, line);
    }
    if (monitor->manager && clock_ms() >= monitor->status_ms) {
        monitor->status_ms = clock_ms() + STATUS_MS;
        write_status(monitor, line);
        manager_status(monitor->manager, line);
    }
}

/* All that is counted by rule and by suppression begins anew: others have their numbers now. */
static void adopt(struct monitor *monitor, httplint_rules *rules)
{
    struct work *work = monitor->work;
    struct httplint_suppression suppression;
    size_t nsuppressions = 0;

    httplint_adopt(monitor->input.session, rules);
    httplint_rules_free(monitor->rules);
    monitor->rules = rules;
    work->rules = rules;
    if (work->counts) {
        memory_free(work->counts);
        work->counts = memory_new(httplint_rules_count(rules) * sizeof *work->counts + 1);
    }
    while (httplint_rules_suppression(rules, nsuppressions, &suppression))
        nsuppressions++;
    memory_free(work->suppressed);
    work->suppressed = nsuppressions > 0 ? memory_new(nsuppressions * sizeof *work->suppressed) : NULL;
}

/* The other keys of configuration files are about reports, which have begun. */
static void apply_settings(struct monitor *monitor, const httplint_rules *rules)
{
    const struct options *options = monitor->work->options;
    struct options now = { .given = options->given, .fail_on = HTTPLINT_ERROR };
    struct errors unheard = { 0 };       /* the rules would not have been loaded */

    if (flag_is_given(options, flag_find("fail-on")))
        return;
    settings_apply(rules, &now, &unheard);
    monitor->work->fail_on = now.fail_on;
    errors_clear(&unheard);
    options_clear(&now);
}

/* What is read is read again, what is written is opened anew. */
static void begin_anew(struct monitor *monitor)
{
    struct work *work = monitor->work;
    struct errors errors = { 0 };
    const struct file_door door = { opener_read, work->opener };

    manager_reloading(monitor->manager);
    httplint_rules *rules = rules_load_through(work->options, &door, work->err);

    if (monitor->gauges)
        gauges_reloaded(monitor->gauges, rules);
    if (rules) {
        adopt(monitor, rules);
        apply_settings(monitor, rules);
    }
    tell(work->err, NULL, rules ? "the rules were read again" : "the rules stay as they were: those read now have mistakes");
    if (opener_has_refused(work->opener))
        tell(work->err, NULL, "a file that no other extended when the capture began cannot be read; start httplint "
                              "again");
    outputs_reopen(work->outputs, work->opener, &errors);
    if (monitor->keep)
        keep_begin_anew(monitor->keep);
    tell_errors(work->err, &errors);
    errors_clear(&errors);
    manager_ready(monitor->manager);
}

static void answer_signals(struct monitor *monitor)
{
    struct work *work = monitor->work;

    if (signals_take_hangup()) {
        progress_hide(work->progress);
        begin_anew(monitor);
    }
    if (signals_take_question()) {
        progress_hide(work->progress);
        summary_tell(work->err, httplint_totals(monitor->input.session), 1, work->tally);
    }
}

/* Once it is known that packets cannot be kept any more it is said, and linting goes on. */
static void check_keeping(struct monitor *monitor)
{
    if (!monitor->keep || keep_error(monitor->keep) == 0 || monitor->has_told_keeping)
        return;
    monitor->has_told_keeping = true;
    progress_hide(monitor->work->progress);
    tell(monitor->work->err, monitor->keeping.path, strerror(keep_error(monitor->keep)));
    tell(monitor->work->err, monitor->keeping.path, "packets are kept no more; they are linted all the same");
}

static void check_opener(struct monitor *monitor)
{
    struct work *work = monitor->work;

    if (monitor->has_told_opener || clock_ms() < monitor->look_ms)
        return;
    monitor->look_ms = clock_ms() + LOOK_MS;
    if (opener_is_there(work->opener))
        return;
    monitor->has_told_opener = true;
    progress_hide(work->progress);
    tell(work->err, NULL, "the process that opens files has ended: what is open goes on, but nothing can be opened any more "
                          "(interfaces that come back, further files of -w, SIGHUP); start httplint again");
}

static void tell_repeats(struct monitor *monitor)
{
    uint64_t seconds = monitor->work->options->live.repeat_seconds;

    if (clock_ms() < monitor->tell_ms)
        return;
    monitor->tell_ms = clock_ms() + (int64_t)(seconds > 0 ? seconds : REPEAT_SECONDS) * 1000;
    repeats_tell(monitor->repeats);
}

/* The session is over: its totals are those of the run. */
static void conclude(struct monitor *monitor)
{
    struct work *work = monitor->work;
    struct errors errors = { 0 };

    manager_stopping(monitor->manager);
    live_settle(monitor->live);
    httplint_finish(monitor->input.session);
    prove(monitor);
    repeats_tell(monitor->repeats);
    httplint_summary_add(&work->sum, httplint_totals(monitor->input.session));
    work_add_counts(work, monitor->input.session);
    work->inputs[0].session = NULL;
    work->nread = 1;
    if (!keep_close(monitor->keep, &errors))
        work->has_failed = true;
    monitor->keep = NULL;
    if (monitor->has_told_keeping)
        errors_clear(&errors);
    tell_errors(work->err, &errors);
    errors_clear(&errors);
}

void monitor_run(struct monitor *monitor)
{
    const struct options *options = monitor->work->options;
    const struct live_flags *limits = &options->live;

    if (!options->is_quiet && live_is_open(monitor->live)) {
        char words[256];

        snprintf(words, sizeof words, "listening on %s", monitor->input.path);
        tell(monitor->work->err, NULL, words);
        if (monitor->gauges)
            tell(monitor->work->err, "metrics", gauges_url(monitor->gauges));
    }
    if (!options->is_quiet)
        monitor->work->progress = progress_new(monitor->work->progress_descriptor, 0);
    manager_ready(monitor->manager);
    while (!signals_are_stopped() && clock_ms() < monitor->end_ms &&
           (limits->packets == 0 || monitor->packets < limits->packets)) {
        monitor->has_begun_turn = false;
        live_turn(monitor->live, limits->packets > 0 ? limits->packets - monitor->packets : UINT64_MAX);
        answer_signals(monitor);
        check_keeping(monitor);
        check_opener(monitor);
        tell_repeats(monitor);
        show_status(monitor);
        attend(monitor);
    }
    progress_free(monitor->work->progress);
    monitor->work->progress = NULL;
    conclude(monitor);
}

void monitor_free(struct monitor *monitor)
{
    struct errors unheard = { 0 };

    if (!monitor)
        return;
    live_free(monitor->live);
    keep_close(monitor->keep, &unheard);
    errors_clear(&unheard);
    httplint_free(monitor->input.session);
    gauges_close(monitor->gauges);
    manager_close(monitor->manager);
    repeats_free(monitor->repeats);
    evidence_free(monitor->evidence);
    httplint_rules_free(monitor->rules);
    errors_clear(&monitor->missing);
    memory_free(monitor->admitted);
    out_free(monitor->name);
    memory_free(monitor);
}
