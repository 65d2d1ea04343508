/*
 * Values of fields through their readers. The input: an octet that picks the file of
 * src/http/value, then the value.
 */
#include <stdlib.h>

#include "tests/support/values.h"

int LLVMFuzzerTestOneInput(const uint8_t *octets, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *octets, size_t size)
{
    size_t count = 0;

    if (size < 1)
        return 0;
    while (values_drives[count].name)
        count++;
    /* A copy of its own, so that the sanitizer sees the end. */
    char *value = malloc(size);

    if (!value)
        abort();
    memcpy(value, octets + 1, size - 1);
    values_drives[octets[0] % count].drive((struct text){ value, size - 1 });
    free(value);
    return 0;
}
