#include "input/transcript.h"

#include "base/memory.h"
#include "input/line.h"
#include "input/mistakes.h"

enum { SHOWN_MAX = 40 };

/* 31 years: what a case may last, so that no sum of delays overflows. */
static const int64_t duration_max_us = INT64_C(1000000000000000);

enum section {
    BEFORE_CASES,
    CASE_HEAD,                               /* between the title and the first block */
    BLOCK,
    BETWEEN_BLOCKS                           /* after a `---` line */
};

struct connection_state {
    bool is_used, has_ended[2];              /* by side */
};

struct parser {
    struct transcript *out;
    const char *begin;                       /* of the text */
    struct mistakes mistakes;
    struct text line;                        /* the current one, without its end */
    unsigned number;
    enum section section;
    struct httplint_chunk block;             /* what its lines share; `connection` as written */
    unsigned connection;                     /* of the last marker: where none is named, it stays */
    int64_t clock_us;
    struct connection_state connections[LINE_CONNECTIONS + 1];
    size_t cases_room, ids_room, steps_room;
};

/* ---- mistakes ---- */

struct shown {
    char text[SHOWN_MAX + 1];
};

/* For messages: short, and without octets that a terminal would act upon. */
static struct shown show(struct text text)
{
    struct shown shown = { "" };

    for (size_t i = 0; i < text.len && i < SHOWN_MAX; i++)
        shown.text[i] = text.at[i] >= ' ' && text.at[i] <= '~' ? text.at[i] : '?';
    return shown;
}

static void unknown(struct parser *parser, struct text word)
{
    mistakes_add(&parser->mistakes, word.at, "'%s' is not known here", show(word).text);
}

/* ---- cases and steps ---- */

static void *room_for(void *items, size_t count, size_t *room, size_t size)
{
    if (count < *room)
        return items;
    *room = *room ? 2 * *room : 16;
    return memory_grow(items, *room, size);
}

static struct transcript_case *case_last(struct parser *parser)
{
    return &parser->out->cases[parser->out->ncases - 1];
}

static struct transcript_step *step_new(struct parser *parser)
{
    struct transcript *out = parser->out;

    out->steps = room_for(out->steps, out->nsteps, &parser->steps_room, sizeof *out->steps);
    struct transcript_step *step = &out->steps[out->nsteps++];

    *step = (struct transcript_step){ .chunk = parser->block };
    step->chunk.connection += (out->ncases - 1) * LINE_CONNECTIONS;
    step->chunk.hosts = out->ncases;
    step->chunk.frame = parser->number;
    step->chunk.time_us = parser->clock_us;
    case_last(parser)->nsteps++;
    return step;
}

static void event_new(struct parser *parser, enum httplint_event event, uint64_t len)
{
    struct transcript_step *step = step_new(parser);

    step->is_event = true;
    step->event = event;
    step->chunk.len = len;
}

static void side_close(struct parser *parser, unsigned connection, enum httplint_side side)
{
    if (parser->connections[connection].has_ended[side])
        return;
    parser->block = (struct httplint_chunk){ .connection = connection, .side = side };
    event_new(parser, HTTPLINT_FIN, 0);
}

static void case_end(struct parser *parser)
{
    for (unsigned i = 1; i <= LINE_CONNECTIONS && parser->out->ncases > 0; i++) {
        if (!parser->connections[i].is_used)
            continue;
        side_close(parser, i, HTTPLINT_REQUEST);
        side_close(parser, i, HTTPLINT_RESPONSE);
    }
    memset(parser->connections, 0, sizeof parser->connections);
}

static void case_begin(struct parser *parser)
{
    struct transcript *out = parser->out;
    struct text behind = text_part(parser->line, LINE_MARKER_LEN, parser->line.len);

    parser->number--;                        /* the case before ends on its own last line */
    case_end(parser);
    parser->number++;
    if (line_is_blank(behind))
        mistakes_add(&parser->mistakes, parser->line.at + LINE_MARKER_LEN, "a title is missing after '==='");
    out->cases = room_for(out->cases, out->ncases, &parser->cases_room, sizeof *out->cases);
    out->cases[out->ncases++] = (struct transcript_case){
        .title = text_trim(behind),
        .line = parser->number,
        .ids_at = out->nids,
        .steps_at = out->nsteps,
    };
    parser->clock_us = TRANSCRIPT_BEGIN_US;
    parser->connection = 1;
    parser->section = CASE_HEAD;
}

static void expect_read(struct parser *parser, struct text rest)
{
    struct transcript *out = parser->out;
    struct transcript_case *current = case_last(parser);
    struct text word;

    if (current->has_expect)
        mistakes_add(&parser->mistakes, parser->line.at, "the case has a second 'expect:' line");
    current->has_expect = true;
    while (line_word(&rest, ',', &word)) {
        if (!line_is_id(word)) {
            mistakes_add(&parser->mistakes, word.at, "'%s' is no rule id: lower-case letters, digits and '-'",
                    show(word).text);
            continue;
        }
        out->ids = room_for(out->ids, out->nids, &parser->ids_room, sizeof *out->ids);
        out->ids[out->nids++] = word;
        current->nids++;
    }
}

/* ---- lines with a marker ---- */

/* False after a mistake. */
static bool marker_read(struct parser *parser, unsigned nwords, struct line_marker *marker)
{
    struct text behind = text_part(parser->line, LINE_MARKER_LEN, parser->line.len), word;
    const char *fault = line_read_marker(behind, nwords, marker);

    if (!fault) {
        parser->connection = marker->connection ? marker->connection : parser->connection;
        return true;
    }
    word = text_part(parser->line, (size_t)(fault - parser->line.at), parser->line.len);
    if (*fault == '[')
        mistakes_add(&parser->mistakes, fault, "'%s' is not known here: a time as [+0.5s] or [conn 1] to [conn %d],"
                " each once", show(word).text, LINE_CONNECTIONS);
    else
        unknown(parser, text_until(word, ' ', NULL));
    return false;
}

/* The connection, side and time of what comes now. False after a mistake. */
static bool marker_apply(struct parser *parser, int64_t delay_us, enum httplint_side side)
{
    struct connection_state *state = &parser->connections[parser->connection];
    int64_t clock_us = parser->clock_us + delay_us;

    if (state->has_ended[side]) {
        mistakes_add(&parser->mistakes, parser->line.at, "the %s's octets on connection %u have ended before",
                side == HTTPLINT_REQUEST ? "client" : "server", parser->connection);
        return false;
    }
    if (clock_us - TRANSCRIPT_BEGIN_US > duration_max_us) {
        mistakes_add(&parser->mistakes, parser->line.at, "the case lasts longer than 31 years");
        return false;
    }
    state->is_used = true;
    parser->clock_us = clock_us;
    parser->block = (struct httplint_chunk){ .connection = parser->connection, .side = side };
    return true;
}

static void block_begin(struct parser *parser)
{
    bool is_client = parser->line.at[0] == '>';
    struct line_marker marker;

    parser->section = BLOCK;
    if (marker_read(parser, 0, &marker))
        marker_apply(parser, marker.delay_us, is_client ? HTTPLINT_REQUEST : HTTPLINT_RESPONSE);
}

static const struct text verbs[] = { { "close", 5 }, { "reset", 5 }, { "gap", 3 }, { "cut", 3 } };
static const enum httplint_event verb_events[] = {
    HTTPLINT_FIN, HTTPLINT_RST, HTTPLINT_GAP, HTTPLINT_CUT
};
static const struct text sides[] = { { "client", 6 }, { "server", 6 } };

/* The number of the word in the list; `count`, after a mistake, if it is none of them. */
static size_t choose(struct parser *parser, struct text word, const struct text *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (text_equal(word, list[i]))
            return i;
    struct text guess = errors_did_you_mean(word, list, count);

    if (guess.len > 0)
        mistakes_add(&parser->mistakes, word.at, "'%s' is not known here, did you mean '%.*s'?", show(word).text,
                (int)guess.len, guess.at);
    else
        unknown(parser, word);
    return count;
}

/* The third word: how many octets a gap has; nothing else has one. False after a mistake. */
static bool gap_read(struct parser *parser, const struct line_marker *marker, bool is_gap,
                     uint64_t *octets)
{
    bool has_number = marker->nwords == 3;
    const char *at = has_number ? marker->words[2].at : parser->line.at + parser->line.len;

    *octets = 0;
    if (!is_gap) {
        if (has_number)
            unknown(parser, marker->words[2]);
        return !has_number;
    }
    if (has_number && text_number(marker->words[2], octets) && *octets > 0 && *octets <= UINT32_MAX)
        return true;
    mistakes_add(&parser->mistakes, at, "a gap needs its number of octets, as in '--- gap client 100'");
    return false;
}

static void side_ended(struct parser *parser, enum httplint_event event)
{
    bool *has_ended = parser->connections[parser->block.connection].has_ended;

    if (event == HTTPLINT_RST)               /* ends both directions */
        has_ended[HTTPLINT_REQUEST] = has_ended[HTTPLINT_RESPONSE] = true;
    else if (event != HTTPLINT_GAP)
        has_ended[parser->block.side] = true;
}

static void ending_read(struct parser *parser)
{
    struct line_marker marker;
    size_t verb, side;
    uint64_t octets;

    parser->section = BETWEEN_BLOCKS;
    if (!marker_read(parser, LINE_WORDS_MAX, &marker))
        return;
    if (marker.nwords < 2) {
        mistakes_add(&parser->mistakes, parser->line.at + parser->line.len, "expected what happens to which side, "
                "as in '--- close server'; known are close, reset, gap and cut");
        return;
    }
    verb = choose(parser, marker.words[0], verbs, 4);
    side = choose(parser, marker.words[1], sides, 2);
    if (verb == 4 || side == 2)
        return;
    if (!gap_read(parser, &marker, verb_events[verb] == HTTPLINT_GAP, &octets))
        return;
    if (!marker_apply(parser, marker.delay_us, side ? HTTPLINT_RESPONSE : HTTPLINT_REQUEST))
        return;
    event_new(parser, verb_events[verb], octets);
    side_ended(parser, verb_events[verb]);
}

static void marker_line(struct parser *parser)
{
    struct text line = parser->line;

    if (line.len > LINE_MARKER_LEN && !line_is_separator(line.at[LINE_MARKER_LEN]))
        mistakes_add(&parser->mistakes, line.at + LINE_MARKER_LEN, "expected a space behind the marker '%.3s'; a "
                "line that only begins so is written with '\\' before it", line.at);
    else if (line.at[0] == '=')
        case_begin(parser);
    else if (parser->section == BEFORE_CASES)
        mistakes_add(&parser->mistakes, line.at, "expected '=== ' and the title of a case first");
    else if (line.at[0] == '-')
        ending_read(parser);
    else
        block_begin(parser);
}

/* ---- all other lines ---- */

/* Where the octets of the line stand in the text; 0 if they do not stand there as they are, for there is an escape. */
static uint64_t file_at_of(const struct parser *parser, const uint8_t *octets, size_t len)
{
    size_t shared = len < parser->line.len ? len : parser->line.len;
    bool is_plain = memcmp(octets, parser->line.at, shared) == 0;

    return is_plain ? (uint64_t)(parser->line.at - parser->begin) : 0;
}

static void block_line(struct parser *parser)
{
    struct transcript *out = parser->out;
    uint8_t *octets = out->octets + out->noctets;
    size_t len = 0;
    const char *fault = line_read_octets(parser->line, octets, &len);

    if (fault) {
        struct text escape = text_part(parser->line, (size_t)(fault - parser->line.at), 2);

        mistakes_add(&parser->mistakes, fault, "'%s' is no escape; known are \\r \\n \\t \\\\ \\xHH, and \\ at the "
                "end of a line", show(escape).text);
    } else if (len > 0 && parser->mistakes.count == 0) {
        struct transcript_step *step = step_new(parser);

        out->noctets += len;
        step->chunk.octets = octets;
        step->chunk.len = len;
        step->chunk.file_at = file_at_of(parser, octets, len);
    }
}

static void other_line(struct parser *parser)
{
    struct text line = parser->line;
    enum section section = parser->section;

    if (section == BLOCK)
        block_line(parser);
    else if (section == CASE_HEAD && text_starts(line, TEXT("expect:")))
        expect_read(parser, text_part(line, 7, line.len));
    else if (line_is_blank(line) || (section == BEFORE_CASES && line_is_comment(line)))
        return;
    else if (section == BEFORE_CASES)
        mistakes_add(&parser->mistakes, line.at, "expected '=== ' and the title of a case, or a comment: '# '");
    else
        mistakes_add(&parser->mistakes, line.at, "expected %s'>>>', '<<<', '---' or '==='",
                section == CASE_HEAD ? "'expect:', " : "");
}

/* ---- the text ---- */

/* Some editors write a byte order mark. */
static struct text without_mark(struct text source)
{
    return text_starts(source, TEXT("\xef\xbb\xbf")) ? text_part(source, 3, source.len) : source;
}

bool transcript_sniff(struct text begin)
{
    struct text rest = without_mark(begin), line = { "", 0 };

    while (rest.len > 0 && (line_is_blank(line) || line_is_comment(line)))
        line = line_next(&rest);
    return text_starts(line, TEXT("=== "));
}

struct transcript *transcript_parse(struct text source, const char *name, struct errors *errors)
{
    struct text rest = without_mark(source);
    struct parser parser = { .begin = source.at, .mistakes = { .errors = errors, .name = name, .text = rest } };

    parser.out = memory_new(sizeof *parser.out);
    /* A line of n octets and its end stand for at most n + 2; the last may lack its end. */
    parser.out->octets = memory_new(2 * rest.len + 2);
    while (rest.len > 0 && parser.mistakes.count < MISTAKES_MAX) {
        parser.line = line_next(&rest);
        parser.number++;
        if (line_is_marker(parser.line))
            marker_line(&parser);
        else
            other_line(&parser);
    }
    case_end(&parser);
    if (parser.mistakes.count == 0)
        return parser.out;
    transcript_free(parser.out);
    return NULL;
}

void transcript_free(struct transcript *transcript)
{
    if (!transcript)
        return;
    memory_free(transcript->cases);
    memory_free(transcript->ids);
    memory_free(transcript->steps);
    memory_free(transcript->octets);
    memory_free(transcript);
}
