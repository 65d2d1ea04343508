#include "http/chunk.h"

enum state {
    SIZE, AFTER_SIZE, LINE_LF, DATA, DATA_CR, DATA_LF, DONE,
    /* in an extension; _DUE and _OVER: before the first octet of a part, after its last one */
    NAME_DUE, NAME, NAME_OVER, VALUE_DUE, VALUE, VALUE_OVER, QUOTED, ESCAPED, QUOTED_OVER, ODD
};

static int hex_value(char octet)
{
    if (octet >= '0' && octet <= '9')
        return octet - '0';
    octet = text_lower(octet);
    return octet >= 'a' && octet <= 'f' ? octet - 'a' + 10 : -1;
}

/* The size line is over. */
static enum chunk_result line_end(struct chunk_reader *reader)
{
    reader->chunks++;
    reader->state = reader->size == 0 ? DONE : DATA;
    return reader->size == 0 ? CHUNK_LAST : CHUNK_MORE;
}

static enum chunk_result size_octet(struct chunk_reader *reader, char octet)
{
    int value = hex_value(octet);

    if (value >= 0 && reader->state == SIZE) {
        if (reader->size >> 60 != 0)
            return CHUNK_BAD_SIZE;
        reader->size = reader->size * 16 + (uint64_t)value;
        reader->has_size = true;
        return CHUNK_MORE;
    }
    if (octet == ' ' || octet == '\t') {
        reader->odd |= CHUNK_ODD_SPACE;
        if (reader->has_size)
            reader->state = AFTER_SIZE;
        return CHUNK_MORE;
    }
    if (!reader->has_size)
        return CHUNK_BAD_SIZE;
    if (octet == ';')
        reader->state = NAME_DUE;
    else if (octet == '\r')
        reader->state = LINE_LF;
    else if (octet == '\n') {
        reader->odd |= CHUNK_ODD_BARE_LF;
        return line_end(reader);
    } else
        return CHUNK_BAD_SIZE;
    return CHUNK_MORE;
}

/* The state after an octet of an extension, neither CR nor LF (RFC 9112 7.1.1):
 * *( BWS ";" BWS name [ BWS "=" BWS ( token / quoted-string ) ] ). */
static enum state extension_next(enum state state, char octet)
{
    bool is_token = text_is_tchar(octet);
    bool is_text = octet == '\t' || (unsigned char)octet >= ' ';

    if (octet == 0x7F)
        is_text = false;
    switch (state) {
    case NAME_DUE:
        return is_token ? NAME : ODD;
    case NAME:
    case NAME_OVER:
        if (octet == '=')
            return VALUE_DUE;
        return octet == ';' ? NAME_DUE : is_token && state == NAME ? NAME : ODD;
    case VALUE_DUE:
        return octet == '"' ? QUOTED : is_token ? VALUE : ODD;
    case VALUE:
        return octet == ';' ? NAME_DUE : is_token ? VALUE : ODD;
    case QUOTED:
        return octet == '"' ? QUOTED_OVER : octet == '\\' ? ESCAPED : is_text ? QUOTED : ODD;
    case ESCAPED:
        return is_text ? QUOTED : ODD;
    case QUOTED_OVER:
    case VALUE_OVER:
        return octet == ';' ? NAME_DUE : ODD;
    default:
        return ODD;
    }
}

/* The state after a blank in an extension. */
static enum state extension_blank(struct chunk_reader *reader)
{
    switch (reader->state) {
    case QUOTED:
    case ESCAPED:
        return QUOTED;
    case ODD:
        return ODD;
    default:
        reader->odd |= CHUNK_ODD_SPACE;
    }
    switch (reader->state) {
    case NAME:
        return NAME_OVER;
    case VALUE:
    case QUOTED_OVER:
        return VALUE_OVER;
    default:
        return reader->state;
    }
}

/* Extensions are read over. */
static enum chunk_result extension_octet(struct chunk_reader *reader, char octet)
{
    bool is_line_end = octet == '\r' || octet == '\n';

    if (is_line_end && reader->state != NAME && reader->state != VALUE && reader->state != QUOTED_OVER)
        reader->odd |= CHUNK_ODD_EXTENSION;
    if (octet == '\n') {
        reader->odd |= CHUNK_ODD_BARE_LF;
        return line_end(reader);
    }
    if (octet == '\r')
        reader->state = LINE_LF;
    else if (octet == ' ' || octet == '\t')
        reader->state = (uint8_t)extension_blank(reader);
    else
        reader->state = (uint8_t)extension_next(reader->state, octet);
    if (reader->state == ODD)
        reader->odd |= CHUNK_ODD_EXTENSION;
    return CHUNK_MORE;
}

static enum chunk_result line_octet(struct chunk_reader *reader, char octet)
{
    switch (reader->state) {
    case SIZE:
    case AFTER_SIZE:
        return size_octet(reader, octet);
    case LINE_LF:
        return octet == '\n' ? line_end(reader) : CHUNK_BAD_SIZE;
    default:
        return extension_octet(reader, octet);
    }
}

/* What ends the data of a chunk: CRLF, or an LF alone, which is odd. */
static enum chunk_result data_end(struct chunk_reader *reader, char octet)
{
    if (octet == '\r' && reader->state == DATA_CR) {
        reader->state = DATA_LF;
        return CHUNK_MORE;
    }
    if (octet != '\n')
        return CHUNK_BAD_END;
    if (reader->state == DATA_CR)
        reader->odd |= CHUNK_ODD_BARE_LF;
    *reader = (struct chunk_reader){ .chunks = reader->chunks, .odd = reader->odd };
    return CHUNK_MORE;
}

enum chunk_result chunk_read(struct chunk_reader *reader, struct text *rest, uint64_t line_octets_max, struct text *data)
{
    while (rest->len > 0) {
        enum chunk_result result;
        uint8_t odd = reader->odd;

        if (reader->state == DATA) {
            *data = text_part(*rest, 0, reader->size < rest->len ? (size_t)reader->size : rest->len);
            reader->size -= data->len;
            if (reader->size == 0)
                reader->state = DATA_CR;
            *rest = text_part(*rest, data->len, rest->len);
            return CHUNK_DATA;
        }
        if (reader->state == DATA_CR || reader->state == DATA_LF)
            result = data_end(reader, rest->at[0]);
        else if (++reader->line_octets > line_octets_max)
            result = CHUNK_TOO_LONG;
        else
            result = line_octet(reader, rest->at[0]);
        if (result >= CHUNK_BAD_SIZE)
            return result;
        *rest = text_part(*rest, 1, rest->len);
        if (result != CHUNK_MORE)
            return result;
        if (reader->odd != odd)
            return CHUNK_ODD;
    }
    return CHUNK_MORE;
}

bool chunk_skip(struct chunk_reader *reader, uint64_t missing)
{
    if (reader->state != DATA || missing == 0 || missing > reader->size)
        return false;
    reader->size -= missing;
    if (reader->size == 0)
        reader->state = DATA_CR;
    return true;
}
