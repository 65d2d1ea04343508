#include "http/value/number.h"

/* RFC 9111 1.2.2: what is too large counts as the largest number there is. */
uint64_t number_of(struct text digits)
{
    uint64_t number = 0;

    for (size_t i = 0; i < digits.len; i++) {
        uint64_t digit = (uint64_t)(digits.at[i] - '0');

        if (number > (UINT64_MAX - digit) / 10)
            return UINT64_MAX;
        number = number * 10 + digit;
    }
    return number;
}

bool number_read(struct text value, uint64_t *number, struct text *culprit)
{
    struct text digits = cursor_digits(&value);

    *number = number_of(digits);
    if (digits.len == 0)
        return cursor_fault(value, culprit);
    return cursor_end(value, culprit);
}
