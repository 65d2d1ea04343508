#include "lint/put.h"

void put_watch(struct put *put, struct connection *connection, int direction, const struct piece *piece)
{
    static const uint8_t token[] = { 'P', 'U', 'T', ' ' };
    uint8_t *matched = &connection->watched[direction];
    size_t i = 0;

    if (put->is_seen)
        return;
    if (piece->len > 0 && piece->octets[0] != token[*matched])
        *matched = 0;
    while (i < piece->len && *matched < sizeof token && piece->octets[i] == token[*matched]) {
        i++;
        ++*matched;
    }
    put->is_seen = *matched == sizeof token;
    if (i < piece->len)
        *matched = 0;
}
