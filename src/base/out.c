#include "base/out.h"

#include <errno.h>
#include <poll.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/utf8.h"

enum { BUFFER_OCTETS = 64 << 10, IN_MEMORY = -1 };

struct out {
    char *buffer;
    size_t len, size;
    int descriptor; /* IN_MEMORY: none */
    int error;
};

static struct out *make(int descriptor)
{
    struct out *out = memory_new(sizeof *out);

    out->size = descriptor == IN_MEMORY ? 256 : BUFFER_OCTETS;
    out->buffer = memory_new(out->size);
    out->descriptor = descriptor;
    return out;
}

struct out *out_new(int descriptor)
{
    struct out *out = make(descriptor < 0 ? IN_MEMORY : descriptor);

    if (descriptor < 0)
        out->error = EBADF;
    return out;
}

struct out *out_new_memory(void)
{
    return make(IN_MEMORY);
}

void out_free(struct out *out)
{
    if (!out)
        return;
    memory_free(out->buffer);
    memory_free(out);
}

/* Somebody made the descriptor non-blocking, perhaps the other end of a shared terminal: wait, do
 * not lose. */
static bool can_go_on(int descriptor)
{
    struct pollfd full = { .fd = descriptor, .events = POLLOUT };

    if (errno == EINTR)
        return true;
    if (errno != EAGAIN && errno != EWOULDBLOCK)
        return false;
    return poll(&full, 1, -1) > 0 || errno == EINTR;
}

bool out_flush(struct out *out)
{
    size_t done = 0;

    if (out->descriptor == IN_MEMORY)
        return out->error == 0;
    while (out->error == 0 && done < out->len) {
        ssize_t written = write(out->descriptor, out->buffer + done, out->len - done);

        if (written >= 0)
            done += (size_t)written;
        else if (!can_go_on(out->descriptor))
            out->error = errno;
    }
    out->len = 0;
    return out->error == 0;
}

void out_fail(struct out *out, int error)
{
    if (out->error == 0)
        out->error = error;
}

int out_close(struct out *out)
{
    out_flush(out);
    if (close(out->descriptor) != 0)
        out_fail(out, errno);
    int error = out->error;

    out_free(out);
    return error;
}

static void make_room(struct out *out, size_t wanted)
{
    if (out->descriptor != IN_MEMORY) {
        out_flush(out);
        return;
    }
    while (out->size - out->len < wanted)
        out->size *= 2;
    out->buffer = memory_grow(out->buffer, out->size, 1);
}

void out_text(struct out *out, struct text octets)
{
    while (octets.len > 0 && out->error == 0) {
        if (octets.len > out->size - out->len)
            make_room(out, octets.len);
        struct text part = text_part(octets, 0, out->size - out->len);

        memcpy(out->buffer + out->len, part.at, part.len);
        out->len += part.len;
        octets = text_part(octets, part.len, octets.len);
    }
}

void out_string(struct out *out, const char *string)
{
    out_text(out, text_of(string));
}

void out_number(struct out *out, uint64_t number)
{
    char digits[20];
    size_t at = sizeof digits;

    do {
        digits[--at] = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0);
    out_text(out, (struct text){ digits + at, sizeof digits - at });
}

void out_repeat(struct out *out, char octet, size_t count)
{
    for (size_t i = 0; i < count; i++)
        out_text(out, (struct text){ &octet, 1 });
}

/* Characters that a terminal obeys, or that make text look like other text: C0, DEL, C1, soft
 * hyphen, zero width, direction marks and overrides, line and paragraph separators, interlinear
 * marks, tags. */
static bool is_treacherous(uint32_t code)
{
    static const struct {
        uint32_t first, last;
    } ranges[] = {
        { 0x00, 0x1F },     { 0x7F, 0x9F },     { 0xAD, 0xAD },       { 0x061C, 0x061C },
        { 0x180E, 0x180E }, { 0x200B, 0x200F }, { 0x2028, 0x202E },   { 0x2060, 0x206F },
        { 0xFEFF, 0xFEFF }, { 0xFFF9, 0xFFFB }, { 0xE0000, 0xE0FFF },
    };

    for (size_t i = 0; i < sizeof ranges / sizeof ranges[0]; i++)
        if (code >= ranges[i].first && code <= ranges[i].last)
            return true;
    return false;
}

static void escape(struct out *out, char octet)
{
    static const char hex[] = "0123456789ABCDEF";
    const char written[4] = { '\\', 'x', hex[(uint8_t)octet >> 4], hex[octet & 15] };

    if (octet == '\t')
        out_text(out, TEXT("\\t"));
    else if (octet == '\r')
        out_text(out, TEXT("\\r"));
    else if (octet == '\n')
        out_text(out, TEXT("\\n"));
    else if (octet == '\\')
        out_text(out, TEXT("\\\\"));
    else
        out_text(out, (struct text){ written, sizeof written });
}

/* Plain octets at the start: nearly all are. */
static size_t plain(struct text octets)
{
    return text_until(text_part(octets, 0, text_plain_len(octets, ' ')), '\\', NULL).len;
}

/* Octets at the start of `octets` that are written as they are. */
static size_t harmless(struct text octets)
{
    size_t at = 0;

    while ((at += plain(text_part(octets, at, octets.len))) < octets.len) {
        uint32_t code = 0;
        size_t len = utf8_character(text_part(octets, at, 4), &code);

        if (len == 0 || code == '\\' || is_treacherous(code))
            break;
        at += len;
    }
    return at;
}

void out_visible(struct out *out, struct text octets)
{
    while (octets.len > 0) {
        size_t plain = harmless(octets);

        out_text(out, text_part(octets, 0, plain));
        octets = text_part(octets, plain, octets.len);
        if (octets.len == 0)
            return;
        size_t len = utf8_character(octets, NULL);

        for (size_t i = 0; i < (len > 0 ? len : 1); i++)
            escape(out, octets.at[i]);
        octets = text_part(octets, len > 0 ? len : 1, octets.len);
    }
}

int out_error(const struct out *out)
{
    return out->error;
}

struct text out_held(const struct out *out)
{
    return (struct text){ out->buffer, out->len };
}

void out_clear(struct out *out)
{
    out->len = 0;
}
