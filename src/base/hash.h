/*
 * hash.h - hashes of octets, the one door to libxxhash.
 *
 * Keyed ones for tables: the key is turned into a secret once; who does not know it cannot choose
 * octets that collide, and the values are of no use outside this process. A digest is the same
 * everywhere and for ever, so that it may stand in a file. Neither is a signature.
 * Owns nothing, allocates nothing, cannot fail.
 */
#ifndef HTTPLINT_BASE_HASH_H
#define HTTPLINT_BASE_HASH_H

#include <stddef.h>
#include <stdint.h>

enum { HASH_KEY_OCTETS = 16, HASH_SECRET_OCTETS = 192 };

struct hash_secret {
    uint8_t octets[HASH_SECRET_OCTETS];
};

/* The secret that belongs to a key of 16 octets, which should be random. */
void hash_secret_make(struct hash_secret *, const uint8_t key[HASH_KEY_OCTETS]);

/* 64 bits over `len` octets at `at`; the same secret gives the same value. */
uint64_t hash_octets(const struct hash_secret *, const void *at, size_t len);

enum { DIGEST_OCTETS = 16 };

/* The 128 bits of XXH3 without a key, most significant octet first. */
void hash_digest(uint8_t digest[DIGEST_OCTETS], const void *at, size_t len);

/* 64 bits over three numbers, quicker than over their octets. */
uint64_t hash_join(const struct hash_secret *, uint64_t first, uint64_t second, uint64_t third);

#endif
