/*
 * hash.h - keyed hashes of octets, the one door to libxxhash.
 *
 * The key is turned into a secret once; who does not know it cannot choose octets that collide.
 * Owns nothing, allocates nothing, cannot fail. Not for signatures: values differ between keys
 * and are of no use outside this process.
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

#endif
