/*
 * block.h - the blocks of a pcapng file, one at a time, whatever they mean.
 *
 * Owns the octets of the block that was read last. Checks what holds for every block: its length,
 * before and behind it, and the byte order of its section. What a block says is pcapng.c's.
 * Section numbers are those of draft-ietf-opsawg-pcapng.
 */
#ifndef HTTPLINT_INPUT_BLOCK_H
#define HTTPLINT_INPUT_BLOCK_H

#include "input/source.h"

enum {
    BLOCK_SECTION = 0x0a0d0d0a,              /* reads the same in either byte order */
    BLOCK_OCTETS_MAX = 16 << 20
};

struct block {
    uint32_t type;
    uint32_t len;                            /* of the body */
    const uint8_t *body;
    bool is_big;                             /* byte order of the section */
};

/* Zero but for `source` is ready; emptied by block_reader_clear. */
struct block_reader {
    struct source *source;
    uint8_t *octets;
    size_t room;
    bool is_big;
    uint64_t at;                             /* where the last block begins */
    const char *words;                       /* what is wrong with it */
};

enum block_state {
    BLOCK_READ,
    BLOCK_END,                               /* the input ends between two blocks */
    BLOCK_CUT,                               /* it ends inside one */
    BLOCK_DAMAGED
};

/* The next block, alive until the next call. */
enum block_state block_next(struct block_reader *, struct block *);
void block_reader_clear(struct block_reader *);

/* Numbers at an offset of the body; 0 where the body is too short. */
uint16_t block_u16(const struct block *, size_t at);
uint32_t block_u32(const struct block *, size_t at);
uint64_t block_u64(const struct block *, size_t at);

/* Options stand behind the fixed part of a body (3.5). True if the list from `from` on ends
 * inside the body. */
bool block_options_fit(const struct block *, size_t from);

/* Offset in the body of the value of the first option `code` that has `size` octets; 0: none. */
size_t block_option(const struct block *, size_t from, unsigned code, size_t size);

#endif
