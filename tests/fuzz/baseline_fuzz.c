/*
 * What a team keeps beside its fixtures. The input: an octet that tells what the rest is (a baseline, expectations, the
 * suppressions of a rules file), then the text. What is read well says nothing is wrong, all else says what; a baseline
 * that was read is the same when it is written and read again.
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/memory.h"
#include "checks/families.h"
#include "cli/baseline.h"
#include "cli/sheet.h"
#include "engine/engine.h"
#include "tests/support/made.h"

int LLVMFuzzerTestOneInput(const uint8_t *octets, size_t len);

static void demand(bool is_so)
{
    if (!is_so)
        abort();
}

/* A file in memory that has a path. */
struct fuzz_file {
    int descriptor;
    char path[32];
};

static struct fuzz_file fuzz_file_new(void)
{
    struct fuzz_file file = { .descriptor = memfd_create("fuzz", MFD_CLOEXEC) };

    demand(file.descriptor >= 0);
    snprintf(file.path, sizeof file.path, "/proc/self/fd/%d", file.descriptor);
    return file;
}

static struct fuzz_file fuzz_file_of(const uint8_t *octets, size_t len)
{
    struct fuzz_file file = fuzz_file_new();

    demand(write(file.descriptor, octets, len) == (ssize_t)len);
    return file;
}

/* ---- baselines ---- */

static void expect_same(const struct ledger_entry *a, const struct ledger_entry *b)
{
    demand(strcmp(a->fingerprint.digits, b->fingerprint.digits) == 0);
    demand(text_equal(a->rule, b->rule) && text_equal(a->host, b->host) && text_equal(a->method, b->method));
    demand(text_equal(a->path, b->path) && text_equal(a->field, b->field));
    demand(a->known == b->known && a->status == b->status);
}

static void write_and_read(struct ledger *ledger)
{
    struct fuzz_file file = fuzz_file_new();
    struct errors errors = { 0 };
    size_t count, count_again;
    struct ledger_entry *const *entries = ledger_sorted(ledger, &count);

    for (size_t i = 0; i < count; i++)
        entries[i]->seen = entries[i]->known;
    demand(baseline_write(ledger, file.path, &(struct file_door){ 0 }, &errors));
    struct ledger *again = baseline_read(file.path, &errors);

    demand(again && errors.count == 0);
    struct ledger_entry *const *read = ledger_sorted(again, &count_again);

    entries = ledger_sorted(ledger, &count);           /* writing has sorted them anew */
    demand(count == count_again);
    for (size_t i = 0; i < count; i++)
        expect_same(entries[i], read[i]);
    ledger_free(again);
    close(file.descriptor);
}

static void try_baseline(const uint8_t *octets, size_t len)
{
    struct fuzz_file file = fuzz_file_of(octets, len);
    struct errors errors = { 0 };
    struct ledger *ledger = baseline_read(file.path, &errors);

    demand((ledger != NULL) == (errors.count == 0));
    if (ledger)
        write_and_read(ledger);
    ledger_free(ledger);
    errors_clear(&errors);
    close(file.descriptor);
}

/* ---- expectations ---- */

static httplint_rules *builtin(void)
{
    static httplint_rules *rules;

    if (!rules)
        rules = httplint_rules_new(NULL, NULL);
    return rules;
}

static void try_expectations(const uint8_t *octets, size_t len)
{
    static const char *const names[] = { "a.pcap", "", "login.har", "x y" };
    struct fuzz_file file = fuzz_file_of(octets, len);
    struct arena_pool *pool = arena_pool_new();
    struct arena *arena = arena_new(pool);
    struct errors errors = { 0 };
    struct sheet sheet = { .path = file.path, .is_good = true };

    sheet_read(&sheet, arena, builtin(), &errors);
    demand(sheet.is_good == (errors.count == 0));
    for (size_t i = 0; sheet.is_good && i < sizeof names / sizeof *names; i++)
        for (const struct fixture *fixture = sheet_find(&sheet, text_of(names[i])); fixture; fixture = NULL)
            for (const struct entry *entry = fixture->entries; entry; entry = entry->next)
                demand(entry->rule && entry->least <= entry->most);
    arena_free(arena);
    arena_pool_free(pool);
    errors_clear(&errors);
    close(file.descriptor);
}

/* ---- suppressions ---- */

static const char rules_begin[] = "rules:\n  a-a: { severity: error, message: m, spec: RFC9110 5, require: response.Age }\n"
                                  "suppress:\n";

static void count_finding(void *context, const struct finding *finding)
{
    (void)finding;
    ++*(uint64_t *)context;
}

/* The one finding there is comes out, or is counted as suppressed. */
static void judge(const struct ruleset *rules)
{
    struct arena_pool *pool = arena_pool_new();
    struct arena *arena = arena_new(pool);
    uint64_t found = 0;
    struct engine *engine = engine_new(rules, &limits_default, (struct finding_sink){ count_finding, &found },
                                       (struct note_sink){ 0 });

    engine_judge(engine, made_exchange(arena, ruleset_names(rules), "GET /a?b HTTP/1.1\r\nHost: h.example\r\n\r\n",
                                       "HTTP/1.1 200 OK\r\n\r\n"));
    demand(found + engine_suppressed(engine) == 1);
    engine_free(engine);
    arena_free(arena);
    arena_pool_free(pool);
}

/* These may switch the rule off, so that nothing is found. */
static bool may_switch_off(const uint8_t *octets, size_t len)
{
    static const struct text keys[] = { TEXT_INIT("adjust"), TEXT_INIT("ignore"), TEXT_INIT("select"), TEXT_INIT("preset") };

    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (memmem(octets, len, keys[i].at, keys[i].len))
            return true;
    return false;
}

static void try_suppressions(const uint8_t *octets, size_t len)
{
    char *yaml = memory_new(sizeof rules_begin + len);
    struct errors errors = { 0 };
    size_t count = 0;

    memcpy(yaml, rules_begin, sizeof rules_begin - 1);
    memcpy(yaml + sizeof rules_begin - 1, octets, len);
    struct rules_text text = { "fuzz.yaml", { yaml, sizeof rules_begin - 1 + len }, false };
    struct ruleset *rules = ruleset_load(
        &(struct ruleset_request){ .texts = &text, .ntexts = 1, .checks = check_families, .today_us = 1 }, &errors);

    demand(rules || errors.count > 0);
    if (rules)
        ruleset_rules(rules, &count);
    if (count == 1 && !may_switch_off(octets, len))
        judge(rules);
    ruleset_free(rules);
    errors_clear(&errors);
    memory_free(yaml);
}

int LLVMFuzzerTestOneInput(const uint8_t *octets, size_t len)
{
    static void (*const tries[])(const uint8_t *, size_t) = { try_baseline, try_expectations, try_suppressions };

    if (len > 0)
        tries[octets[0] % 3](octets + 1, len - 1);
    return 0;
}
