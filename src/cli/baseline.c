#include "cli/baseline.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "base/file.h"
#include "base/json.h"
#include "base/memory.h"

_Static_assert((int)BASELINE_VERSION == (int)FINGERPRINT_VERSION, "other fingerprints make other baselines");

/* ---- reading ---- */

static bool is_fingerprint(struct text text)
{
    if (text.len != FINGERPRINT_DIGITS)
        return false;
    for (size_t i = 0; i < text.len; i++)
        if (!memchr("0123456789abcdef", text.at[i], 16))
            return false;
    return true;
}

static struct text text_or_none(const struct json *json, const char *key)
{
    struct text text = { "", 0 };

    json_get_text(json_get(json, key), &text);
    return text;
}

static bool read_entry(struct ledger *ledger, const struct json *json, const char *path, size_t number,
                       struct errors *errors)
{
    struct text fingerprint;
    struct ledger_entry entry = {
        .rule = text_or_none(json, "rule"),     .host = text_or_none(json, "host"),
        .method = text_or_none(json, "method"), .path = text_or_none(json, "path"),
        .field = text_or_none(json, "field"),
    };

    if (!json_get_text(json_get(json, "fingerprint"), &fingerprint) || !is_fingerprint(fingerprint))
        return errors_add(errors, path, 0, 0,
                          "findings[%zu]: 'fingerprint' must be %d hexadecimal digits in lower case", number,
                          FINGERPRINT_DIGITS);
    if (!json_get_number(json_get(json, "count"), &entry.known) || entry.known == 0)
        return errors_add(errors, path, 0, 0, "findings[%zu]: 'count' must be a number of at least 1", number);
    json_get_number(json_get(json, "status"), &entry.status);
    memcpy(entry.fingerprint.digits, fingerprint.at, FINGERPRINT_DIGITS);
    if (ledger_add(ledger, &entry))
        return true;
    return errors_add(errors, path, 0, 0,
                      ledger_is_full(ledger) ? "findings[%zu]: there is no room for more"
                                             : "findings[%zu]: the fingerprint is there already; write it anew "
                                               "with --write-baseline",
                      number);
}

static bool check_version(const struct json *root, const char *path, struct errors *errors)
{
    uint64_t version;

    if (!json_get_number(json_get(root, "version"), &version))
        return errors_add(errors, path, 0, 0, "is no baseline: it has no 'version'");
    if (version == BASELINE_VERSION)
        return true;
    return errors_add(errors, path, 0, 0,
                      "is a baseline of version %llu, and this httplint reads version %d; write it anew with "
                      "--write-baseline",
                      (unsigned long long)version, BASELINE_VERSION);
}

static struct ledger *read_tree(const struct json *root, const char *path, struct errors *errors)
{
    const struct json *findings = json_get(root, "findings");
    size_t count;

    if (!check_version(root, path, errors))
        return NULL;
    if (!json_get_list(findings, &count)) {
        errors_add(errors, path, 0, 0, "is no baseline: it has no list 'findings'");
        return NULL;
    }
    struct ledger *ledger = ledger_new();

    for (size_t i = 0; i < count; i++)
        if (!read_entry(ledger, json_at(findings, i), path, i, errors)) {
            ledger_free(ledger);
            return NULL;
        }
    return ledger;
}

struct ledger *baseline_read(const char *path, struct errors *errors)
{
    struct text octets = file_read(path, BASELINE_OCTETS_MAX, errors);
    struct json *root = octets.at ? json_read(path, octets, errors) : NULL;
    struct ledger *ledger = root ? read_tree(root, path, errors) : NULL;

    if (root)
        json_free(root);
    memory_free((char *)(uintptr_t)octets.at);
    return ledger;
}

/* ---- writing ---- */

static void put_text(struct json *json, const char *key, struct text text)
{
    if (text.len > 0)
        json_put_text(json, key, text);
}

static void put_entry(struct out *out, const struct ledger_entry *entry)
{
    struct json *json = json_new();

    json_put_text(json, "rule", entry->rule);
    put_text(json, "host", entry->host);
    put_text(json, "method", entry->method);
    put_text(json, "path", entry->path);
    if (entry->status > 0)
        json_put_number(json, "status", entry->status);
    put_text(json, "field", entry->field);
    json_put_number(json, "count", entry->seen);
    json_put_string(json, "fingerprint", entry->fingerprint.digits);
    json_write(json, out);
    json_free(json);
}

static void put_all(struct out *out, struct ledger *ledger)
{
    size_t count;
    struct ledger_entry *const *entries = ledger_sorted(ledger, &count);
    const char *before = "\n";

    out_string(out, "{\"version\":");
    out_number(out, BASELINE_VERSION);
    out_string(out, ",\"findings\":[");
    for (size_t i = 0; i < count; i++) {
        if (entries[i]->seen == 0)
            continue;
        out_string(out, before);
        put_entry(out, entries[i]);
        before = ",\n";
    }
    out_string(out, "\n]}\n");
}

static bool fail(const char *path, int error, struct errors *errors)
{
    return errors_add(errors, path, 0, 0, "cannot write the baseline: %s", strerror(error));
}

bool baseline_write(struct ledger *ledger, const char *path, const struct file_door *door, struct errors *errors)
{
    int descriptor = door->open ? door->open(door->context, path)
                                : open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOCTTY, 0666);

    if (descriptor < 0)
        return fail(path, errno, errors);
    struct out *out = out_new(descriptor);

    put_all(out, ledger);
    int error = out_close(out);

    return error == 0 ? true : fail(path, error, errors);
}

static bool may_make(const char *path)
{
    char *folder = file_folder_path(path);
    bool may = access(folder, W_OK | X_OK) == 0;

    memory_free(folder);
    return may;
}

bool baseline_check(const char *path, struct errors *errors)
{
    int descriptor = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);

    if (descriptor >= 0)
        close(descriptor);
    else if (errno != ENOENT || !may_make(path))
        return fail(path, errno, errors);
    return true;
}
