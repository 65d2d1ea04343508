#include "input/block.h"

#include "base/memory.h"

enum { TRAILER_OCTETS = 4, BLOCK_OCTETS_MIN = 12, OPTION_HEADER = 4 };

static uint32_t number(const uint8_t *at, bool is_big, unsigned octets)
{
    uint32_t value = 0;

    for (unsigned i = 0; i < octets; i++)
        value = value << 8 | at[is_big ? i : octets - 1 - i];
    return value;
}

uint16_t block_u16(const struct block *block, size_t at)
{
    return at + 2 <= block->len ? (uint16_t)number(block->body + at, block->is_big, 2) : 0;
}

uint32_t block_u32(const struct block *block, size_t at)
{
    return at + 4 <= block->len ? number(block->body + at, block->is_big, 4) : 0;
}

uint64_t block_u64(const struct block *block, size_t at)
{
    uint64_t first = block_u32(block, at), second = block_u32(block, at + 4);

    return block->is_big ? first << 32 | second : second << 32 | first;
}

static enum block_state damaged(struct block_reader *reader, const char *words)
{
    reader->words = words;
    return BLOCK_DAMAGED;
}

static enum block_state cut(struct block_reader *reader)
{
    reader->words = "the block is not whole";
    return BLOCK_CUT;
}

/* 4.1: a section header says by its magic in which order its own length stands. */
static enum block_state section_order(struct block_reader *reader)
{
    struct text magic = source_peek(reader->source, 4);

    if (magic.len < 4)
        return cut(reader);
    reader->is_big = text_equal(magic, TEXT("\x1a\x2b\x3c\x4d"));
    if (!reader->is_big && !text_equal(magic, TEXT("\x4d\x3c\x2b\x1a")))
        return damaged(reader, "the byte order of the section cannot be told");
    return BLOCK_READ;
}

static const char *length_fault(uint32_t length)
{
    if (length % 4 != 0)
        return "the length of the block is no multiple of 4";
    if (length < BLOCK_OCTETS_MIN)
        return "the block is shorter than 12 octets";
    return length > BLOCK_OCTETS_MAX ? "the block is longer than 16 MiB" : NULL;
}

static enum block_state block_body(struct block_reader *reader, struct block *block,
                                   uint32_t length)
{
    size_t rest = length - BLOCK_HEADER_OCTETS;

    if (reader->room < rest) {
        reader->octets = memory_grow(reader->octets, rest, 1);
        reader->room = rest;
    }
    if (source_read(reader->source, reader->octets, rest) < rest)
        return cut(reader);
    block->body = reader->octets;
    block->len = (uint32_t)rest - TRAILER_OCTETS;
    block->is_big = reader->is_big;
    if (number(block->body + block->len, reader->is_big, 4) != length)
        return damaged(reader, "the length behind the block is not the one before it");
    return BLOCK_READ;
}

enum block_state block_next(struct block_reader *reader, struct block *block)
{
    uint8_t header[BLOCK_HEADER_OCTETS];

    reader->at = source_at(reader->source);
    size_t got = source_read(reader->source, header, sizeof header);

    if (got == 0)
        return BLOCK_END;
    if (got < sizeof header)
        return cut(reader);
    block->type = number(header, reader->is_big, 4);
    if (block->type == BLOCK_SECTION) {
        enum block_state state = section_order(reader);

        if (state != BLOCK_READ)
            return state;
    }
    uint32_t length = number(header + 4, reader->is_big, 4);
    const char *fault = length_fault(length);

    return fault ? damaged(reader, fault) : block_body(reader, block, length);
}

void block_reader_clear(struct block_reader *reader)
{
    memory_free(reader->octets);
    reader->octets = NULL;
    reader->room = 0;
}

struct option {
    unsigned code;
    size_t at, len;
};

/* Steps from `*next` to the option there. False at the end of the list; `*next` is beyond the
 * body if it does not fit. */
static bool option_next(const struct block *block, size_t *next, struct option *option)
{
    /* 3.5: the end-of-options option may be left out. */
    if (*next + OPTION_HEADER > block->len)
        return false;
    option->code = block_u16(block, *next);
    option->len = block_u16(block, *next + 2);
    option->at = *next + OPTION_HEADER;
    if (option->code == 0)
        return false;
    *next = option->at + (option->len + 3) / 4 * 4;
    return *next <= block->len;
}

bool block_options_fit(const struct block *block, size_t from)
{
    struct option option;

    while (option_next(block, &from, &option))
        ;
    return from <= block->len;
}

size_t block_option(const struct block *block, size_t from, unsigned code, size_t size)
{
    struct option option;

    while (option_next(block, &from, &option))
        if (option.code == code && option.len == size)
            return option.at;
    return 0;
}

bool block_is_frame(uint32_t type)
{
    switch (type) {
    case BLOCK_ENHANCED:
    case BLOCK_PACKET:
    case BLOCK_SIMPLE:
    case BLOCK_JOURNAL:
    case BLOCK_CUSTOM:
    case BLOCK_CUSTOM_NOT_COPIED:
    case BLOCK_SYSTEM_CALL:
    case BLOCK_SYSTEM_CALL_2:
    case BLOCK_SYSTEM_CALL_2_LARGE:
        return true;
    default:
        return false;
    }
}

/* ---- written ---- */

void block_put_number(struct out *out, bool is_big, uint64_t value, unsigned size)
{
    char octets[8];

    for (unsigned i = 0; i < size; i++)
        octets[is_big ? size - 1 - i : i] = (char)(value >> 8 * i & 0xff);
    out_text(out, (struct text){ octets, size });
}

void block_put_option(struct out *out, bool is_big, unsigned code, struct text value)
{
    value = text_part(value, 0, UINT16_MAX);
    block_put_number(out, is_big, code, 2);
    block_put_number(out, is_big, value.len, 2);
    out_text(out, value);
    out_repeat(out, '\0', (4 - value.len % 4) % 4);
}

void block_write(struct out *out, uint32_t type, bool is_big, const struct text *parts, size_t nparts)
{
    size_t length = BLOCK_OCTETS_MIN;

    for (size_t i = 0; i < nparts; i++)
        length += parts[i].len;
    block_put_number(out, is_big, type, 4);
    block_put_number(out, is_big, length, 4);
    for (size_t i = 0; i < nparts; i++)
        out_text(out, parts[i]);
    block_put_number(out, is_big, length, 4);
}
