/*
 * checksum.h - the Internet checksum (RFC 1071), on whole packets and at their speed.
 *
 * The sum does not depend on the byte order: octets are added as they lie in memory.
 */
#ifndef HTTPLINT_WIRE_CHECKSUM_H
#define HTTPLINT_WIRE_CHECKSUM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* `sum` and `len` octets more; an odd last one counts as followed by zero, so only the last piece
 * may be odd. Begin with 0. Good for 2^32 octets. */
uint64_t checksum_add(uint64_t sum, const uint8_t *octets, size_t len);

/* The sum in 16 bits, as it lies in memory: the checksum itself is its complement. */
uint16_t checksum_fold(uint64_t sum);

/* True for a sum over octets that include their own checksum, if it is right. */
bool checksum_is_good(uint64_t sum);

#endif
