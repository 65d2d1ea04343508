#include "tests/support/guard.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

struct guard {
    uint8_t *pages;
    size_t room, page;
};

struct guard *guard_new(size_t room)
{
    struct guard *guard = malloc(sizeof *guard);
    int is_protected;

    assert(guard);
    guard->page = (size_t)sysconf(_SC_PAGESIZE);
    guard->room = (room + guard->page - 1) / guard->page * guard->page;
    guard->pages = mmap(NULL, guard->room + guard->page, PROT_READ | PROT_WRITE,
                        MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    assert(guard->pages != MAP_FAILED);
    is_protected = mprotect(guard->pages + guard->room, guard->page, PROT_NONE);
    assert(is_protected == 0);
    (void)is_protected;
    return guard;
}

void guard_free(struct guard *guard)
{
    munmap(guard->pages, guard->room + guard->page);
    free(guard);
}

uint8_t *guard_lay(struct guard *guard, const uint8_t *octets, size_t len)
{
    assert(len <= guard->room);
    uint8_t *at = guard->pages + guard->room - len;

    if (len > 0)
        memcpy(at, octets, len);
    return at;
}
