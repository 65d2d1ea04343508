#include "engine/blame.h"

static bool is_inside(struct text head, struct text part)
{
    return part.len > 0 && head.len > 0 && (uintptr_t)part.at >= (uintptr_t)head.at &&
           (uintptr_t)part.at < (uintptr_t)head.at + head.len;
}

/* Texts are never NULL: what reads a finding may look into them without a question. */
static const struct spot nowhere = { .culprit = { "", 0 }, .field = { "", 0 } };

/* `len` octets of the head, as many of them as came with the first one. */
static struct spot spot_at(const struct message *about, size_t at, size_t len)
{
    struct spot spot = nowhere;

    if (about->nmarks == 0)
        return spot;
    uint32_t together;
    struct mark mark = message_mark(about, (uint32_t)at, &together);

    spot.frame = mark.frame;
    spot.offset = mark.stream_at;
    spot.file_at = about->is_told ? about->marks->file_at : mark.file_at;
    spot.file_octets = about->is_told ? about->told_octets : len < together ? len : together;
    return spot;
}

/* The message as a whole: its start line, whatever stood before that. */
static struct spot spot_of_start(const struct message *about)
{
    struct text start = message_start_line(about);

    return spot_at(about, is_inside(about->head, start) ? (size_t)(start.at - about->head.at) : 0, start.len);
}

static const struct field *line_around(const struct message *about, size_t at)
{
    for (uint32_t i = 0; i < about->nfields + about->ntrailers; i++) {
        const struct field *line = &about->fields[i];

        if (at >= line->name_at && at <= (size_t)line->value_at + line->value_len)
            return line;
    }
    return NULL;
}

/* Octets that may lie in the head, and then in one of its lines. */
static struct spot spot_of_octets(const struct message *about, struct text octets)
{
    if (!is_inside(about->head, octets)) {
        struct spot spot = spot_of_start(about);

        spot.culprit = octets;
        return spot;
    }
    size_t at = (size_t)(octets.at - about->head.at);
    const struct field *line = line_around(about, at);
    struct spot spot = spot_at(about, at, octets.len);

    spot.culprit = octets;
    if (line)
        spot.field = message_name(about, line);
    return spot;
}

static struct spot spot_of_line(const struct message *about, const struct field *line)
{
    size_t end = (size_t)line->value_at + line->value_len;

    return spot_of_octets(about, text_part(about->head, line->name_at, end - line->name_at));
}

static bool anomaly_spot(const struct test *test, const struct message *about, struct spot *spot)
{
    for (uint32_t i = 0; i < about->nanomalies; i++) {
        const struct anomaly *anomaly = &about->anomalies[i];

        if (!((test->anomalies >> anomaly->kind) & 1))
            continue;
        *spot = spot_of_octets(about, text_part(about->head, anomaly->at, anomaly->len));
        spot->frame = anomaly->frame;
        spot->offset = anomaly->stream_at;
        spot->file_at = anomaly->file_at;
        if (anomaly->len == 0)
            spot->file_octets = 1;
        return true;
    }
    return false;
}

/* Octets where there should be none are the only ones of a body that are known by their place. */
static bool body_spot(const struct message *about, struct spot *spot)
{
    if (about->body.framing != FRAMING_NONE || about->body.octets == 0 || about->body.extra.frame == 0)
        return false;
    *spot = nowhere;
    spot->frame = about->body.extra.frame;
    spot->offset = about->body.extra.stream_at;
    spot->file_at = about->body.extra.file_at;
    spot->file_octets = 1;
    return true;
}

static bool text_spot(const struct test *test, const struct view *view, const struct message *about, struct spot *spot)
{
    struct text text = { "", 0 };

    if (test->subject.fact->text(view, about, &text) != YES || !is_inside(about->head, text))
        return false;
    *spot = spot_of_octets(about, text);
    return true;
}

/* A line that must not be there is at fault as a whole. Of a value it is what fits, where it must not, or else all. */
static bool line_spot(const struct test *test, const struct view *view, const struct message *about, struct spot *spot)
{
    const struct field *line = subject_line(&test->subject, about, NULL);
    struct text hit = { "", 0 };

    if (!line)
        return false;
    if (test->kind == TEST_PRESENT || test->kind == TEST_COUNT)
        *spot = spot_of_line(about, line);
    else if (!test->is_negated && test_decide(test, view, &hit) == YES && hit.len > 0)
        *spot = spot_of_octets(about, hit);
    else if (line->value_len > 0)
        *spot = spot_of_octets(about, message_value(about, line));
    else
        *spot = spot_of_line(about, line);
    return true;
}

static bool test_spot(const struct test *test, const struct view *view, const struct message *about, struct spot *spot)
{
    switch (test->subject.fact->kind) {
    case FACT_ANOMALY:
        return anomaly_spot(test, about, spot);
    case FACT_NUMBER:
        return test->subject.fact->has_prefix && body_spot(about, spot);
    case FACT_TEXT:
        return text_spot(test, view, about, spot);
    default:
        return line_spot(test, view, about, spot);
    }
}

/* The first test that says what the condition says and has octets in `about` to show for it. */
static bool cond_spot(const struct cond *cond, bool is_broken_by, const struct view *view, const struct message *about,
                      struct spot *spot)
{
    const struct test *test;
    bool is_negated;

    for (uint32_t at = 0; (test = cond_next_test(cond, &at, &is_negated)) != NULL;) {
        enum truth guilty = is_negated ? YES - is_broken_by * YES : is_broken_by * YES;

        if (subject_message(&test->subject, view) == about && test_decide(test, view, NULL) == guilty &&
            test_spot(test, view, about, spot))
            return true;
    }
    return false;
}

struct spot blame_find(const struct compiled *compiled, const struct view *view, const struct message *about,
                       struct text culprit)
{
    struct spot spot;

    if (culprit.len > 0)
        return spot_of_octets(about, culprit);
    if (compiled->forbid.count > 0 && cond_decide(&compiled->forbid, view) == YES &&
        cond_spot(&compiled->forbid, true, view, about, &spot))
        return spot;
    if (compiled->require.count > 0 && cond_decide(&compiled->require, view) == NO &&
        cond_spot(&compiled->require, false, view, about, &spot))
        return spot;
    return spot_of_start(about);
}
