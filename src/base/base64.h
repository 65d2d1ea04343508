/*
 * base64.h - octets out of base64 (RFC 4648 4).
 */
#ifndef HTTPLINT_BASE_BASE64_H
#define HTTPLINT_BASE_BASE64_H

#include "base/text.h"

/* Room for what `encoded_len` octets of base64 can hold. */
#define BASE64_ROOM(encoded_len) ((encoded_len) / 4 * 3 + 3)

/* Decodes into `octets` (BASE64_ROOM of them) and sets `len`. Line ends are passed over, padding may be left out. False if it
 * is no base64. */
bool base64_decode(struct text encoded, char *octets, size_t *len);

#endif
