#include "http/known.h"

#include "base/memory.h"

enum { WAYS = 4, SLOTS = KNOWN_FIELDS_MAX + 1, LENGTH_DIGITS_MAX = 18 };

/* Values are counted as slots: slot 0 is the target, slot i + 1 that of field i. */
struct shape {
    uint64_t hint, met;        /* when it was met last, by the count of heads; 0: no shape */
    uint64_t frame;            /* a sum over all that is between the slots */
    struct judged judged;
    struct message message;    /* the first of the shape; its `varying` are the slots that vary */
    struct field fields[KNOWN_FIELDS_MAX];
    char octets[KNOWN_OCTETS_MAX];
};

struct known {
    struct shape **shapes;     /* sets of WAYS; those that were never needed are NULL */
    uint64_t nsets;
    uint64_t heads, numbers;
};

struct known *known_new(const struct limits *limits)
{
    struct known *known = memory_new(sizeof *known);

    known->nsets = limits->known_heads / WAYS;
    known->shapes = memory_new(known->nsets * WAYS * sizeof(struct shape *) + 1);
    return known;
}

void known_forget(struct known *known)
{
    for (uint64_t i = 0; i < known->nsets * WAYS; i++) {
        memory_free(known->shapes[i]);
        known->shapes[i] = NULL;
    }
}

void known_free(struct known *known)
{
    if (!known)
        return;
    for (size_t i = 0; i < known->nsets * WAYS; i++)
        memory_free(known->shapes[i]);
    memory_free(known->shapes);
    memory_free(known);
}

/* ---- slots ---- */

static uint32_t slot_at(const struct message *message, unsigned slot)
{
    return slot == 0 ? message->target.at : message->fields[slot - 1].value_at;
}

static uint32_t slot_len(const struct message *message, unsigned slot)
{
    return slot == 0 ? message->target.len : message->fields[slot - 1].value_len;
}

static struct text slot_value(const struct message *message, unsigned slot)
{
    return text_part(message->head, slot_at(message, slot), slot_len(message, slot));
}

static size_t target_len(struct text rest)
{
    size_t len = text_plain_len(rest, '!');

    return len > 0 && rest.at[0] == '/' && !memchr(rest.at, '#', len) ? len : 0;
}

static size_t digits_len(struct text rest)
{
    size_t len = 0;

    while (len < rest.len && rest.at[len] >= '0' && rest.at[len] <= '9')
        len++;
    return len <= LENGTH_DIGITS_MAX ? len : 0;
}

/* How many octets at the begin of `rest` are a value that may stand in that slot; 0: none. */
static size_t value_len(const struct message *message, unsigned slot, struct text rest)
{
    if (slot == 0)
        return target_len(rest);
    switch (message->fields[slot - 1].id) {
    case FIELD_CONTENT_LENGTH:
        return digits_len(rest);
    case FIELD_CONNECTION:             /* llhttp and the framing read these */
    case FIELD_PROXY_CONNECTION:
    case FIELD_TRANSFER_ENCODING:
    case FIELD_UPGRADE:
        return 0;
    default:
        break;
    }
    size_t len = text_plain_len(rest, ' ');

    return len > 0 && rest.at[0] != ' ' && rest.at[len - 1] != ' ' ? len : 0;
}

static bool is_variable(const struct message *message, unsigned slot)
{
    struct text value = slot_value(message, slot);

    return value.len > 0 && value_len(message, slot, value) == value.len;
}

static unsigned lowest(uint64_t bits)
{
    return (unsigned)__builtin_ctzll(bits);
}

/* ---- finding ---- */

/* Same octets, but for the slots that vary: `lens` becomes the lengths that these have in the head, in order. */
static bool fits(const struct shape *shape, struct text head, uint32_t lens[SLOTS])
{
    const struct message *first = &shape->message;
    size_t from = 0;

    for (uint64_t varying = shape->message.varying; varying; varying &= varying - 1) {
        unsigned slot = lowest(varying);
        size_t run = slot_at(first, slot) - from;

        if (head.len < run || memcmp(head.at, shape->octets + from, run) != 0)
            return false;
        head = text_part(head, run, head.len);
        size_t len = value_len(first, slot, head);

        if (len == 0)
            return false;
        head = text_part(head, len, head.len);
        *lens++ = (uint32_t)len;
        from = slot_at(first, slot) + slot_len(first, slot);
    }
    return text_equal(head, text_part(first->head, from, first->head.len));
}

/* The fields of the shape where they stand in this head. Offsets are modulo 2^32, so that a shift can be back. */
static void place_parts(const struct shape *shape, const uint32_t *lens, struct arena *arena, struct message *message)
{
    uint32_t shift = 0, nfields = shape->message.nfields;
    uint64_t varying = shape->message.varying;

    if (varying & 1) {
        message->target.len = *lens++;
        shift = message->target.len - shape->message.target.len;
        message->version_text.at += shift;
    }
    message->fields = arena_alloc(arena, nfields * sizeof *message->fields);
    for (uint32_t i = 0; i < nfields; i++) {
        struct field field = shape->fields[i];

        field.name_at += shift;
        field.value_at += shift;
        varying >>= 1;
        if (varying & 1) {
            shift += *lens - field.value_len;
            field.value_len = *lens++;
        }
        message->fields[i] = field;
    }
}

/* What the scan finds, but for the fields. */
static void copy_facts(struct message *to, const struct message *from)
{
    to->nfields = from->nfields;
    to->has = from->has;
    to->method = from->method;
    to->status = from->status;
    to->version = from->version;
    to->method_text = from->method_text;
    to->target = from->target;
    to->version_text = from->version_text;
    to->reason = from->reason;
    to->shape = from->shape;
    to->varying = from->varying;
}

/* The lines of a response begin alike whatever its status is. */
static uint64_t whole_hint(uint64_t hint, const struct message *message)
{
    enum { STATUS_AT = 8 };
    bool is_response = message->side == SIDE_SERVER;

    return is_response ? known_hint(hint, text_part(message->head, STATUS_AT, message->head.len)) : hint;
}

static struct shape **set_of(const struct known *known, uint64_t hint)
{
    return known->shapes + hint % known->nsets * WAYS;
}

static bool may_fit(const struct shape *shape, uint64_t hint, const struct message *message)
{
    return shape && shape->hint == hint && shape->message.side == message->side;
}

/* llhttp reads a length that varies as we do: digits are a number. */
static struct judged judged_of(const struct shape *shape, const struct message *message)
{
    struct judged judged = shape->judged;
    const struct field *length = judged.has_length ? message_field(message, FIELD_CONTENT_LENGTH, NULL) : NULL;

    if (length && message_varies(message, length))
        text_number(message_value(message, length), &judged.length);
    return judged;
}

bool known_find(struct known *known, uint64_t hint, struct arena *arena, struct message *message, struct judged *judged)
{
    uint32_t lens[SLOTS];

    if (known->nsets == 0)
        return false;
    hint = whole_hint(hint, message);
    struct shape **set = set_of(known, hint);

    for (unsigned i = 0; i < WAYS; i++) {
        if (may_fit(set[i], hint, message) && fits(set[i], message->head, lens)) {
            set[i]->met = ++known->heads;
            message->trailers_at = (uint32_t)message->head.len;
            copy_facts(message, &set[i]->message);
            place_parts(set[i], lens, arena, message);
            *judged = judged_of(set[i], message);
            return true;
        }
    }
    return false;
}

/* ---- learning ---- */

static uint64_t mix(uint64_t sum, uint64_t word)
{
    sum = (sum ^ word) * 0x9E3779B97F4A7C15u;
    return sum ^ sum >> 29;
}

/* Octets as words, the last one overlapping. */
static uint64_t sum_octets(uint64_t sum, const char *at, size_t len)
{
    uint64_t word = 0;

    if (len < sizeof word) {
        memcpy(&word, at, len);
        return mix(sum, word + len);
    }
    for (size_t i = 0; i + sizeof word < len; i += sizeof word) {
        memcpy(&word, at + i, sizeof word);
        sum = mix(sum, word);
    }
    memcpy(&word, at + len - sizeof word, sizeof word);
    return mix(sum, word);
}

/* Heads that are alike have the same: it saves the comparison with those that are not. */
static uint64_t frame_of(const struct message *message)
{
    uint64_t sum = message->nfields;
    size_t from = 0;

    for (unsigned slot = message->side == SIDE_SERVER; slot <= message->nfields; slot++) {
        size_t at = slot_at(message, slot);

        sum = sum_octets(sum, message->head.at + from, at - from);
        from = at + slot_len(message, slot);
    }
    return sum;
}

/* True if the message differs from the first of the shape in nothing but values that may vary: `varying` becomes the slots in
 * which it does. */
static bool is_alike(const struct message *first, const struct message *message, uint64_t *varying)
{
    size_t from = 0, from_here = 0;

    *varying = 0;
    if (message->nfields != first->nfields)
        return false;
    for (unsigned slot = first->side == SIDE_SERVER; slot <= first->nfields; slot++) {
        size_t at = slot_at(first, slot), at_here = slot_at(message, slot);
        struct text value = slot_value(first, slot), value_here = slot_value(message, slot);

        if (!text_equal(text_part(first->head, from, at - from), text_part(message->head, from_here, at_here - from_here)))
            return false;
        if (!text_equal(value, value_here)) {
            if (!is_variable(first, slot) || !is_variable(message, slot))
                return false;
            *varying |= (uint64_t)1 << slot;
        }
        from = at + value.len;
        from_here = at_here + value_here.len;
    }
    return text_equal(text_part(first->head, from, first->head.len), text_part(message->head, from_here, message->head.len));
}

static bool widen(struct known *known, struct shape **set, uint64_t hint, uint64_t frame, const struct message *message)
{
    uint64_t varying;

    for (unsigned i = 0; i < WAYS; i++) {
        if (may_fit(set[i], hint, message) && set[i]->frame == frame && is_alike(&set[i]->message, message, &varying)) {
            set[i]->message.varying |= varying;
            set[i]->message.shape = ++known->numbers;
            return true;
        }
    }
    return false;
}

/* A free place, or that of the shape that was met longest ago. */
static struct shape *place_of(struct shape **set)
{
    unsigned oldest = 0;

    for (unsigned i = 0; i < WAYS; i++) {
        if (!set[i])
            return set[i] = memory_grow(NULL, 1, sizeof **set);    /* no zeros: it is filled now */
        if (set[i]->met < set[oldest]->met)
            oldest = i;
    }
    return set[oldest];
}

static void add(struct known *known, struct shape *shape, const struct message *message, const struct judged *judged)
{
    shape->met = ++known->heads;
    shape->judged = *judged;
    shape->message = (struct message){ .head = { shape->octets, message->head.len }, .fields = shape->fields,
                                       .side = message->side };
    copy_facts(&shape->message, message);
    shape->message.shape = ++known->numbers;
    memcpy(shape->octets, message->head.at, message->head.len);
    if (message->nfields > 0)
        memcpy(shape->fields, message->fields, message->nfields * sizeof *message->fields);
}

void known_learn(struct known *known, uint64_t hint, const struct message *message, const struct judged *judged)
{
    if (known->nsets == 0 || message->nanomalies > 0 || !judged->is_accepted || message->head.len > KNOWN_OCTETS_MAX ||
        message->nfields > KNOWN_FIELDS_MAX)
        return;
    hint = whole_hint(hint, message);
    struct shape **set = set_of(known, hint);

    uint64_t frame = frame_of(message);

    if (widen(known, set, hint, frame, message))
        return;
    struct shape *shape = place_of(set);

    shape->hint = hint;
    shape->frame = frame;
    add(known, shape, message, judged);
}
