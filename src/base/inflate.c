#include "base/inflate.h"

#include <brotli/decode.h>
#include <lz4frame.h>
#include <zlib.h>
#include <zstd.h>

#include "base/memory.h"

/* A window of 128 MiB: what zstd itself accepts unless told otherwise. */
enum { ZSTD_WINDOW_LOG_MAX = 27 };

struct inflate {
    enum inflate_format format;
    z_stream zlib;
    ZSTD_DStream *zstd;
    LZ4F_dctx *lz4;
    BrotliDecoderState *brotli;
    const char *words;
};

static const struct {
    const char *begin;
    size_t len;
    enum inflate_format format;
} magics[] = {
    { "\x1f\x8b\x08", 3, INFLATE_GZIP },
    { "\x28\xb5\x2f\xfd", 4, INFLATE_ZSTD },
    { "\x04\x22\x4d\x18", 4, INFLATE_LZ4 },
};

/* RFC 8878 3.1.2: 0x184D2A50 to 0x184D2A5F begin a skippable frame; pzstd writes one first. */
static bool is_skippable(struct text begin)
{
    return begin.len >= 4 && ((unsigned char)begin.at[0] & 0xf0) == 0x50 &&
           memcmp(begin.at + 1, "\x2a\x4d\x18", 3) == 0;
}

enum inflate_format inflate_sniff(struct text begin)
{
    for (size_t i = 0; i < sizeof magics / sizeof *magics; i++)
        if (text_starts(begin, (struct text){ magics[i].begin, magics[i].len }))
            return magics[i].format;
    return is_skippable(begin) ? INFLATE_ZSTD : INFLATE_PLAIN;
}

enum inflate_format inflate_sniff_deflate(struct text begin)
{
    unsigned first = begin.len > 0 ? (unsigned char)begin.at[0] : 0;
    unsigned second = begin.len > 1 ? (unsigned char)begin.at[1] : 0;

    return (first & 0x0f) == Z_DEFLATED && (first << 8 | second) % 31 == 0 ? INFLATE_ZLIB : INFLATE_DEFLATE;
}

const char *inflate_name(enum inflate_format format)
{
    static const char *const names[] = { "plain", "gzip", "zstd", "lz4", "zlib", "deflate", "brotli" };

    return names[format];
}

/* The libraries report a lack of memory as any other failure; it is then reported as damage. */
static bool inflate_start(struct inflate *self)
{
    size_t result;

    switch (self->format) {
    case INFLATE_GZIP:
        return inflateInit2(&self->zlib, MAX_WBITS + 16) == Z_OK;
    case INFLATE_ZLIB:
        return inflateInit2(&self->zlib, MAX_WBITS) == Z_OK;
    case INFLATE_DEFLATE:
        return inflateInit2(&self->zlib, -MAX_WBITS) == Z_OK;
    case INFLATE_ZSTD:
        self->zstd = ZSTD_createDStream();
        if (!self->zstd)
            return false;
        result = ZSTD_DCtx_setParameter(self->zstd, ZSTD_d_windowLogMax, ZSTD_WINDOW_LOG_MAX);
        return !ZSTD_isError(result);
    case INFLATE_LZ4:
        result = LZ4F_createDecompressionContext(&self->lz4, LZ4F_VERSION);
        return !LZ4F_isError(result);
    case INFLATE_BROTLI:
        self->brotli = BrotliDecoderCreateInstance(NULL, NULL, NULL);
        return self->brotli != NULL;
    case INFLATE_PLAIN:
        break;
    }
    return false;
}

static bool is_zlib(enum inflate_format format)
{
    return format == INFLATE_GZIP || format == INFLATE_ZLIB || format == INFLATE_DEFLATE;
}

struct inflate *inflate_new(enum inflate_format format)
{
    struct inflate *self = memory_new(sizeof *self);

    self->format = format;
    if (!inflate_start(self))
        self->words = "cannot be unpacked";
    return self;
}

void inflate_free(struct inflate *self)
{
    if (!self)
        return;
    if (is_zlib(self->format))
        inflateEnd(&self->zlib);
    BrotliDecoderDestroyInstance(self->brotli);
    ZSTD_freeDStream(self->zstd);
    LZ4F_freeDecompressionContext(self->lz4);
    memory_free(self);
}

const char *inflate_words(const struct inflate *self)
{
    return self->words ? self->words : "";
}

static enum inflate_state damaged(struct inflate *self, const char *words)
{
    self->words = words ? words : "damaged";
    return INFLATE_DAMAGED;
}

static uInt bounded(size_t size)
{
    return size > 1u << 30 ? 1u << 30 : (uInt)size;
}

static enum inflate_state zlib_step(struct inflate *self, struct text *packed,
                                    struct inflate_room *room)
{
    z_stream *stream = &self->zlib;
    uInt in = bounded(packed->len), out = bounded(room->size - room->len);

    stream->next_in = (z_const Bytef *)(uintptr_t)packed->at;
    stream->avail_in = in;
    stream->next_out = room->at + room->len;
    stream->avail_out = out;
    int result = inflate(stream, Z_NO_FLUSH);

    *packed = text_part(*packed, in - stream->avail_in, packed->len);
    room->len += out - stream->avail_out;
    if (result == Z_STREAM_END)
        return inflateReset(stream) == Z_OK ? INFLATE_ENDED : damaged(self, stream->msg);
    return result == Z_OK || result == Z_BUF_ERROR ? INFLATE_GOING : damaged(self, stream->msg);
}

static enum inflate_state zstd_step(struct inflate *self, struct text *packed,
                                    struct inflate_room *room)
{
    ZSTD_inBuffer in = { packed->at, packed->len, 0 };
    ZSTD_outBuffer out = { room->at, room->size, room->len };
    size_t result = ZSTD_decompressStream(self->zstd, &out, &in);

    *packed = text_part(*packed, in.pos, packed->len);
    room->len = out.pos;
    if (ZSTD_isError(result))
        return damaged(self, ZSTD_getErrorName(result));
    return result == 0 ? INFLATE_ENDED : INFLATE_GOING;
}

static enum inflate_state lz4_step(struct inflate *self, struct text *packed,
                                   struct inflate_room *room)
{
    size_t in = packed->len, out = room->size - room->len;
    size_t result = LZ4F_decompress(self->lz4, room->at + room->len, &out, packed->at, &in, NULL);

    *packed = text_part(*packed, in, packed->len);
    room->len += out;
    if (LZ4F_isError(result))
        return damaged(self, LZ4F_getErrorName(result));
    return result == 0 ? INFLATE_ENDED : INFLATE_GOING;
}

/* One stream only: what follows its end is none of it. */
static enum inflate_state brotli_step(struct inflate *self, struct text *packed,
                                      struct inflate_room *room)
{
    const uint8_t *in = (const void *)packed->at;
    uint8_t *out = room->at + room->len;
    size_t out_left = room->size - room->len;
    BrotliDecoderResult result =
        BrotliDecoderDecompressStream(self->brotli, &packed->len, &in, &out_left, &out, NULL);

    packed->at = (const void *)in;
    room->len = room->size - out_left;
    if (result == BROTLI_DECODER_RESULT_ERROR)
        return damaged(self, BrotliDecoderErrorString(BrotliDecoderGetErrorCode(self->brotli)));
    return result == BROTLI_DECODER_RESULT_SUCCESS ? INFLATE_ENDED : INFLATE_GOING;
}

static enum inflate_state step(struct inflate *self, struct text *packed, struct inflate_room *room)
{
    switch (self->format) {
    case INFLATE_GZIP:
    case INFLATE_ZLIB:
    case INFLATE_DEFLATE:
        return zlib_step(self, packed, room);
    case INFLATE_BROTLI:
        return brotli_step(self, packed, room);
    case INFLATE_ZSTD:
        return zstd_step(self, packed, room);
    case INFLATE_LZ4:
        return lz4_step(self, packed, room);
    case INFLATE_PLAIN:
        break;
    }
    return INFLATE_DAMAGED;
}

enum inflate_state inflate_step(struct inflate *self, struct text *packed,
                                struct inflate_room *room)
{
    bool is_fed = packed->len > 0 && room->len < room->size;
    size_t packed_before = packed->len, room_before = room->len;

    if (self->words)
        return INFLATE_DAMAGED;
    enum inflate_state state = step(self, packed, room);
    bool has_moved = packed->len != packed_before || room->len != room_before;

    /* Who loops until something changes must not loop for ever, whatever a library does. */
    if (state == INFLATE_GOING && is_fed && !has_moved)
        return damaged(self, "unpacking makes no progress");
    return state;
}
