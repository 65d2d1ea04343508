#include "tests/support/exposition.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/utf8.h"

enum { SAMPLES_MAX = 4096, FAMILIES_MAX = 64 };

/* What was read so far. */
struct reading {
    struct text families[FAMILIES_MAX], samples[SAMPLES_MAX];
    size_t nfamilies, nsamples;
    struct text type;                    /* of the last family; empty: it has none yet */
};

/* Takes `start` away. */
static bool take(struct text *rest, const char *start)
{
    if (!text_starts(*rest, text_of(start)))
        return false;
    *rest = text_part(*rest, strlen(start), rest->len);
    return true;
}

static struct text take_name(struct text *rest)
{
    size_t len = 0;

    while (len < rest->len && (rest->at[len] == '_' || isalpha((unsigned char)rest->at[len]) ||
                               (len > 0 && isdigit((unsigned char)rest->at[len]))))
        len++;
    struct text name = text_part(*rest, 0, len);

    *rest = text_part(*rest, len, rest->len);
    return name;
}

static bool ends(struct text name, const char *end)
{
    size_t len = strlen(end);

    return name.len > len && memcmp(name.at + name.len - len, end, len) == 0;
}

static bool take_value(struct text *rest)
{
    if (!take(rest, "\""))
        return false;
    while (rest->len > 0 && rest->at[0] != '"') {
        bool is_escaped = rest->at[0] == '\\';
        size_t len = is_escaped ? 2 : utf8_character(*rest, NULL);

        if (len == 0 || len > rest->len || (is_escaped && !strchr("\\\"n", rest->at[1])))
            return false;
        *rest = text_part(*rest, len, rest->len);
    }
    return take(rest, "\"");
}

static bool take_labels(struct text *rest)
{
    if (!take(rest, "{"))
        return true;
    do {
        if (take_name(rest).len == 0 || !take(rest, "=") || !take_value(rest))
            return false;
    } while (take(rest, ","));
    return take(rest, "}");
}

static bool is_number(struct text value)
{
    struct text fraction, whole = text_until(value, '.', &fraction);
    uint64_t number;

    return text_number(whole, &number) && (whole.len == value.len || text_number(fraction, &number));
}

static const char *read_help(struct reading *reading, struct text rest)
{
    struct text name = take_name(&rest);

    for (size_t i = 0; i < reading->nfamilies; i++)
        if (text_equal(reading->families[i], name))
            return "a family that there was before";
    if (name.len == 0 || !take(&rest, " ") || rest.len == 0 || memchr(rest.at, '\\', rest.len))
        return "no help";
    if (reading->nfamilies == FAMILIES_MAX)
        return "too many families";
    reading->families[reading->nfamilies++] = name;
    reading->type = TEXT("");
    return NULL;
}

static const char *read_type(struct reading *reading, struct text rest)
{
    struct text name = take_name(&rest);

    if (reading->nfamilies == 0 || !text_equal(name, reading->families[reading->nfamilies - 1]) || reading->type.len > 0)
        return "a type without its help";
    if (!take(&rest, " ") || !(text_equal(rest, TEXT("counter")) || text_equal(rest, TEXT("gauge"))))
        return "no type";
    if (text_equal(rest, TEXT("counter")) != ends(name, "_total"))
        return "a counter and nothing else is called _total";
    reading->type = rest;
    return NULL;
}

static const char *read_sample(struct reading *reading, struct text line)
{
    struct text rest = line, name = take_name(&rest);

    if (reading->type.len == 0 || !text_equal(name, reading->families[reading->nfamilies - 1]))
        return "a sample outside of its family";
    if (!take_labels(&rest))
        return "no labels";
    struct text sample = text_part(line, 0, line.len - rest.len);

    for (size_t i = 0; i < reading->nsamples; i++)
        if (text_equal(reading->samples[i], sample))
            return "a sample that there was before";
    if (reading->nsamples == SAMPLES_MAX)
        return "too many samples";
    reading->samples[reading->nsamples++] = sample;
    return take(&rest, " ") && is_number(rest) ? NULL : "no number";
}

const char *exposition_fault(struct text written, unsigned *line)
{
    static struct reading reading;
    const char *fault = NULL;

    reading = (struct reading){ 0 };
    if (written.len == 0 || written.at[written.len - 1] != '\n')
        return "the last line does not end";
    for (*line = 1; written.len > 0 && !fault; ++*line) {
        struct text one = text_until(written, '\n', &written);

        fault = take(&one, "# HELP ")   ? read_help(&reading, one)
                : take(&one, "# TYPE ") ? read_type(&reading, one)
                                        : read_sample(&reading, one);
    }
    --*line;
    return fault;
}

double exposition_value(struct text written, const char *sample)
{
    while (written.len > 0) {
        struct text one = text_until(written, '\n', &written);

        if (take(&one, sample) && take(&one, " "))
            return strtod(one.at, NULL);
    }
    return -1;
}

bool exposition_has(struct text written, struct text name)
{
    while (written.len > 0) {
        struct text one = text_until(written, '\n', &written);

        if (take(&one, "# TYPE ") && text_equal(take_name(&one), name))
            return true;
    }
    return false;
}
