/*
 * entry.h - an entry of a log, as the public header has it, goes to the HTTP stage.
 */
#ifndef HTTPLINT_LINT_ENTRY_H
#define HTTPLINT_LINT_ENTRY_H

#include "http/told.h"
#include "httplint.h"

/* Hands the exchange on before it returns. `connection` is a number that no other has. */
void entry_tell(struct http *, uint64_t connection, const struct httplint_entry *);

#endif
