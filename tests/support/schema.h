/*
 * schema.h - a value against a JSON Schema, for the keywords that docs/schema uses.
 *
 * A keyword that is not understood is a failure, so that no schema promises what no test holds.
 */
#ifndef HTTPLINT_TESTS_SCHEMA_H
#define HTTPLINT_TESTS_SCHEMA_H

#include <jansson.h>
#include <stdbool.h>

/* True if the schema accepts the value; else `why` tells the place and the keyword. */
bool schema_accepts(json_t *schema, json_t *value, char why[256]);

/* The schema in a file; NULL if it cannot be read. Freed by json_decref. */
json_t *schema_load(const char *path);

/* The first line of `text` (NUL-terminated) that the schema does not accept, described in `why`; 0: all are accepted. */
unsigned schema_first_bad_line(json_t *schema, const char *text, char why[256]);

#endif
