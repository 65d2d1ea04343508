/*
 * tell.h - what the command says on standard error. Everything is escaped for a terminal.
 */
#ifndef HTTPLINT_CLI_TELL_H
#define HTTPLINT_CLI_TELL_H

#include "base/errors.h"
#include "base/out.h"

/* "httplint: WHERE: words", WHERE with line and column where they are known; flushed. */
void tell(struct out *err, const char *where, const char *words);
void tell_errors(struct out *err, const struct errors *);

/* Mistakes in rules, as editors read them: "file:line:column: words". */
void tell_mistakes(struct out *err, const struct errors *);

/* `words`, wrapped at 78 columns, each line after the first indented by `indent`; the first begins
 * in column `column`. Ends with a line end. */
void tell_wrapped(struct out *, struct text words, size_t column, size_t indent);

#endif
