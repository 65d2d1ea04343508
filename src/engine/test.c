#include "engine/test.h"

#include "engine/member.h"

static enum truth negated(enum truth truth)
{
    return (enum truth)(YES - truth);
}

static bool in_ranges(const struct test *test, uint64_t number)
{
    for (size_t i = 0; i < test->count; i++)
        if (number >= test->ranges[i].from && number <= test->ranges[i].to)
            return true;
    return false;
}

/* Of a lower bound: known to lie in a range without end that holds it, known not to if all ranges end before it. */
static enum truth decide_quantity(const struct test *test, struct quantity quantity)
{
    enum truth truth = NO;

    if (quantity.is_exact)
        return in_ranges(test, quantity.least) ? YES : NO;
    for (size_t i = 0; i < test->count; i++) {
        if (test->ranges[i].to < quantity.least)
            continue;
        if (test->ranges[i].to == UINT64_MAX && test->ranges[i].from <= quantity.least)
            return YES;
        truth = UNKNOWN;
    }
    return truth;
}

static enum truth fits_regex(const struct test *test, const struct view *view, struct text value, struct text *hit)
{
    enum truth truth = NO;

    for (size_t i = 0; i < test->count && truth != YES; i++) {
        enum regex_answer answer = regex_find(test->regexes[i], view->room, value, hit);

        if (answer == REGEX_YES)
            truth = YES;
        else if (answer == REGEX_GAVE_UP)
            truth = UNKNOWN;
    }
    return truth;
}

static bool fits_pattern(const struct test *test, struct text value, struct text *hit)
{
    for (size_t i = 0; i < test->count; i++)
        if (pattern_matches(test->patterns[i], value)) {
            if (hit)
                *hit = value;
            return true;
        }
    return false;
}

static bool fits_member(const struct test *test, struct text value, struct text *hit)
{
    struct list_reader list = member_list(value);
    struct text member;

    while (list_next(&list, &member))
        if (fits_pattern(test, member_name(member), hit))
            return true;
    return false;
}

static bool fits_number(const struct test *test, struct text value, struct text *hit)
{
    uint64_t number;

    if (!text_number(value, &number) || !in_ranges(test, number))
        return false;
    if (hit)
        *hit = value;
    return true;
}

static enum truth decide_value(const struct test *test, const struct view *view, struct text value, struct text *hit)
{
    if (test->kind == TEST_RANGES)
        return fits_number(test, value, hit) ? YES : NO;
    if (test->kind == TEST_REGEXES)
        return fits_regex(test, view, value, hit);
    switch (test->part) {
    case PART_MEMBER:
        return fits_member(test, value, hit) ? YES : NO;
    case PART_MEDIA:
        return fits_pattern(test, member_media(value), hit) ? YES : NO;
    default:
        return fits_pattern(test, value, hit) ? YES : NO;
    }
}

static enum truth decide_lines(const struct test *test, const struct view *view, const struct message *message,
                               struct text *hit)
{
    bool is_open = subject_is_open(&test->subject, message);
    enum truth truth = is_open ? UNKNOWN : NO;
    /* Whoever tells fields may have joined their lines, or parted them. */
    struct quantity lines = { 0, !is_open && !message->is_told };

    for (const struct field *line = NULL; (line = subject_line(&test->subject, message, line)) != NULL;) {
        if (test->kind == TEST_PRESENT)
            return YES;
        lines.least++;
        if (test->kind == TEST_COUNT)
            continue;

        enum truth one = decide_value(test, view, message_value(message, line), hit);

        if (one == YES)
            return YES;
        if (one == UNKNOWN)
            truth = UNKNOWN;
    }
    return test->kind == TEST_COUNT ? decide_quantity(test, lines) : truth;
}

/* Known only where all framings that are possible say the same. */
static enum truth decide_framings(const struct test *test, const struct view *view, unsigned framings, struct text *hit)
{
    enum truth least = YES, most = NO;

    for (enum framing framing = FRAMING_NONE; framing <= FRAMING_UNKNOWN; framing++) {
        if (!(framings >> framing & 1))
            continue;
        enum truth one = decide_value(test, view, subject_framing(framing), hit);

        least = one < least ? one : least;
        most = one > most ? one : most;
    }
    return least == most ? least : UNKNOWN;
}

static enum truth decide_text(const struct test *test, const struct view *view, const struct message *message,
                              struct text *hit)
{
    struct text text = { "", 0 };

    if (message->body.framings != 0 && test->kind != TEST_PRESENT && subject_is_framing(&test->subject))
        return decide_framings(test, view, message->body.framings, hit);
    enum truth truth = test->subject.fact->text(view, message, &text);

    return truth == YES && test->kind != TEST_PRESENT ? decide_value(test, view, text, hit) : truth;
}

/* A sample that is only the beginning proves nothing either way: expressions can ask for the end. */
static enum truth decide_sample(const struct test *test, const struct view *view, const struct message *message,
                                struct text *hit)
{
    const struct body *body = &message->body;

    if (!body->is_measured || body->sample.len != body->octets)
        return UNKNOWN;
    return decide_value(test, view, body->sample, hit);
}

static enum truth decide_number(const struct test *test, const struct view *view, const struct message *message,
                                struct text *hit)
{
    if (test->kind == TEST_PRESENT)
        return YES;
    if (test->kind == TEST_RANGES)
        return decide_quantity(test, test->subject.fact->number(message));
    return decide_sample(test, view, message, hit);
}

/* Asked about a response, what is odd behind the head of its request counts only if it is known to have come before the
 * response was sent: nobody can refuse what is still on its way. */
static bool had_come(const struct view *view, const struct message *message, const struct anomaly *anomaly)
{
    const struct message *answer = view->of[WHOSE_MESSAGE];

    return anomaly->at < message->trailers_at || !answer || answer->side == message->side || answer->acked > anomaly->stream_at;
}

/* The head is whole; what is still to come of a chunked body can bring more. */
static enum truth decide_anomalies(const struct test *test, const struct view *view, const struct message *message)
{
    bool is_met = false;

    for (uint32_t i = 0; i < message->nanomalies; i++) {
        if (!((test->anomalies >> message->anomalies[i].kind) & 1))
            continue;
        if (had_come(view, message, &message->anomalies[i]))
            return YES;
        is_met = true;
    }
    if (is_met)
        return UNKNOWN;
    if (message->complete & COMPLETE_BODY)
        return NO;
    return message->body.framing == FRAMING_CHUNKED || message->body.framing == FRAMING_UNKNOWN ? UNKNOWN : NO;
}

static enum truth decide(const struct test *test, const struct view *view, struct text *hit)
{
    const struct message *message = subject_message(&test->subject, view);

    if (!message)
        return UNKNOWN;
    switch (test->subject.fact->kind) {
    case FACT_TEXT:
        return decide_text(test, view, message, hit);
    case FACT_NUMBER:
        return decide_number(test, view, message, hit);
    case FACT_ANOMALY:
        return decide_anomalies(test, view, message);
    default:
        return decide_lines(test, view, message, hit);
    }
}

enum truth test_decide(const struct test *test, const struct view *view, struct text *hit)
{
    enum truth truth = decide(test, view, hit);

    return test->is_negated ? negated(truth) : truth;
}

struct bounds test_bounds(const struct test *test, const struct view *view)
{
    const struct message *message = subject_message(&test->subject, view);
    bool is_counted = test->kind == TEST_PRESENT || test->kind == TEST_COUNT;
    struct bounds bounds = { NO, YES };

    if (!message || subject_is_of_shape(&test->subject, message, is_counted))
        bounds.least = bounds.most = decide(test, view, NULL);
    return test->is_negated ? (struct bounds){ negated(bounds.most), negated(bounds.least) } : bounds;
}

bool test_reads_body(const struct test *test)
{
    return test->subject.fact->kind == FACT_NUMBER && (test->kind == TEST_PATTERNS || test->kind == TEST_REGEXES);
}
