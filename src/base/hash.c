/* XXH3_generateSecret is offered by the static interface only, which is all inline. */
#define XXH_INLINE_ALL
#include <xxhash.h>

#include "base/hash.h"

#include <string.h>

_Static_assert(HASH_SECRET_OCTETS >= XXH3_SECRET_SIZE_MIN, "XXH3 wants a longer secret");

void hash_secret_make(struct hash_secret *secret, const uint8_t key[HASH_KEY_OCTETS])
{
    /* It fails for a null secret or one that is too short, and ours is neither. */
    (void)XXH3_generateSecret(secret->octets, sizeof secret->octets, key, HASH_KEY_OCTETS);
}

__extension__ typedef unsigned __int128 wide;

/* Both halves of a product depend on all bits of its factors, which nobody knows who does not know the secret. */
static uint64_t fold(uint64_t a, uint64_t b)
{
    wide product = (wide)a * b;

    return (uint64_t)product ^ (uint64_t)(product >> 64);
}

uint64_t hash_join(const struct hash_secret *secret, uint64_t first, uint64_t second, uint64_t third)
{
    uint64_t key[4];

    memcpy(key, secret->octets, sizeof key);
    return fold(fold(first ^ key[0], second ^ key[1]) ^ key[2], third ^ key[3]);
}

uint64_t hash_octets(const struct hash_secret *secret, const void *at, size_t len)
{
    return XXH3_64bits_withSecret(at, len, secret->octets, sizeof secret->octets);
}

void hash_digest(uint8_t digest[DIGEST_OCTETS], const void *at, size_t len)
{
    XXH128_canonical_t canonical;

    XXH128_canonicalFromHash(&canonical, XXH3_128bits(at, len));
    memcpy(digest, canonical.digest, DIGEST_OCTETS);
}
