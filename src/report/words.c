#include "report/words.h"

#include <stdio.h>

#include "base/utf8.h"

static const int64_t second_us = 1000000, day_us = 86400 * (int64_t)1000000;

static const char *const severities[] = {
    [HTTPLINT_OFF] = "off",
    [HTTPLINT_INFO] = "info",
    [HTTPLINT_WARNING] = "warning",
    [HTTPLINT_ERROR] = "error",
};

const char *words_severity(enum httplint_severity severity)
{
    return severities[severity];
}

bool words_find_severity(struct text word, enum httplint_severity *severity)
{
    for (int i = HTTPLINT_OFF; i <= HTTPLINT_ERROR; i++)
        if (text_equal(word, text_of(severities[i]))) {
            *severity = (enum httplint_severity)i;
            return true;
        }
    return false;
}

const char *words_side(enum httplint_side side)
{
    static const char *const names[] = { [HTTPLINT_REQUEST] = "request",
                                         [HTTPLINT_RESPONSE] = "response",
                                         [HTTPLINT_CONNECTION] = "connection" };

    return names[side];
}

const char *words_party(enum httplint_party party)
{
    static const char *const names[] = { [HTTPLINT_PARTY_UNKNOWN] = "unknown",
                                         [HTTPLINT_PARTY_CLIENT] = "client",
                                         [HTTPLINT_PARTY_SERVER] = "server" };

    return names[party];
}

const char *words_state(enum httplint_state state)
{
    static const char *const names[] = { [HTTPLINT_STATE_UNKNOWN] = "unknown", [HTTPLINT_NEW] = "new",
                                         [HTTPLINT_UNCHANGED] = "unchanged", [HTTPLINT_FIXED] = "fixed" };

    return names[state];
}

/* Quotient towards minus infinity, for times before 1970. */
static int64_t floor_div(int64_t number, int64_t by)
{
    return number / by - (number % by < 0);
}

/* The civil date of a day: in a year counted from March the leap day comes last, so that months
 * begin at fixed days ((153 * m + 2) / 5) and 400 years are 146097 days. Day 0 is 1970-01-01,
 * 719468 days after 0000-03-01. */
static void civil_date(int64_t day, int64_t *year, int *month, int *of_month)
{
    int64_t shifted = day + 719468;
    int64_t era = floor_div(shifted, 146097);
    int64_t of_era = shifted - era * 146097;
    int64_t years = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int64_t of_year = of_era - (365 * years + years / 4 - years / 100);
    int64_t from_march = (5 * of_year + 2) / 153;

    *of_month = (int)(of_year - (153 * from_march + 2) / 5 + 1);
    *month = (int)(from_march < 10 ? from_march + 3 : from_march - 9);
    *year = years + era * 400 + (*month <= 2);
}

void words_time(struct out *out, int64_t us)
{
    int64_t day = floor_div(us, day_us), within = (us % day_us + day_us) % day_us;
    int64_t seconds = within / second_us;
    int64_t year;
    int month, of_month;
    char written[64];

    civil_date(day, &year, &month, &of_month);
    if (year < 0 || year > 9999)
        return;
    snprintf(written, sizeof written, "%04d-%02d-%02dT%02d:%02d:%02d.%06dZ", (int)year, month,
             of_month, (int)(seconds / 3600), (int)(seconds / 60 % 60), (int)(seconds % 60),
             (int)(within % second_us));
    out_string(out, written);
}

void words_cut(struct out *out, struct text text, size_t max)
{
    out_text(out, utf8_cut(text, max));
    if (text.len > max)
        out_string(out, "...");
}

void words_count(struct out *out, uint64_t count, const char *noun)
{
    out_number(out, count);
    out_string(out, " ");
    out_string(out, noun);
    if (count != 1)
        out_string(out, "s");
}

void words_found(struct out *out, const struct httplint_summary *summary)
{
    words_count(out, summary->findings[HTTPLINT_ERROR], "error");
    out_string(out, ", ");
    words_count(out, summary->findings[HTTPLINT_WARNING], "warning");
    out_string(out, ", ");
    out_number(out, summary->findings[HTTPLINT_INFO]);
    out_string(out, " info");
}

uint64_t words_elapsed_us(const struct httplint_exchange *exchange)
{
    if (exchange->ended_us < exchange->begun_us)
        return 0;
    return (uint64_t)exchange->ended_us - (uint64_t)exchange->begun_us;
}

void words_duration(struct out *out, uint64_t us)
{
    uint64_t tenths = us / 100 + (us % 100 >= 50);

    if (tenths >= 100) {
        out_number(out, (tenths + 5) / 10);
    } else {
        out_number(out, tenths / 10);
        out_string(out, ".");
        out_number(out, tenths % 10);
    }
    out_string(out, " ms");
}

unsigned words_status(const struct httplint_exchange *exchange,
                      const struct httplint_finding *finding)
{
    return finding->status > 0 ? finding->status : exchange->status;
}

/* Of digits, letters, dots and hyphens, and a digit first: "15.5.6", "5.4.1-3". */
static bool is_section(struct text section)
{
    if (section.len == 0 || section.at[0] < '1' || section.at[0] > '9')
        return false;
    for (size_t i = 0; i < section.len; i++)
        if (!text_is_tchar(section.at[i]) || memchr("!#$%&'*+^_`|~", section.at[i], 13))
            return false;
    return true;
}

bool words_spec_url(struct out *out, struct text spec)
{
    struct text section, number = text_part(text_until(spec, ' ', &section), 3, spec.len);
    uint64_t ignored;

    section = text_until(section, ' ', NULL);
    if (!text_starts(spec, TEXT("RFC")) || !text_number(number, &ignored) || !is_section(section))
        return false;
    out_string(out, "https://www.rfc-editor.org/rfc/rfc");
    out_text(out, number);
    out_string(out, "#section-");
    out_text(out, section);
    return true;
}

bool words_is_known(const struct httplint_finding *finding)
{
    return finding->is_baselined || finding->is_expected || finding->state == HTTPLINT_UNCHANGED ||
           finding->state == HTTPLINT_FIXED;
}

size_t words_note_order(const struct httplint_summary *summary, size_t order[HTTPLINT_NOTE_CODES])
{
    size_t count = 0;

    for (size_t number = 0; number < HTTPLINT_NOTE_CODES && httplint_note_code(number); number++) {
        if (summary->notes[number] == 0)
            continue;
        size_t at = count++;

        for (; at > 0 && strcmp(httplint_note_code(order[at - 1]), httplint_note_code(number)) > 0;
             at--)
            order[at] = order[at - 1];
        order[at] = number;
    }
    return count;
}
