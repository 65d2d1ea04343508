#include "input/line.h"

struct text line_next(struct text *rest)
{
    struct text line = text_until(*rest, '\n', rest);

    if (line.len > 0 && line.at[line.len - 1] == '\r')
        line.len--;
    return line;
}

bool line_is_marker(struct text line)
{
    static const struct text markers[] = { { "===", 3 }, { ">>>", 3 }, { "<<<", 3 }, { "---", 3 } };

    for (size_t i = 0; i < 4; i++)
        if (text_starts(line, markers[i]))
            return true;
    return false;
}

bool line_is_blank(struct text line)
{
    return text_trim(line).len == 0;
}

static bool is_blank(char octet)
{
    return octet == ' ' || octet == '\t';
}

bool line_is_separator(char octet)
{
    return is_blank(octet) || octet == '[';
}

bool line_is_comment(struct text line)
{
    return text_starts(line, TEXT("# ")) || text_equal(line, TEXT("#"));
}

bool line_word(struct text *rest, char end, struct text *word)
{
    size_t from = 0, to;

    while (from < rest->len && (is_blank(rest->at[from]) || rest->at[from] == end))
        from++;
    for (to = from; to < rest->len && !is_blank(rest->at[to]) && rest->at[to] != end; to++)
        ;
    *word = text_part(*rest, from, to - from);
    *rest = text_part(*rest, to, rest->len);
    return word->len > 0;
}

static bool is_id_octet(char octet)
{
    return (octet >= 'a' && octet <= 'z') || (octet >= '0' && octet <= '9') || octet == '-';
}

bool line_is_id(struct text word)
{
    for (size_t i = 0; i < word.len; i++)
        if (!is_id_octet(word.at[i]))
            return false;
    return word.len > 0 && word.at[0] >= 'a';
}

/* ---- what follows a marker ---- */

/* "0.5": at most eight digits before the point and six behind it. */
static bool seconds_read(struct text number, int64_t *us)
{
    struct text fraction, whole = text_until(number, '.', &fraction);
    bool has_point = whole.len < number.len;
    uint64_t seconds = 0, part = 0;

    if (whole.len > 8 || !text_number(whole, &seconds))
        return false;
    if (has_point && (fraction.len > 6 || !text_number(fraction, &part)))
        return false;
    for (size_t i = fraction.len; i < 6; i++)
        part *= 10;
    *us = (int64_t)(seconds * 1000000 + part);
    return true;
}

static bool option_read(struct line_marker *marker, struct text option)
{
    bool is_delay = option.len > 2 && option.at[0] == '+' && option.at[option.len - 1] == 's';
    uint64_t number;

    if (is_delay && !marker->has_delay) {
        marker->has_delay = true;
        return seconds_read(text_part(option, 1, option.len - 2), &marker->delay_us);
    }
    if (is_delay || !text_starts(option, TEXT("conn ")) || marker->connection)
        return false;
    if (!text_number(text_part(option, 5, option.len), &number) || number > LINE_CONNECTIONS)
        return false;
    marker->connection = (unsigned)number;
    return number > 0;
}

const char *line_read_marker(struct text behind, unsigned nwords, struct line_marker *marker)
{
    struct text rest = behind, word, after;

    *marker = (struct line_marker){ 0 };
    while (rest = text_trim(rest), rest.len > 0) {
        if (rest.at[0] == '[') {
            struct text option = text_until(text_part(rest, 1, rest.len), ']', &after);

            if (option.len + 1 == rest.len || !option_read(marker, option))
                return rest.at;
            rest = after;
            continue;
        }
        line_word(&rest, '[', &word);
        if (marker->nwords == nwords || nwords > LINE_WORDS_MAX)
            return word.at;
        marker->words[marker->nwords++] = word;
    }
    return NULL;
}

/* ---- the octets of a line ---- */

static int hex_value(char digit)
{
    if (digit >= '0' && digit <= '9')
        return digit - '0';
    digit = text_lower(digit);
    return digit >= 'a' && digit <= 'f' ? digit - 'a' + 10 : -1;
}

/* Reads the escape behind a backslash: its length, 0 if it is none. */
static size_t escape_read(struct text behind, char *octet)
{
    static const char letters[] = "rnt\\", octets[] = "\r\n\t\\";
    const char *letter = behind.len > 0 ? memchr(letters, behind.at[0], 4) : NULL;
    int high, low;

    if (letter) {
        *octet = octets[letter - letters];
        return 1;
    }
    if (behind.len < 3 || behind.at[0] != 'x')
        return 0;
    high = hex_value(behind.at[1]);
    low = hex_value(behind.at[2]);
    if (high < 0 || low < 0)
        return 0;
    *octet = (char)(high << 4 | low);
    return 3;
}

const char *line_read_octets(struct text line, uint8_t *octets, size_t *len)
{
    bool is_quoted = line.len > 0 && line.at[0] == '\\' &&
                     line_is_marker(text_part(line, 1, line.len));
    size_t made = 0;

    for (size_t i = is_quoted ? 1 : 0; i < line.len; made++) {
        char octet = line.at[i++];

        if (octet == '\\' && i == line.len) {
            *len = made;
            return NULL;
        }
        if (octet == '\\') {
            size_t escape = escape_read(text_part(line, i, line.len), &octet);

            if (escape == 0)
                return line.at + i - 1;
            i += escape;
        }
        octets[made] = (uint8_t)octet;
    }
    octets[made] = '\r';
    octets[made + 1] = '\n';
    *len = made + 2;
    return NULL;
}
