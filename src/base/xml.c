#include "base/xml.h"

#include <expat.h>

enum { CHARSET_MAX = 40, OCTETS_MAX = 1 << 30, SEPARATOR = '\n' };

struct reading {
    XML_Parser parser;
    const struct xml_sink *sink;
};

/* Namespace and name come in one; a name without namespace comes alone. */
static void on_begin(void *context, const XML_Char *whole, const XML_Char **attributes)
{
    const struct reading *reading = context;
    struct text name, space = text_until(text_of(whole), SEPARATOR, &name);

    (void)attributes;
    if (space.len == strlen(whole)) {
        name = space;
        space = (struct text){ "", 0 };
    }
    reading->sink->begin(reading->sink->context, space, name);
}

static void on_end(void *context, const XML_Char *name)
{
    const struct reading *reading = context;

    (void)name;
    reading->sink->end(reading->sink->context);
}

/* Entities that a document declares could make much of little. A DTD elsewhere declares none for us: it is not
 * fetched. */
static void on_doctype(void *context, const XML_Char *name, const XML_Char *system, const XML_Char *public,
                       int has_inside)
{
    const struct reading *reading = context;

    (void)name;
    (void)system;
    (void)public;
    if (has_inside)
        XML_StopParser(reading->parser, XML_FALSE);
}

static enum xml_result result_of(enum XML_Error error)
{
    switch (error) {
    case XML_ERROR_NO_MEMORY:
    case XML_ERROR_ABORTED:
    case XML_ERROR_UNKNOWN_ENCODING:
    case XML_ERROR_INCORRECT_ENCODING:
    case XML_ERROR_UNEXPECTED_STATE:
    case XML_ERROR_INVALID_ARGUMENT:
    case XML_ERROR_NO_BUFFER:
        return XML_REFUSED;
    default:
        return XML_MALFORMED;
    }
}

static enum xml_result read_all(struct reading *reading, struct text octets, bool is_whole)
{
    XML_SetUserData(reading->parser, reading);
    XML_SetElementHandler(reading->parser, on_begin, on_end);
    XML_SetStartDoctypeDeclHandler(reading->parser, on_doctype);
    if (XML_Parse(reading->parser, octets.at, (int)octets.len, is_whole) == XML_STATUS_OK)
        return is_whole ? XML_WHOLE : XML_CUT;
    return result_of(XML_GetErrorCode(reading->parser));
}

enum xml_result xml_read(struct text octets, bool is_whole, struct text charset, const struct xml_sink *sink)
{
    char encoding[CHARSET_MAX + 1] = "";

    if (charset.len > CHARSET_MAX || octets.len > OCTETS_MAX)
        return XML_REFUSED;
    if (charset.len > 0)
        memcpy(encoding, charset.at, charset.len);
    struct reading reading = { XML_ParserCreateNS(charset.len > 0 ? encoding : NULL, SEPARATOR), sink };

    if (!reading.parser)
        return XML_REFUSED;
    enum xml_result result = read_all(&reading, octets, is_whole);

    XML_ParserFree(reading.parser);
    return result;
}
