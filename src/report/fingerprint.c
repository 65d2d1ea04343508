#include "report/fingerprint.h"

#include "base/hash.h"
#include "report/words.h"

/* Hexadecimal digits that are an id rather than a word or a year; in a UUID all groups are ids. */
enum { HEX_ID_MIN = 8, UUID_LEN = 36 };

/* ---- the parts of a URL ---- */

/* RFC 3986 3.2: an authority ends at '/', '?' or '#'; '*' is the target of OPTIONS behind it. */
static size_t authority_len(struct text text)
{
    size_t len = 0;

    while (len < text.len && !memchr("/?#*", text.at[len], 4))
        len++;
    return len;
}

/* The authority and what follows it; a URL of a request whose host is not known has no authority. */
static struct text split(const struct httplint_exchange *exchange, struct text *rest)
{
    struct text url = words_text(exchange->url), authority = { "", 0 };
    const char *slashes = url.len > 0 ? memmem(url.at, url.len, "//", 2) : NULL;
    size_t before = slashes ? (size_t)(slashes - url.at) : 0;
    bool is_connect = text_equal(words_text(exchange->method), TEXT("CONNECT"));

    *rest = url;
    if (before > 0 && url.at[before - 1] == ':' && authority_len(url) == before)
        *rest = text_part(url, before + 2, url.len);
    else if (!is_connect)
        return authority;
    authority = text_part(*rest, 0, authority_len(*rest));
    *rest = text_part(*rest, authority.len, rest->len);
    return authority;
}

/* Without user information and port (RFC 3986 3.2): the colons of an IPv6 address stand in brackets. */
static struct text host_of(struct text authority)
{
    struct text host = authority;

    for (size_t i = authority.len; i-- > 0;)
        if (authority.at[i] == '@') {
            host = text_part(authority, i + 1, authority.len);
            break;
        }
    for (size_t i = host.len; i-- > 0 && host.at[i] != ']';)
        if (host.at[i] == ':')
            return text_part(host, 0, i);
    return host;
}

static void put_lower(struct out *out, struct text text)
{
    for (size_t i = 0; i < text.len; i++) {
        char octet = text_lower(text.at[i]);

        out_text(out, (struct text){ &octet, 1 });
    }
}

/* ---- ids in a path ---- */

static bool is_digit(char octet)
{
    return octet >= '0' && octet <= '9';
}

static bool is_hex(char octet)
{
    return is_digit(octet) || (text_lower(octet) >= 'a' && text_lower(octet) <= 'f');
}

/* '%' begins an octet in hexadecimal that is no number. */
static bool is_word(char octet)
{
    return is_digit(octet) || (text_lower(octet) >= 'a' && text_lower(octet) <= 'z') || octet == '%';
}

static size_t word_len(struct text path)
{
    size_t len = 0;

    while (len < path.len && is_word(path.at[len]))
        len++;
    return len;
}

/* RFC 9562 4: 8-4-4-4-12 hexadecimal digits. */
static bool is_uuid(struct text path)
{
    static const char form[] = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";

    if (path.len < UUID_LEN || (path.len > UUID_LEN && is_word(path.at[UUID_LEN])))
        return false;
    for (size_t i = 0; i < UUID_LEN; i++)
        if (form[i] == '-' ? path.at[i] != '-' : !is_hex(path.at[i]))
            return false;
    return true;
}

/* A run of letters and digits: what stands for it if it is an id, else the empty text. */
static struct text placeholder(struct text word)
{
    size_t digits = 0, hex = 0;

    for (size_t i = 0; i < word.len; i++) {
        digits += is_digit(word.at[i]);
        hex += is_hex(word.at[i]);
    }
    if (digits == word.len)
        return TEXT("<digits>");
    return hex == word.len && digits > 0 && hex >= HEX_ID_MIN ? TEXT("<hex>") : (struct text){ "", 0 };
}

/* One octet that stands for itself, as pattern.h wants it. */
static void put_octet(struct out *out, struct text octet)
{
    if (memchr("*?<\\", octet.at[0], 4))
        out_string(out, "\\");
    out_text(out, octet);
}

static void put_path(struct out *out, struct text path)
{
    while (path.len > 0) {
        size_t len = word_len(path);
        struct text word = text_part(path, 0, len), id;

        if (is_uuid(path)) {
            out_string(out, "<hex>-<hex>-<hex>-<hex>-<hex>");
            len = UUID_LEN;
        } else if (len > 0) {
            id = placeholder(word);
            out_text(out, id.len > 0 ? id : word);
        } else {
            len = 1;
            put_octet(out, text_part(path, 0, 1));
        }
        path = text_part(path, len, path.len);
    }
}

/* ---- what others see ---- */

void fingerprint_host(struct out *out, const struct httplint_exchange *exchange)
{
    struct text rest;

    put_lower(out, host_of(split(exchange, &rest)));
}

void fingerprint_path(struct out *out, const struct httplint_exchange *exchange)
{
    struct text rest;

    split(exchange, &rest);
    put_path(out, text_until(text_until(rest, '#', NULL), '?', NULL));
}

/* Each part with its length before it, so that no two lists of parts are the same octets. */
static void add(struct out *sum, struct out *part)
{
    out_number(sum, out_held(part).len);
    out_string(sum, ":");
    out_text(sum, out_held(part));
    out_clear(part);
}

struct fingerprint fingerprint_of(const struct httplint_exchange *exchange, const struct httplint_finding *finding)
{
    static const char digits[] = "0123456789abcdef";
    struct out *sum = out_new_memory(), *part = out_new_memory();
    struct fingerprint fingerprint = { "" };
    uint8_t digest[DIGEST_OCTETS];

    out_number(part, FINGERPRINT_VERSION);
    add(sum, part);
    out_text(part, words_text(finding->rule->id));
    add(sum, part);
    fingerprint_host(part, exchange);
    add(sum, part);
    out_text(part, words_text(exchange->method));
    add(sum, part);
    fingerprint_path(part, exchange);
    add(sum, part);
    out_number(part, words_status(exchange, finding));
    add(sum, part);
    put_lower(part, words_text(finding->field));
    add(sum, part);
    hash_digest(digest, out_held(sum).at, out_held(sum).len);
    for (size_t i = 0; i < DIGEST_OCTETS; i++) {
        fingerprint.digits[2 * i] = digits[digest[i] >> 4];
        fingerprint.digits[2 * i + 1] = digits[digest[i] & 15];
    }
    out_free(part);
    out_free(sum);
    return fingerprint;
}
