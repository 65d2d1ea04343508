/*
 * clock.h - what the machine's clocks say, in whole numbers. Capture time is another thing: that of packets.
 */
#ifndef HTTPLINT_BASE_CLOCK_H
#define HTTPLINT_BASE_CLOCK_H

#include <stdint.h>
#include <time.h>

/* Microseconds, by CLOCK_REALTIME (since 1970) or CLOCK_MONOTONIC (since some moment, never set back). */
static inline int64_t clock_us(clockid_t clock)
{
    struct timespec now;

    clock_gettime(clock, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

/* Milliseconds, by CLOCK_MONOTONIC: for what is due after a while. */
static inline int64_t clock_ms(void)
{
    return clock_us(CLOCK_MONOTONIC) / 1000;
}

#endif
