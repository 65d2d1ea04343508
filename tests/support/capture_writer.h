/*
 * capture_writer.h - capture files in memory, octet by octet as a test wants them.
 *
 * Nothing is checked: a test may write what no capture may hold. Owns its octets.
 */
#ifndef HTTPLINT_TESTS_CAPTURE_WRITER_H
#define HTTPLINT_TESTS_CAPTURE_WRITER_H

#include "base/text.h"

/* Zero but for `is_big` is an empty file. */
struct capture {
    uint8_t *octets;
    size_t len, room;
    bool is_big;               /* byte order of all numbers */
};

struct text capture_text(const struct capture *);
void capture_clear(struct capture *);

void capture_octets(struct capture *, const void *octets, size_t len);
void capture_number(struct capture *, unsigned octets, uint64_t value);

/* Classic files. `fraction` is in the unit that the magic means. */
void capture_pcap(struct capture *, uint32_t magic, uint32_t link);
void capture_pcap_record(struct capture *, uint32_t seconds, uint32_t fraction, struct text octets);

/* pcapng: a block is begun, filled, and ended, which pads it and writes both lengths. */
size_t capture_block_begin(struct capture *, uint32_t type);
void capture_block_end(struct capture *, size_t begun);
void capture_option(struct capture *, unsigned code, const void *value, size_t len);
void capture_option_number(struct capture *, unsigned code, unsigned octets, uint64_t value);

void capture_section(struct capture *);
void capture_interface(struct capture *, unsigned link, uint32_t snaplen);

/* An enhanced packet up to its options; ended with capture_block_end. */
size_t capture_enhanced(struct capture *, uint32_t interface, uint64_t ticks, struct text octets);

/* `text` packed, as any format of base/inflate.h but INFLATE_PLAIN and INFLATE_BROTLI; appended. */
void capture_packed(struct capture *, int format, struct text text);

#endif
