/*
 * memory.h - the one place where memory is asked for, and where it runs out.
 *
 * No caller checks for NULL: when the system refuses, the hook of the process is called, which
 * is expected to end the reports well and leave. Sizes are octets. What bounds the amount that
 * a hostile capture can make us hold is limits.h, not this file.
 */
#ifndef HTTPLINT_BASE_MEMORY_H
#define HTTPLINT_BASE_MEMORY_H

#include <stddef.h>

/* Octets that a core reads and writes at once. */
enum { CACHE_LINE = 64 };

/* `size` octets, zeroed, aligned for any type. Never NULL; free with memory_free. */
void *memory_new(size_t size);

/* `count` * `size` octets at a new place or the old one; what was there is kept, new octets are not zeroed. Never
 * NULL. */
void *memory_grow(void *old, size_t count, size_t size);

/* A copy of the string. Never NULL; free with memory_free. */
char *memory_string(const char *);

/* As free(3). */
void memory_free(void *);

/* Called when memory runs out; if it returns, or is NULL, the process aborts. Once for the whole process. */
typedef void memory_hook(void *context);
void memory_on_exhaustion(memory_hook *, void *context);

/* For a program, before its threads: the next 32 MiB or so of memory lie in large pages where the kernel has them (Linux, glibc), of
 * which few have to be looked up. Does nothing elsewhere, or where there is not so much. */
void memory_use_large_pages(void);

/* For tests: the `nth` allocation from now on fails (1: the next); 0: none does. */
void memory_fail_at(size_t nth);

#endif
