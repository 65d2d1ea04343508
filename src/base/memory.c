#include "base/memory.h"

#include <malloc.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { LARGE_PAGE = 2 << 20, LARGE_ROOM = 32 << 20, USUAL_PAD = 128 << 10 };

/* The only state of the process outside a session: memory belongs to the process. */
static memory_hook *exhausted_hook;
static void *exhausted_context;
static size_t fail_countdown;

static void exhausted(void)
{
    if (exhausted_hook)
        exhausted_hook(exhausted_context);
    abort();
}

static int is_failing(void)
{
    return fail_countdown > 0 && --fail_countdown == 0;
}

void *memory_new(size_t size)
{
    void *fresh = is_failing() ? NULL : calloc(1, size > 0 ? size : 1);

    if (!fresh)
        exhausted();
    return fresh;
}

void *memory_grow(void *old, size_t count, size_t size)
{
    void *grown = NULL;

    if (!is_failing() && (size == 0 || count <= SIZE_MAX / size))
        grown = realloc(old, count * size > 0 ? count * size : 1);
    if (!grown)
        exhausted();
    return grown;
}

char *memory_string(const char *string)
{
    size_t size = strlen(string) + 1;

    return memcpy(memory_new(size), string, size);
}

void memory_free(void *old)
{
    free(old);
}

void memory_on_exhaustion(memory_hook *hook, void *context)
{
    exhausted_hook = hook;
    exhausted_context = context;
}

void memory_fail_at(size_t nth)
{
    fail_countdown = nth;
}

/* What was asked for before is small, and stays where it is. */
void memory_use_large_pages(void)
{
#ifdef __GLIBC__
    mallopt(M_MMAP_THRESHOLD, LARGE_ROOM);
    mallopt(M_TOP_PAD, LARGE_ROOM);
    void *first = malloc(LARGE_PAGE);

    mallopt(M_TOP_PAD, USUAL_PAD);
    mallopt(M_TRIM_THRESHOLD, 2 * LARGE_ROOM);
    if (!first)
        return;
    free(first);
    uintptr_t end = (uintptr_t)sbrk(0), from = end - LARGE_ROOM + LARGE_PAGE;

    from -= from % LARGE_PAGE;
    madvise((void *)from, end - from, MADV_HUGEPAGE);
#endif
}
