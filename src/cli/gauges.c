#include "cli/gauges.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/memory.h"
#include "service/metrics.h"
#include "service/scrape.h"

enum { SERVE_MS = 20, LAG_MS = 30000, LAG_SLOTS = 2 };

struct gauges {
    struct scrape *scrape;
    struct metrics_rule *rules;          /* by id */
    size_t nrules;
    int64_t lags_us[LAG_SLOTS];          /* the longest of this half minute, and of the one before */
    int64_t lag_ms;                      /* when another half minute begins */
    uint64_t reloads, failed_reloads;
    bool has_failed_reload;
    int64_t started_us, serve_ms;
    int statm;                           /* /proc/self/statm, opened while files may be; -1: there is none */
    const httplint *session;             /* while it serves */
    const struct live *live;
};

/* ---- counts ---- */

static int compare(const void *a, const void *b)
{
    const struct httplint_text *x = &((const struct metrics_rule *)a)->id, *y = &((const struct metrics_rule *)b)->id;
    int order = memcmp(x->at, y->at, x->len < y->len ? x->len : y->len);

    return order != 0 ? order : (x->len > y->len) - (x->len < y->len);
}

static struct metrics_rule *find(const struct gauges *gauges, struct httplint_text id)
{
    const struct metrics_rule wanted = { .id = id };

    return gauges->nrules > 0 ? bsearch(&wanted, gauges->rules, gauges->nrules, sizeof wanted, compare) : NULL;
}

/* The rules to count by, each with what it was counted before. */
static void adopt(struct gauges *gauges, const httplint_rules *rules)
{
    size_t count = httplint_rules_count(rules);
    struct metrics_rule *fresh = memory_new((count + 1) * sizeof *fresh);

    for (size_t i = 0; i < count; i++) {
        const struct httplint_rule *rule = httplint_rules_get(rules, i);
        const struct metrics_rule *before = find(gauges, rule->id);

        if (before)
            fresh[i] = *before;
        fresh[i].id = rule->id;
        fresh[i].severity = rule->severity;
    }
    qsort(fresh, count, sizeof *fresh, compare);
    memory_free(gauges->rules);
    gauges->rules = fresh;
    gauges->nrules = count;
}

void gauges_reloaded(struct gauges *gauges, const httplint_rules *rules)
{
    gauges->has_failed_reload = !rules;
    if (rules)
        gauges->reloads++;
    else
        gauges->failed_reloads++;
    if (rules)
        adopt(gauges, rules);
}

void gauges_findings(struct gauges *gauges, const struct httplint_finding *findings, size_t nfindings)
{
    for (size_t i = 0; i < nfindings; i++) {
        struct metrics_rule *rule = find(gauges, findings[i].rule->id);

        if (rule)
            rule->findings[findings[i].severity]++;
    }
}

/* A half minute that is over is that of before; one that saw no packet saw no lag. */
static void turn_lags(struct gauges *gauges)
{
    int64_t now = clock_ms();

    if (now < gauges->lag_ms)
        return;
    gauges->lags_us[1] = now - gauges->lag_ms < LAG_MS ? gauges->lags_us[0] : 0;
    gauges->lags_us[0] = 0;
    gauges->lag_ms = now + LAG_MS;
}

void gauges_waited(struct gauges *gauges, int64_t time_us)
{
    int64_t lag = clock_us(CLOCK_REALTIME) - time_us;

    turn_lags(gauges);
    if (lag > gauges->lags_us[0])
        gauges->lags_us[0] = lag;
}

/* ---- what is asked for ---- */

static uint64_t resident_octets(const struct gauges *gauges)
{
    char written[128];
    ssize_t len = gauges->statm >= 0 ? pread(gauges->statm, written, sizeof written - 1, 0) : -1;
    unsigned long long pages = 0;

    written[len > 0 ? len : 0] = '\0';
    if (sscanf(written, "%*u %llu", &pages) != 1)
        return 0;
    return pages * (uint64_t)sysconf(_SC_PAGESIZE);
}

static int64_t processor_us(void)
{
    struct rusage usage;

    getrusage(RUSAGE_SELF, &usage);
    return ((int64_t)usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1000000 + usage.ru_utime.tv_usec +
           usage.ru_stime.tv_usec;
}

static void write_metrics(void *context, struct out *out)
{
    struct gauges *gauges = context;
    struct metrics_interface interfaces[LIVE_INTERFACES_MAX];
    size_t ninterfaces = 0;
    struct live_interface state;

    for (; ninterfaces < LIVE_INTERFACES_MAX && live_interface(gauges->live, ninterfaces, &state); ninterfaces++)
        interfaces[ninterfaces] = (struct metrics_interface){ state.name, state.dropped, state.is_up };
    turn_lags(gauges);
    const struct metrics metrics = {
        .totals = httplint_totals(gauges->session),
        .rules = gauges->rules,
        .nrules = gauges->nrules,
        .interfaces = interfaces,
        .ninterfaces = ninterfaces,
        .lag_us = gauges->lags_us[0] > gauges->lags_us[1] ? gauges->lags_us[0] : gauges->lags_us[1],
        .reloads = gauges->reloads,
        .failed_reloads = gauges->failed_reloads,
        .has_failed_reload = gauges->has_failed_reload,
        .started_us = gauges->started_us,
        .processor_us = processor_us(),
        .resident_octets = resident_octets(gauges),
    };

    metrics_write(out, &metrics);
}

struct gauges *gauges_open(const char *place, const httplint_rules *rules, struct errors *errors)
{
    struct gauges *gauges = memory_new(sizeof *gauges);
    const struct scrape_source source = { gauges, write_metrics, METRICS_TYPE };

    gauges->statm = -1;
    gauges->scrape = scrape_open(place, &source, errors);
    if (!gauges->scrape) {
        gauges_close(gauges);
        return NULL;
    }
    gauges->statm = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
    gauges->started_us = clock_us(CLOCK_REALTIME);
    adopt(gauges, rules);
    return gauges;
}

void gauges_close(struct gauges *gauges)
{
    if (!gauges)
        return;
    scrape_close(gauges->scrape);
    if (gauges->statm >= 0)
        close(gauges->statm);
    memory_free(gauges->rules);
    memory_free(gauges);
}

const char *gauges_url(const struct gauges *gauges)
{
    return scrape_url(gauges->scrape);
}

void gauges_serve(struct gauges *gauges, const httplint *session, const struct live *live)
{
    if (clock_ms() < gauges->serve_ms)
        return;
    gauges->serve_ms = clock_ms() + SERVE_MS;
    gauges->session = session;
    gauges->live = live;
    scrape_serve(gauges->scrape);
}
