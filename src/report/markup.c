/* libxml2's writer would not save us this: it leaves characters that XML forbids to its caller, and they are most of
 * the work. */
#include "report/markup.h"

#include "base/utf8.h"

/* Char of XML 1.0, 2.2; surrogates are no UTF-8 in the first place. */
static bool is_char(uint32_t code)
{
    return code >= ' ' ? code != 0xFFFE && code != 0xFFFF : code == '\t' || code == '\n' || code == '\r';
}

/* A bare CR, and in a value every blank but SP, would be read as something else (2.11, 3.3.3). */
static const char *reference(char octet, bool is_value)
{
    switch (octet) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '"': return "&quot;";
    case '\'': return "&apos;";
    case '\r': return "&#13;";
    case '\n': return is_value ? "&#10;" : NULL;
    case '\t': return is_value ? "&#9;" : NULL;
    default: return NULL;
    }
}

static void put(struct out *out, struct text text, bool is_value)
{
    while (text.len > 0) {
        uint32_t code = 0;
        size_t len = utf8_character(text_part(text, 0, 4), &code);
        const char *instead = len == 1 ? reference(text.at[0], is_value) : NULL;

        if (instead)
            out_string(out, instead);
        else if (len > 0 && is_char(code))
            out_text(out, text_part(text, 0, len));
        else
            out_string(out, "\xEF\xBF\xBD");
        text = text_part(text, len > 0 ? len : 1, text.len);
    }
}

void markup_text(struct out *out, struct text text)
{
    put(out, text, false);
}

void markup_attribute(struct out *out, const char *name, struct text value)
{
    out_string(out, " ");
    out_string(out, name);
    out_string(out, "=\"");
    put(out, value, true);
    out_string(out, "\"");
}

void markup_held(struct out *out, const char *name, struct out *value)
{
    markup_attribute(out, name, out_held(value));
    out_clear(value);
}

void markup_number(struct out *out, const char *name, uint64_t value)
{
    out_string(out, " ");
    out_string(out, name);
    out_string(out, "=\"");
    out_number(out, value);
    out_string(out, "\"");
}
