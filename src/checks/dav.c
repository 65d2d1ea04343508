#include "base/xml.h"
#include "checks/families.h"
#include "checks/lines.h"
#include "http/content.h"
#include "http/value/media.h"

/* What was met of a DAV: document so far. */
struct document {
    unsigned depth;            /* of elements that are open */
    struct text root;          /* that the document is to have */
    bool is_root;              /* its root is DAV:'s and the one that was meant */
    bool is_response;          /* an element "response" directly below the root is open */
    bool has_outcome;          /* and had a status or a propstat */
    bool lacks_outcome;        /* one was closed that had neither */
    bool has_condition;        /* there was an element below the root */
};

static bool is_dav(struct text space, struct text name, struct text wanted)
{
    return text_equal(space, TEXT("DAV:")) && text_equal(name, wanted);
}

static void on_begin(void *context, struct text space, struct text name)
{
    struct document *document = context;

    switch (document->depth++) {
    case 0:
        document->is_root = is_dav(space, name, document->root);
        break;
    case 1:
        document->is_response = is_dav(space, name, TEXT("response"));
        document->has_outcome = false;
        document->has_condition = true;
        break;
    case 2:
        document->has_outcome |= is_dav(space, name, TEXT("status")) || is_dav(space, name, TEXT("propstat"));
        break;
    default:
        break;
    }
}

static void on_end(void *context)
{
    struct document *document = context;

    if (--document->depth == 1)
        document->lacks_outcome |= document->is_response && !document->has_outcome;
}

/* RFC 7303 3: what the type says of the encoding comes before what the document says. */
static struct text charset_of(const struct message *message)
{
    struct text value;
    struct media media;
    struct parameter charset;

    if (lines_single(message, FIELD_CONTENT_TYPE, &value) && media_read(value, &media, NULL) &&
        parameter_find(media.parameters, TEXT("charset"), &charset) && charset.has_value)
        return charset.value;
    return (struct text){ "", 0 };
}

static enum xml_result read_document(const struct exchange *x, struct text root, struct document *document)
{
    const struct content *content = x->response ? content_of(x, x->response) : NULL;
    struct xml_sink sink = { on_begin, on_end, document };

    *document = (struct document){ .root = root };
    if (!content)
        return XML_REFUSED;
    return xml_read(content->octets, content->is_whole, charset_of(x->response), &sink);
}

/* RFC 4918 14.16, 14.24: each response has a status, or propstat elements that have. */
static enum truth multistatus_is_good(const struct exchange *x, struct text *culprit)
{
    struct document document;
    enum xml_result result = read_document(x, TEXT("multistatus"), &document);

    (void)culprit;
    if (result == XML_MALFORMED || document.lacks_outcome || (document.has_condition && !document.is_root))
        return NO;
    if (result == XML_WHOLE)
        return document.is_root ? YES : NO;
    return UNKNOWN;
}

/* RFC 4918 16: the element "error" holds the conditions. */
static enum truth error_names_condition(const struct exchange *x, struct text *culprit)
{
    struct document document;
    enum xml_result result = read_document(x, TEXT("error"), &document);

    (void)culprit;
    if (document.is_root && document.has_condition)
        return YES;
    return result == XML_WHOLE || result == XML_MALFORMED ? NO : UNKNOWN;
}

const struct check dav_checks[] = {
    { "multistatus-is-good", .exchange = multistatus_is_good, .reads_body = true },
    { "error-names-condition", .exchange = error_names_condition, .reads_body = true },
    { 0 },
};
