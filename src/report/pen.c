#include "report/pen.h"

#include "base/utf8.h"
#include "report/mask.h"

void pen_take(struct pen *pen, const struct report_options *options)
{
    *pen = (struct pen){ *options, out_new_memory(), out_new_memory() };
}

void pen_drop(struct pen *pen)
{
    out_free(pen->line);
    out_free(pen->scratch);
}

struct text pen_masked_url(struct pen *pen, struct httplint_text url)
{
    out_clear(pen->scratch);
    if (pen->options.shows_secrets)
        return words_text(url);
    mask_url(pen->scratch, words_text(url));
    return out_held(pen->scratch);
}

struct text pen_masked_message(struct pen *pen, const struct httplint_exchange *exchange,
                               const struct httplint_finding *finding)
{
    out_clear(pen->scratch);
    if (pen->options.shows_secrets)
        return words_text(finding->message);
    mask_message(pen->scratch, exchange, finding);
    return out_held(pen->scratch);
}

struct text pen_masked_evidence(struct pen *pen, const struct httplint_exchange *exchange,
                                const struct httplint_finding *finding)
{
    out_clear(pen->scratch);
    if (pen->options.shows_secrets)
        return words_text(finding->evidence);
    mask_evidence(pen->scratch, exchange, finding);
    return out_held(pen->scratch);
}

void pen_text(struct pen *pen, struct text octets, size_t max)
{
    out_visible(pen->line, utf8_cut(octets, max));
    if (octets.len > max)
        out_string(pen->line, "...");
}

/* " (uncertain)" */
static void put_mark(struct pen *pen, bool is_so, const char *word)
{
    if (!is_so)
        return;
    out_string(pen->line, " (");
    out_string(pen->line, word);
    out_string(pen->line, ")");
}

void pen_message(struct pen *pen, const struct httplint_exchange *exchange, const struct httplint_finding *finding)
{
    pen_text(pen, pen_masked_message(pen, exchange, finding), MESSAGE_MAX);
    put_mark(pen, finding->is_uncertain, "uncertain");
    put_mark(pen, finding->is_baselined, "baseline");
    put_mark(pen, finding->is_expected, "expected");
    put_mark(pen, finding->state != HTTPLINT_STATE_UNKNOWN, words_state(finding->state));
}

void pen_request(struct pen *pen, const struct httplint_exchange *exchange, size_t max)
{
    if (!exchange->has_request && exchange->method.len == 0) {
        out_string(pen->line, "(request not seen)");
        return;
    }
    pen_text(pen, exchange->method.len > 0 ? words_text(exchange->method) : TEXT("?"), NAME_MAX_SHOWN);
    out_string(pen->line, " ");
    pen_text(pen, pen_masked_url(pen, exchange->url), max);
}

void pen_status(struct pen *pen, unsigned status)
{
    out_string(pen->line, " -> ");
    if (status > 0)
        out_number(pen->line, status);
    else
        out_string(pen->line, "(response not seen)");
}

void pen_context(struct pen *pen, const struct httplint_exchange *exchange, const struct httplint_finding *finding,
                 size_t max)
{
    pen_request(pen, exchange, max);
    pen_status(pen, words_status(exchange, finding));
}

void pen_sentence(struct pen *pen, const struct httplint_exchange *exchange, const struct httplint_finding *finding)
{
    pen_message(pen, exchange, finding);
    out_string(pen->line, " (");
    pen_context(pen, exchange, finding, QUOTE_MAX);
    out_string(pen->line, ")");
}

void pen_ends(struct pen *pen, const struct httplint_exchange *exchange, const char *before)
{
    if (exchange->client.len == 0 && exchange->server.len == 0)
        return;
    out_string(pen->line, before);
    pen_text(pen, exchange->client.len > 0 ? words_text(exchange->client) : TEXT("?"), NAME_MAX_SHOWN);
    out_string(pen->line, " > ");
    pen_text(pen, exchange->server.len > 0 ? words_text(exchange->server) : TEXT("?"), NAME_MAX_SHOWN);
}

void pen_specs(struct pen *pen, const struct httplint_rule *rule, const char *before)
{
    for (size_t i = 0; i < rule->nspec; i++) {
        out_string(pen->line, i == 0 ? before : ", ");
        out_visible(pen->line, words_text(rule->spec[i]));
    }
}
