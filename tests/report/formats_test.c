#include "report/report.h"

#include <jansson.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/memory.h"
#include "tests/support/loaded.h"
#include "tests/support/sample.h"

enum { WRITTEN_MAX = 1 << 16, NTH_MAX = 20000 };

static void formats_are_found(void)
{
    size_t count = 0;

    for (; reporters[count]; count++)
        ROW_TRUE(reporters[count]->name, reporter_find(reporters[count]->name) == reporters[count]);
    CU_ASSERT_TRUE(count >= 9);
    CU_ASSERT_PTR_NULL(reporter_find("tex"));
    CU_ASSERT_PTR_NULL(reporter_find(""));
}

/* ---- a wire that sends too much ---- */

enum { LARGE_OCTETS = 1 << 20, LARGE_SHOWN_MAX = 64 << 10 };

/* Without what would act on whoever reads it: control octets (DEL is none to JSON), and what is no UTF-8. */
static bool is_tame(struct text written)
{
    for (size_t i = 0; i < written.len; i++)
        if (written.at[i] >= 0 && written.at[i] < ' ' && written.at[i] != '\n')
            return false;
    char *document = memory_new(written.len + 3);

    /* A JSON reader refuses what is no UTF-8. */
    document[0] = '"';
    for (size_t i = 0; i < written.len; i++)
        document[i + 1] = written.at[i] == '"' || written.at[i] == '\\' || written.at[i] == '\n' ? ' ' : written.at[i];
    document[written.len + 1] = '"';
    json_t *json = json_loadb(document, written.len + 2, JSON_DECODE_ANY, NULL);

    json_decref(json);
    memory_free(document);
    return json != NULL;
}

/* A value of 1 MiB, whatever it is made of, is cut and shown so that nobody has to fear it. */
static void large_values(void)
{
    static char octets[LARGE_OCTETS];

    for (size_t i = 0; i < sizeof octets; i++)
        octets[i] = SAMPLE_HOSTILE[i % (sizeof SAMPLE_HOSTILE - 1)];
    for (const struct reporter *const *reporter = reporters; *reporter; reporter++) {
        struct httplint_rule rule = sample_rule();
        struct httplint_exchange exchange = sample_exchange();
        struct httplint_finding finding = sample_finding(&rule);
        const struct sample_report sample = { .format = (*reporter)->name, .file = "a.pcap", .exchange = &exchange,
                                              .options = { .shows_exchanges = true, .shows_secrets = true },
                                              .finding = &finding, .has_summary = true };

        exchange.method = exchange.url = (struct httplint_text){ octets, sizeof octets };
        finding.message = finding.field = finding.evidence = exchange.url;
        struct out *out = sample_out(&sample);

        ROW_TRUE((*reporter)->name, is_tame(out_held(out)));
        ROW_TRUE((*reporter)->name, out_held(out).len > 0 && out_held(out).len < LARGE_SHOWN_MAX);
        out_free(out);
    }
}

/* ---- memory runs out ---- */

struct session {
    const struct reporter *reporter;
    struct report *report;
    struct out *out;
};

static const struct httplint_summary sum = { .exchanges = 2, .notes = { 1 } };

/* What the command does then. */
static void end_well(void *context)
{
    struct session *session = context;

    if (!session->report)
        _exit(4);
    if (session->reporter->broken)
        session->reporter->broken(session->report);
    session->reporter->end(session->report, &sum, 1);
    _exit(out_flush(session->out) ? 3 : 5);
}

static void report_all(struct session *session)
{
    struct httplint_rule rule = sample_rule();
    struct httplint_exchange exchange = sample_exchange();
    struct httplint_finding finding = sample_finding(&rule);
    const struct httplint_note made = { .code = "gap", .message = SAMPLE_HOSTILE, .frame = 7, .stream = 2 };
    const struct report_options options = { .shows_exchanges = true };

    session->report = session->reporter->begin(&options, session->out);
    session->reporter->exchange(session->report, "a.pcap", &exchange, &finding, 1);
    if (session->reporter->note)
        session->reporter->note(session->report, "a.pcap", &made);
    sample_be_hostile(&exchange, &finding);
    session->reporter->exchange(session->report, SAMPLE_HOSTILE, &exchange, &finding, 1);
    session->reporter->end(session->report, &sum, 1);
}

/* In a child, the n-th allocation fails; its exit status, and what was written. */
static int run_short(const struct reporter *reporter, size_t nth, char written[WRITTEN_MAX], size_t *len)
{
    int descriptor = memfd_create("out", MFD_CLOEXEC), status = -1;
    pid_t child = fork();

    if (child == 0) {
        struct session session = { reporter, NULL, out_new(descriptor) };

        memory_on_exhaustion(end_well, &session);
        memory_fail_at(nth);
        report_all(&session);
        _exit(out_flush(session.out) ? 0 : 5);
    }
    waitpid(child, &status, 0);
    ssize_t got = pread(descriptor, written, WRITTEN_MAX - 1, 0);

    *len = got > 0 ? (size_t)got : 0;
    close(descriptor);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/* Whole lines, and where that is one thing a whole document. */
static bool is_whole(const char *format, struct text written)
{
    bool is_xml = strcmp(format, "junit") == 0 || strcmp(format, "checkstyle") == 0;
    bool is_json = strcmp(format, "json") == 0 || strcmp(format, "sarif") == 0 || strcmp(format, "gitlab") == 0;

    if (is_xml)
        return sample_is_xml(written);
    if (is_json) {
        json_t *json = json_loadb(written.at, written.len, JSON_REJECT_DUPLICATES, NULL);

        json_decref(json);
        return json != NULL;
    }
    return written.len == 0 || written.at[written.len - 1] == '\n';
}

static void memory_runs_out(void)
{
    static char written[WRITTEN_MAX];

    for (const struct reporter *const *reporter = reporters; *reporter; reporter++) {
        unsigned ended_well = 0, other = 0, broken = 0;
        int status = -1;

        for (size_t nth = 1; nth < NTH_MAX && status != 0; nth += 1 + nth / 24) {
            size_t len;

            status = run_short(*reporter, nth, written, &len);
            ended_well += status == 3;
            other += status != 0 && status != 3 && status != 4;
            broken += status != 4 && !is_whole((*reporter)->name, (struct text){ written, len });
        }
        ROW_TRUE((*reporter)->name, status == 0 && ended_well > 0 && other == 0 && broken == 0);
    }
}

void report_formats_suite(void);
void report_formats_suite(void)
{
    CU_pSuite suite = CU_add_suite("report/formats", NULL, NULL);

    CU_add_test(suite, "each is found by its name", formats_are_found);
    CU_add_test(suite, "values of 1 MiB", large_values);
    CU_add_test(suite, "memory runs out", memory_runs_out);
}
