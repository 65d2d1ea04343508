#include "cli/tally.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"
#include "report/words.h"

enum { SERVERS_SHOWN = 20, NAME_COLUMNS = 46, NUMBER_COLUMNS = 13 };

/* Exchanges, or responses, and the findings about them by severity. */
struct row {
    char *name; /* owned; NULL: none */
    uint64_t seen, findings[HTTPLINT_ERROR + 1];
};

struct tally {
    struct row servers[TALLY_SERVERS_MAX]; /* in the order of their names */
    size_t nservers;
    struct row others;
    struct row statuses[HTTPLINT_STATUSES]; /* `seen` is the summary's */
};

struct tally *tally_new(void)
{
    return memory_new(sizeof(struct tally));
}

void tally_free(struct tally *tally)
{
    if (!tally)
        return;
    for (size_t i = 0; i < tally->nservers; i++)
        memory_free(tally->servers[i].name);
    memory_free(tally);
}

static char *copy(struct text name)
{
    char *string = memory_new(name.len + 1);

    memcpy(string, name.at, name.len);
    return string;
}

static int compare(struct text a, const char *b)
{
    size_t len = strlen(b);
    int order = memcmp(a.at, b, a.len < len ? a.len : len);

    return order != 0 ? order : (a.len > len) - (a.len < len);
}

static struct row *server(struct tally *tally, struct text name)
{
    size_t low = 0, high = tally->nservers;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = compare(name, tally->servers[middle].name);

        if (order == 0)
            return &tally->servers[middle];
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    if (tally->nservers == TALLY_SERVERS_MAX)
        return &tally->others;
    memmove(&tally->servers[low + 1], &tally->servers[low],
            (tally->nservers - low) * sizeof *tally->servers);
    tally->servers[low] = (struct row){ .name = copy(name) };
    tally->nservers++;
    return &tally->servers[low];
}

void tally_exchange(struct tally *tally, const struct httplint_exchange *exchange,
                    const struct httplint_finding *findings, size_t nfindings)
{
    struct text name = words_text(exchange->server);
    struct row *row = server(tally, name.len > 0 ? name : TEXT("(unknown)"));

    row->seen++;
    for (size_t i = 0; i < nfindings; i++) {
        unsigned status = words_status(exchange, &findings[i]);

        row->findings[findings[i].severity]++;
        tally->statuses[status < HTTPLINT_STATUSES ? status : 0].findings[findings[i].severity]++;
    }
}

static void add_row(struct row *sum, const struct row *part)
{
    sum->seen += part->seen;
    for (size_t i = 0; i <= HTTPLINT_ERROR; i++)
        sum->findings[i] += part->findings[i];
}

void tally_add(struct tally *sum, const struct tally *part)
{
    for (size_t i = 0; i < part->nservers; i++)
        add_row(server(sum, text_of(part->servers[i].name)), &part->servers[i]);
    add_row(&sum->others, &part->others);
    for (size_t i = 0; i < HTTPLINT_STATUSES; i++)
        add_row(&sum->statuses[i], &part->statuses[i]);
}

/* ---- the tables ---- */

static void put_number(struct out *out, uint64_t number)
{
    char digits[32];

    snprintf(digits, sizeof digits, "%*llu", NUMBER_COLUMNS, (unsigned long long)number);
    out_string(out, digits);
}

static void put_name(struct out *out, const char *name)
{
    size_t len = strlen(name);

    out_visible(out, text_of(name));
    out_repeat(out, ' ', len < NAME_COLUMNS ? NAME_COLUMNS - len : 0);
}

static void put_head(struct out *out, const char *what, const char *seen)
{
    const char *const titles[] = { seen, "errors", "warnings", "info" };

    put_name(out, what);
    for (size_t i = 0; i < 4; i++) {
        out_repeat(out, ' ', NUMBER_COLUMNS - strlen(titles[i]));
        out_string(out, titles[i]);
    }
    out_string(out, "\n");
}

static void put_row(struct out *out, const char *name, const struct row *row)
{
    put_name(out, name);
    put_number(out, row->seen);
    for (int severity = HTTPLINT_ERROR; severity > HTTPLINT_OFF; severity--)
        put_number(out, row->findings[severity]);
    out_string(out, "\n");
}

/* Those with the most errors first, then warnings and so on; the rest is the order of names. */
static int compare_rows(const void *left, const void *right)
{
    const struct row *a = *(const struct row *const *)left, *b = *(const struct row *const *)right;

    for (int severity = HTTPLINT_ERROR; severity > HTTPLINT_OFF; severity--)
        if (a->findings[severity] != b->findings[severity])
            return a->findings[severity] < b->findings[severity] ? 1 : -1;
    if (a->seen != b->seen)
        return a->seen < b->seen ? 1 : -1;
    return strcmp(a->name, b->name);
}

static void tell_servers(const struct tally *tally, struct out *out)
{
    const struct row **order = memory_new(tally->nservers * sizeof(struct row *) + 1);
    struct row rest = tally->others;

    for (size_t i = 0; i < tally->nservers; i++)
        order[i] = &tally->servers[i];
    qsort(order, tally->nservers, sizeof *order, compare_rows);
    put_head(out, "server", "exchanges");
    for (size_t i = 0; i < tally->nservers && i < SERVERS_SHOWN; i++)
        put_row(out, order[i]->name, order[i]);
    for (size_t i = SERVERS_SHOWN; i < tally->nservers; i++)
        add_row(&rest, order[i]);
    if (rest.seen > 0)
        put_row(out, "all others", &rest);
    memory_free(order);
}

static void tell_statuses(const struct tally *tally, const struct httplint_summary *summary, struct out *out)
{
    put_head(out, "status", "responses");
    for (unsigned i = 1; i <= HTTPLINT_STATUSES; i++) {
        unsigned status = i % HTTPLINT_STATUSES; /* what has none comes last */
        struct row row = tally->statuses[status];
        char name[16];

        row.seen = summary->statuses[status];
        if (row.seen + row.findings[HTTPLINT_ERROR] + row.findings[HTTPLINT_WARNING] + row.findings[HTTPLINT_INFO] == 0)
            continue;
        snprintf(name, sizeof name, "%03u", status);
        put_row(out, status > 0 ? name : "none", &row);
    }
}

void tally_tell(const struct tally *tally, const struct httplint_summary *summary, struct out *out)
{
    tell_servers(tally, out);
    tell_statuses(tally, summary, out);
}
