#include "http/scan.h"

struct scan {
    struct arena *arena;
    const struct names *names;
    struct message *message;
    struct field *last;        /* of the line before, NULL: that one made no field */
    uint32_t nfields_max;      /* as many are taken */
    uint32_t nfields_room;     /* in the field table */
    bool is_first_line;        /* no field line came before, but for such that begin with a blank */
    bool is_trailer;
};

static void anomaly_add(struct arena *arena, struct message *message, const struct anomaly *anomaly)
{
    /* Room doubles when the count is a power of two: most messages have none, few have many. */
    if ((message->nanomalies & (message->nanomalies - 1)) == 0) {
        size_t size = sizeof *message->anomalies;
        size_t room = message->nanomalies > 0 ? 2 * (size_t)message->nanomalies : 1;

        message->anomalies = arena_grow(arena, message->anomalies, message->nanomalies * size, room * size);
    }
    message->anomalies[message->nanomalies++] = *anomaly;
}

void scan_anomaly(struct arena *arena, struct message *message, enum anomaly_kind kind, struct text where)
{
    uint32_t together;
    struct mark mark = message_mark(message, (uint32_t)(where.at - message->head.at), &together);

    anomaly_add(arena, message, &(struct anomaly){ kind, mark.at, (uint32_t)where.len, mark.stream_at, mark.frame,
                                                   mark.file_at });
}

void scan_anomaly_outside(struct arena *arena, struct message *message, enum anomaly_kind kind, const struct mark *mark)
{
    anomaly_add(arena, message, &(struct anomaly){ kind, (uint32_t)message->head.len, 0, mark->stream_at, mark->frame,
                                                   mark->file_at });
}

static void odd(struct scan *scan, enum anomaly_kind kind, struct text where)
{
    scan_anomaly(scan->arena, scan->message, kind, where);
}

/* Bits where one of eight octets is above 0x7E or below SP. */
static uint64_t odd_bits(const char *at)
{
    const uint64_t ones = 0x0101010101010101u, tops = 0x8080808080808080u;
    uint64_t eight;

    memcpy(&eight, at, sizeof eight);
    return (eight | (eight + ones) | (eight - ones * 0x20)) & tops;
}

/* True if all octets are SP .. ~: eight at a time, the last eight perhaps twice, since nearly all values are. TAB is
 * settled by the slow look. */
static bool is_plain(struct text value)
{
    uint64_t bits = 0;

    if (value.len < 8) {
        for (size_t i = 0; i < value.len; i++)
            if (value.at[i] < ' ' || value.at[i] > '~')
                return false;
        return true;
    }
    for (size_t i = 0; i + 8 < value.len; i += 8)
        bits |= odd_bits(value.at + i);
    return (bits | odd_bits(value.at + value.len - 8)) == 0;
}

/* Octets that RFC 9110 5.5 does not want in a value: controls but TAB, and what is above ASCII. */
static void check_octets(struct scan *scan, struct text value, enum anomaly_kind control)
{
    bool is_control_seen = false, is_high_seen = false;

    if (is_plain(value))
        return;
    for (size_t i = 0; i < value.len; i++) {
        unsigned char octet = (unsigned char)value.at[i];
        struct text here = text_part(value, i, 1);

        if (octet == '\r') {
            if (i + 1 == value.len || value.at[i + 1] != '\n')
                odd(scan, ANOMALY_BARE_CR, here);
        } else if (octet >= 0x80) {
            if (!is_high_seen && control == ANOMALY_VALUE_CONTROL)
                odd(scan, ANOMALY_VALUE_NON_ASCII, here);
            is_high_seen = true;
        } else if ((octet < 0x20 && octet != '\t' && octet != '\n') || octet == 0x7F) {
            if (!is_control_seen)
                odd(scan, control, here);
            is_control_seen = true;
        }
    }
}

/* CR among octets that are odd anyway: where a recipient takes it for a line end, the odd thing is that. */
static void check_cr(struct scan *scan, struct text octets)
{
    struct text before = text_until(octets, '\r', NULL);

    if (before.len < octets.len)
        odd(scan, ANOMALY_BARE_CR, text_part(octets, before.len, 1));
}

/* The next line of `rest`, without its line end; LF alone counts as one (RFC 9112 2.2). */
static struct text line_next(struct scan *scan, struct text *rest)
{
    struct text line = text_until(*rest, '\n', rest);

    if (line.len > 0 && line.at[line.len - 1] == '\r')
        line.len--;
    else
        odd(scan, ANOMALY_BARE_LF, text_part(line, line.len, 0));
    return line;
}

static struct text trim_blanks(struct text value)
{
    while (value.len > 0 && (value.at[0] == ' ' || value.at[0] == '\t')) {
        value.at++;
        value.len--;
    }
    while (value.len > 0 && (value.at[value.len - 1] == ' ' || value.at[value.len - 1] == '\t'))
        value.len--;
    return value;
}

static uint32_t offset_in(const struct message *message, const char *at)
{
    return (uint32_t)(at - message->head.at);
}

/* A line that continues the value of the line before it (obs-fold, RFC 9112 5.2). */
static void fold(struct scan *scan, struct text line)
{
    const struct message *message = scan->message;
    struct text value = trim_blanks(line);

    odd(scan, scan->is_first_line ? ANOMALY_SPACE_BEFORE_FIRST_FIELD : ANOMALY_OBS_FOLD, line);
    check_octets(scan, value, ANOMALY_VALUE_CONTROL);
    if (!scan->last || value.len == 0)
        return;
    if (scan->last->value_len == 0)            /* what stands before it are blanks in front of the value */
        scan->last->value_at = offset_in(message, value.at);
    scan->last->value_len = offset_in(message, value.at) + (uint32_t)value.len - scan->last->value_at;
}

/* The name of a line whose first colon is at `len`; what is odd about it is an anomaly. */
static struct text name_of(struct scan *scan, struct text line, size_t len, uint16_t *id)
{
    struct text before = text_part(line, 0, len), name = before;

    while (name.len > 0 && (name.at[name.len - 1] == ' ' || name.at[name.len - 1] == '\t'))
        name.len--;
    *id = name.len <= UINT16_MAX ? names_find(scan->names, name) : FIELD_UNKNOWN;
    if (name.len < before.len)
        odd(scan, ANOMALY_SPACE_BEFORE_COLON, text_part(before, name.len, before.len));
    if (before.len == 0) {
        odd(scan, ANOMALY_NAME_EMPTY, line);
    } else if (*id == FIELD_UNKNOWN && !text_is_token(name)) {   /* names that are known are tokens */
        odd(scan, ANOMALY_NAME_INVALID, before);
        check_cr(scan, before);
    }
    return name;
}

/* Room doubles as in anomaly_add; most heads need no more than the first. */
static struct field *field_add(struct scan *scan)
{
    enum { ROOM_FIELDS = 8 };
    struct message *message = scan->message;
    uint32_t count = message->nfields + message->ntrailers, room = scan->nfields_room;

    if (count == room) {
        scan->nfields_room = room > ROOM_FIELDS / 2 ? 2 * room : ROOM_FIELDS;
        message->fields = arena_grow(scan->arena, message->fields, count * sizeof *message->fields,
                                     scan->nfields_room * sizeof *message->fields);
    }
    if (scan->is_trailer)
        message->ntrailers++;
    else
        message->nfields++;
    return &message->fields[count];
}

static bool field_line(struct scan *scan, struct text line)
{
    struct message *message = scan->message;
    const char *colon;
    uint16_t id;

    if (line.at[0] == ' ' || line.at[0] == '\t') {
        fold(scan, line);
        return true;
    }
    scan->is_first_line = false;
    scan->last = NULL;
    colon = memchr(line.at, ':', line.len);
    if (!colon) {
        odd(scan, ANOMALY_NO_COLON, line);
        check_cr(scan, line);
        return true;
    }
    size_t len = (size_t)(colon - line.at);
    struct text name = name_of(scan, line, len, &id);
    struct text value = trim_blanks(text_part(line, len + 1, line.len));

    if (message->nfields + message->ntrailers == scan->nfields_max)
        return false;
    check_octets(scan, value, ANOMALY_VALUE_CONTROL);
    scan->last = field_add(scan);
    *scan->last = (struct field){
        .name_at = offset_in(message, name.at), .value_at = offset_in(message, value.at),
        .value_len = (uint32_t)value.len, .name_len = (uint16_t)(name.len <= UINT16_MAX ? name.len : UINT16_MAX), .id = id };
    if (!scan->is_trailer)
        bits_set(&message->has, id);
    return true;
}

/* All field lines up to the empty one, but for those beyond the first `most`: then false. */
static bool field_lines(struct scan *scan, struct text rest, uint64_t most)
{
    uint32_t before = scan->message->nfields;
    bool is_all = true;

    scan->nfields_max = most < UINT32_MAX - before ? before + (uint32_t)most : UINT32_MAX;
    scan->nfields_room = before;
    scan->is_first_line = true;
    while (rest.len > 0) {
        struct text line = line_next(scan, &rest);

        if (line.len == 0)
            break;
        if (!field_line(scan, line))
            is_all = false;
    }
    return is_all;
}

/* One part of a start line from `at` on, and where the next begins; more than one SP, or a TAB, is odd (RFC 9112 3). */
static struct text word_next(struct scan *scan, struct text *rest)
{
    size_t len = 0, blanks = 0;

    while (len < rest->len && rest->at[len] != ' ' && rest->at[len] != '\t')
        len++;
    while (len + blanks < rest->len && (rest->at[len + blanks] == ' ' || rest->at[len + blanks] == '\t'))
        blanks++;
    struct text word = text_part(*rest, 0, len);
    if (blanks > 1 || (blanks == 1 && rest->at[len] != ' '))
        odd(scan, ANOMALY_START_LINE_SPACES, text_part(*rest, len, blanks));
    *rest = text_part(*rest, len + blanks, rest->len);
    return word;
}

/* HTTP-version of RFC 9112 2.3 as 10 * major + minor; 0 with an anomaly if it is none. */
static uint8_t version_of(struct scan *scan, struct text word)
{
    if (word.len == 8 && text_starts(word, TEXT("HTTP/")) && word.at[5] >= '0' && word.at[5] <= '9' &&
        word.at[6] == '.' && word.at[7] >= '0' && word.at[7] <= '9')
        return (uint8_t)((word.at[5] - '0') * 10 + (word.at[7] - '0'));
    odd(scan, ANOMALY_VERSION_INVALID, word);
    return 0;
}

static void request_line(struct scan *scan, struct text line)
{
    struct message *message = scan->message;
    struct text rest = line;
    struct text method = word_next(scan, &rest);
    size_t end = rest.len;

    while (end > 0 && (rest.at[end - 1] == ' ' || rest.at[end - 1] == '\t'))
        end--;
    if (end < rest.len)
        odd(scan, ANOMALY_START_LINE_SPACES, text_part(rest, end, rest.len));
    size_t version_at = end;
    while (version_at > 0 && rest.at[version_at - 1] != ' ' && rest.at[version_at - 1] != '\t')
        version_at--;
    struct text version = text_part(rest, version_at, end - version_at);
    struct text target = trim_blanks(text_part(rest, 0, version_at));

    if (version_at > 0 && (target.len + 1 < version_at || rest.at[version_at - 1] != ' '))
        odd(scan, ANOMALY_START_LINE_SPACES, text_part(rest, 0, version_at));
    if (!text_is_token(method))
        odd(scan, ANOMALY_METHOD_INVALID, method);
    if (target.len == 0 || memchr(target.at, ' ', target.len) || !is_plain(target))
        odd(scan, ANOMALY_TARGET_INVALID, target);
    message->method = method_find(method);
    message->method_text.len = (uint32_t)method.len;
    message->method_text.at = offset_in(message, method.at);
    message->target.at = offset_in(message, target.at);
    message->target.len = (uint32_t)target.len;
    message->version_text.at = offset_in(message, version.at);
    message->version_text.len = (uint32_t)version.len;
    message->version = version_of(scan, version);
    if (message->nanomalies > 0)
        check_cr(scan, line);
}

static void status_line(struct scan *scan, struct text line)
{
    struct message *message = scan->message;
    size_t blanks_before = line.len;
    struct text rest = line;
    struct text version = word_next(scan, &rest);
    size_t len = 0;
    uint64_t status = 0;

    blanks_before -= rest.len + version.len;
    while (len < rest.len && rest.at[len] != ' ' && rest.at[len] != '\t')
        len++;
    struct text code = text_part(rest, 0, len);
    struct text reason = text_part(rest, len + 1, rest.len);

    message->version = version_of(scan, version);
    message->version_text.at = offset_in(message, version.at);
    message->version_text.len = (uint32_t)version.len;
    if (!text_number(code, &status) || code.len != 3 || status < 100 || blanks_before == 0)
        odd(scan, ANOMALY_STATUS_INVALID, code);
    else if (len == rest.len)
        odd(scan, ANOMALY_REASON_NO_SPACE, code);
    else if (rest.at[len] != ' ')
        odd(scan, ANOMALY_START_LINE_SPACES, text_part(rest, len, 1));
    if (message->nanomalies > 0)
        check_cr(scan, text_part(line, 0, (size_t)(reason.at - line.at)));
    check_octets(scan, reason, ANOMALY_REASON_INVALID);
    message->status = (uint16_t)(status < 1000 ? status : 0);
    message->reason.at = offset_in(message, reason.at);
    message->reason.len = (uint32_t)reason.len;
}

bool scan_head(struct arena *arena, const struct names *names, const struct limits *limits, struct message *message)
{
    struct scan scan = { .arena = arena, .names = names, .message = message };
    struct text rest = message->head;
    struct text line = line_next(&scan, &rest);

    message->trailers_at = (uint32_t)message->head.len;
    if (message->side == SIDE_CLIENT)
        request_line(&scan, line);
    else
        status_line(&scan, line);
    return field_lines(&scan, rest, limits->fields);
}

bool scan_trailers(struct arena *arena, const struct names *names, const struct limits *limits, struct message *message,
                   const struct scan_trailer *trailer)
{
    struct scan scan = { .arena = arena, .names = names, .message = message, .is_trailer = true };
    uint32_t head_len = (uint32_t)message->head.len;
    char *joined = arena_alloc(arena, head_len + trailer->octets.len);
    struct mark *marks = arena_alloc(arena, (message->nmarks + trailer->nmarks) * sizeof *marks);

    memcpy(joined, message->head.at, head_len);
    memcpy(joined + head_len, trailer->octets.at, trailer->octets.len);
    memcpy(marks, message->marks, message->nmarks * sizeof *marks);
    for (uint32_t i = 0; i < trailer->nmarks; i++) {
        marks[message->nmarks + i] = trailer->marks[i];
        marks[message->nmarks + i].at += head_len;
    }
    message->marks = marks;
    message->nmarks += trailer->nmarks;
    message->head = (struct text){ joined, head_len + trailer->octets.len };
    message->trailers_at = head_len;
    return field_lines(&scan, text_part(message->head, head_len, trailer->octets.len), limits->trailer_fields);
}
