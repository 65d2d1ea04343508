/*
 * block.h - the blocks of a pcapng file, one at a time, whatever they mean.
 *
 * Owns the octets of the block that was read last. Checks what holds for every block: its length,
 * before and behind it, and the byte order of its section. What a block says is pcapng.c's.
 * Section numbers are those of draft-ietf-opsawg-pcapng.
 */
#ifndef HTTPLINT_INPUT_BLOCK_H
#define HTTPLINT_INPUT_BLOCK_H

#include "base/out.h"
#include "input/source.h"

/* Types of blocks (4, 11.1). */
enum {
    BLOCK_SECTION = 0x0a0d0d0a,              /* reads the same in either byte order */
    BLOCK_INTERFACE = 1,
    BLOCK_PACKET = 2,
    BLOCK_SIMPLE = 3,
    BLOCK_STATISTICS = 5,
    BLOCK_ENHANCED = 6,
    BLOCK_JOURNAL = 9,
    BLOCK_SYSTEM_CALL = 0x204,
    BLOCK_SYSTEM_CALL_2 = 0x216,
    BLOCK_SYSTEM_CALL_2_LARGE = 0x221,
    BLOCK_CUSTOM = 0xbad,
    BLOCK_CUSTOM_NOT_COPIED = 0x40000bad
};

enum { BLOCK_OCTETS_MAX = 16 << 20, BLOCK_HEADER_OCTETS = 8 };

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

/* True if Wireshark counts the block among the frames: those with packets, and some without. */
bool block_is_frame(uint32_t type);

/* ---- written ---- */

/* A block whose body is the parts, one behind the other: a multiple of 4 octets in all. */
void block_write(struct out *, uint32_t type, bool is_big, const struct text *parts, size_t nparts);

/* The octets of a number in the byte order, `size` of them. */
void block_put_number(struct out *, bool is_big, uint64_t number, unsigned size);

/* An option (3.5), at most 65535 octets of its value; code 0 ends a list. */
void block_put_option(struct out *, bool is_big, unsigned code, struct text value);

#endif
