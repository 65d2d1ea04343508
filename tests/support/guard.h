/*
 * guard.h - octets that end where memory ends: a read behind them is a crash, not luck.
 */
#ifndef HTTPLINT_TESTS_GUARD_H
#define HTTPLINT_TESTS_GUARD_H

#include <stddef.h>
#include <stdint.h>

struct guard;

/* Room for up to `room` octets. Freed by guard_free. */
struct guard *guard_new(size_t room);
void guard_free(struct guard *);

/* A copy of `len` octets, at most `room`, behind which nothing may be read; valid until the next
 * call. */
uint8_t *guard_lay(struct guard *, const uint8_t *octets, size_t len);

#endif
