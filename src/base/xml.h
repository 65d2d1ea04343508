/*
 * xml.h - an XML document, element by element: the one door to expat.
 *
 * Reads octets that are there as a whole or from their beginning on. Never fetches anything, and gives
 * up where a document has a DTD inside, so that nothing can be made to expand. What it holds is
 * bounded by the octets that it is given.
 */
#ifndef HTTPLINT_BASE_XML_H
#define HTTPLINT_BASE_XML_H

#include "base/text.h"

enum xml_result {
    XML_WHOLE,                 /* a well-formed document */
    XML_CUT,                   /* well-formed so far; the octets were not all */
    XML_MALFORMED,             /* not well-formed, or a prefix has no namespace */
    XML_REFUSED                /* cannot be told: a DTD inside, an encoding that is not known */
};

struct xml_sink {
    /* An element begins: the name of its namespace, empty if it has none, and its own. */
    void (*begin)(void *context, struct text space, struct text name);
    void (*end)(void *context);
    void *context;
};

/* `charset` is what is known of the encoding from outside; empty: nothing. Octets that are not whole end somewhere
 * behind the last one. */
enum xml_result xml_read(struct text octets, bool is_whole, struct text charset, const struct xml_sink *);

#endif
