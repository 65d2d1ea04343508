#include "input/recent.h"

#include <CUnit/CUnit.h>
#include <string.h>

#include "tests/support/traffic.h"

void input_recent_suite(void);

enum { LEN_MAX = 400, STREAMS = 5 };

/* What was added last: the newest `count` of all are what the ring may hold. */
struct seen {
    int64_t first_us, last_us;
    size_t count;
    bool is_right;
};

static void add(struct recent *recent, int64_t number, size_t len, int64_t stream)
{
    uint8_t octets[LEN_MAX];

    memset(octets, (int)(number & 0xff), sizeof octets);
    recent_add(recent, &(struct recent_packet){ { octets, (uint32_t)len, (uint32_t)len, 1, (uint64_t)number, number, 0 }, stream, 0 });
}

static void see(void *context, const struct recent_packet *kept)
{
    struct seen *seen = context;
    const uint8_t *octets = kept->packet.octets;

    if (seen->count == 0)
        seen->first_us = kept->packet.time_us;
    else
        seen->is_right &= kept->packet.time_us > seen->last_us;
    for (size_t i = 0; i < kept->packet.captured; i++)
        seen->is_right &= octets[i] == (uint8_t)(kept->packet.frame & 0xff);
    seen->last_us = kept->packet.time_us;
    seen->count++;
}

/* Frames and times are the same numbers here. */
static struct seen look(struct recent *recent, int64_t stream, int64_t from, int64_t to)
{
    struct seen seen = { .is_right = true };

    recent_each(recent, stream, (uint64_t)from, to, see, &seen);
    return seen;
}

static void test_choice(void)
{
    struct recent *recent = recent_new(1 << 16);

    for (int64_t i = 0; i < 50; i++)
        add(recent, i, 10, i % STREAMS + (i < 25 ? 0 : 4096 * (i % 2)));    /* some that share a chain */
    struct seen seen = look(recent, 3, 8, 43);

    CU_ASSERT(seen.is_right && seen.count == 6 && seen.first_us == 8 && seen.last_us == 38);
    seen = look(recent, 3 + 4096, 8, 42);
    CU_ASSERT(seen.is_right && seen.count == 1 && seen.first_us == 33);
    CU_ASSERT_EQUAL(look(recent, 9, 0, 100).count, 0);
    CU_ASSERT_EQUAL(look(recent, -1, 0, 100).count, 0);
    recent_free(recent);
    recent_free(NULL);
}

/* Whatever the sizes: what is held is the newest, in order and octet for octet, and the ring is used. */
static void test_bounds(void)
{
    unsigned chance = 7;

    for (size_t room = 64; room < 6000; room += 333) {
        struct recent *recent = recent_new(room);
        int64_t last = -1;

        for (int64_t i = 0; i < 1500; i++) {
            size_t len = traffic_random(&chance, LEN_MAX);
            struct seen before = look(recent, 1, 0, i), seen;

            add(recent, i, len, 1);
            seen = look(recent, 1, 0, i);
            CU_ASSERT(seen.is_right);
            if (seen.count > 0 && seen.last_us == i)
                last = i;
            else
                CU_ASSERT(seen.count == before.count && len + sizeof(struct recent_packet) + 24 > room);
            CU_ASSERT(seen.count == 0 || seen.last_us == last);
        }
        if (room > 3000)
            CU_ASSERT(look(recent, 1, 0, 2000).count >= 3);
        recent_free(recent);
    }
}

void input_recent_suite(void)
{
    CU_pSuite suite = CU_add_suite("input/recent", NULL, NULL);

    CU_add_test(suite, "choice", test_choice);
    CU_add_test(suite, "bounds", test_bounds);
}
