#include "cli/tell.h"

enum { WIDTH = 78 };

static void put_place(struct out *err, const struct error *error)
{
    if (!error->file)
        return;
    out_visible(err, text_of(error->file));
    out_string(err, ":");
    if (error->line > 0) {
        out_number(err, error->line);
        out_string(err, ":");
    }
    if (error->line > 0 && error->column > 0) {
        out_number(err, error->column);
        out_string(err, ":");
    }
    out_string(err, " ");
}

void tell(struct out *err, const char *where, const char *words)
{
    out_string(err, "httplint: ");
    if (where) {
        out_visible(err, text_of(where));
        out_string(err, ": ");
    }
    out_visible(err, text_of(words));
    out_string(err, "\n");
    out_flush(err);
}

static void tell_all(struct out *err, const struct errors *errors, const char *start)
{
    for (size_t i = 0; i < errors->count; i++) {
        out_string(err, start);
        put_place(err, &errors->items[i]);
        out_visible(err, text_of(errors->items[i].words));
        out_string(err, "\n");
    }
    out_flush(err);
}

void tell_errors(struct out *err, const struct errors *errors)
{
    tell_all(err, errors, "httplint: ");
}

void tell_mistakes(struct out *err, const struct errors *errors)
{
    tell_all(err, errors, "");
}

void tell_wrapped(struct out *out, struct text words, size_t column, size_t indent)
{
    while (words.len > 0) {
        struct text rest, word = text_until(words, ' ', &rest);

        if (column + word.len > WIDTH && column > indent) {
            out_string(out, "\n");
            out_repeat(out, ' ', indent);
            column = indent;
        }
        out_visible(out, word);
        column += word.len;
        if (rest.len > 0 && column + 1 + text_until(rest, ' ', NULL).len <= WIDTH) {
            out_string(out, " ");
            column++;
        } else if (rest.len > 0) {
            column = WIDTH;
        }
        words = rest;
    }
    out_string(out, "\n");
}
